/** Scenario: the one that a command line names, of the library, of a JSON file or of a module. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { YumaError } from '../epoch/errors.js';
import { HYPERPARAMETERS, type HyperparameterName } from '../epoch/hyperparameters.js';
import { fileFault } from '../formats/file-fault.js';
import {
  buildScenario,
  changed,
  LIBRARY,
  type Parameter,
  parseScenario,
  parseSetting,
  type Scenario,
} from '../simulator/index.js';

export interface ScenarioChoice {
  /** As typed: `kappa=0.6`. */
  readonly set: readonly string[];
  readonly epochs?: number | undefined;
  readonly seed?: number | undefined;
}

const MODULE = /\.m?js$/;
const FILE = /\.(?:json|m?js)$/;

/** Whether a scenario is named by a file. */
export const isFile = (name: string): boolean => FILE.test(name);

/**
 * @param name of the library, or a path that ends in .json, .js or .mjs
 * @throws YumaError UNKNOWN_NAME, UNREADABLE, BAD_USAGE, UNKNOWN_FIELD, WRONG_TYPE, OUT_OF_RANGE
 */
export async function chosenScenario(name: string, { set, epochs, seed }: ScenarioChoice): Promise<Scenario> {
  const texts = set.map(halves);
  if (!isFile(name)) {
    const parameters = Object.hasOwn(LIBRARY, name) ? LIBRARY[name]!.parameters : {};
    const values = texts.map(([key, text]) => {
      const parameter = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
      if (parameter !== undefined) return [key, parameterValue(parameter, text)];
      return [key, Object.hasOwn(HYPERPARAMETERS, key) ? parseSetting(key as HyperparameterName, text) : text];
    });
    return buildScenario(name, { set: Object.fromEntries(values), epochs, seed });
  }
  const settings = texts.filter(([key]) => Object.hasOwn(HYPERPARAMETERS, key));
  const others = texts.filter(([key]) => !Object.hasOwn(HYPERPARAMETERS, key));
  const scenario = MODULE.test(name) ? await ofModule(name, others) : await ofJson(name, others);
  const values = settings.map(([key, text]) => [key, parseSetting(key as HyperparameterName, text)]);
  return changed(scenario, { set: Object.fromEntries(values), epochs, seed });
}

function halves(setting: string): [key: string, text: string] {
  const at = setting.indexOf('=');
  if (at > 0) return [setting.slice(0, at), setting.slice(at + 1)];
  throw new YumaError('BAD_USAGE', { reason: `--set takes NAME=VALUE, as in kappa=0.6, not "${setting}".` });
}

/** What a text stands for; where it fits nothing the text itself, which the check of the parameter refuses. */
function parameterValue(parameter: Parameter, text: string): unknown {
  if ('oneOf' in parameter) return text;
  return jsonOrText(text);
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function ofJson(file: string, others: readonly [string, string][]): Promise<Scenario> {
  if (others.length > 0) {
    throw new YumaError('UNKNOWN_FIELD', { file, field: others[0]![0], known: Object.keys(HYPERPARAMETERS) });
  }
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (fault) {
    throw new YumaError('UNREADABLE', { file, reason: fileFault(fault) }, { cause: fault });
  }
  try {
    return asScenario(parseScenario(text), file);
  } catch (fault) {
    throw fault instanceof YumaError ? fault.within({ file }) : fault;
  }
}

/** The default export, or what it makes of the settings: numbers, booleans and JSON as such, anything else as text. */
async function ofModule(file: string, others: readonly [string, string][]): Promise<Scenario> {
  const path = resolve(file);
  let made: unknown;
  try {
    await readFile(path);
    made = ((await import(pathToFileURL(path).href)) as { default?: unknown }).default;
    if (typeof made === 'function') {
      made = await made(Object.fromEntries(others.map(([key, text]) => [key, jsonOrText(text)])));
    } else if (others.length > 0) {
      throw new YumaError('UNKNOWN_FIELD', { field: others[0]![0], known: Object.keys(HYPERPARAMETERS) });
    }
  } catch (fault) {
    if (fault instanceof YumaError) throw fault.within({ file });
    const code = (fault as NodeJS.ErrnoException).code;
    const reason =
      code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES' ? fileFault(fault) : `it threw ${said(fault)}`;
    throw new YumaError('UNREADABLE', { file, reason }, { cause: fault });
  }
  return asScenario(made, file);
}

const said = (fault: unknown): string => (fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault));

/** Only so far that it can be changed; the simulator checks the rest. */
function asScenario(value: unknown, file: string): Scenario {
  const subnets = (value as Scenario | null | undefined)?.subnets;
  if (Array.isArray(subnets) && subnets.every((plan) => typeof plan === 'object' && plan !== null))
    return value as Scenario;
  const expected = 'a scenario: { name, epochs, subnets: [{ neurons: [...] }] }';
  throw new YumaError('WRONG_TYPE', { file, field: 'scenario', expected, got: value === null ? 'null' : typeof value });
}
