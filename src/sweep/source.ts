/** Source: where a scenario comes from, said so that another thread or machine can make it anew. Plain JSON. */
import { fileURLToPath } from 'node:url';
import { HYPERPARAMETERS, type HyperparameterName, YumaError } from '../index.js';
import { buildScenario, changed, parseScenario, type Scenario } from '../simulator/index.js';
import type { Setting } from './plan.js';

export type ScenarioSource =
  /** A scenario of the library, by name. */
  | { readonly kind: 'library'; readonly name: string }
  /** A scenario as `parseScenario` reads it. */
  | { readonly kind: 'json'; readonly text: string }
  /** A module whose default export is a scenario, or a function that makes one of settings. It is code that is run. */
  | { readonly kind: 'module'; readonly url: string };

export interface Settings {
  /** Parameters of the scenario, or hyperparameters that hold in all its subnets; those of type u64 as decimal text. */
  readonly set?: Readonly<Record<string, Setting>> | undefined;
  readonly epochs?: number | undefined;
  readonly seed?: number | undefined;
}

/**
 * A function of a module is given all settings; those that are hyperparameters hold in all subnets of what it makes.
 * @throws YumaError UNKNOWN_NAME, UNKNOWN_FIELD, BAD_JSON, UNREADABLE, WRONG_TYPE and what is wrong with a setting
 */
export async function scenarioOf(source: ScenarioSource, settings: Settings): Promise<Scenario> {
  if (source.kind === 'library') return buildScenario(source.name, typed(settings));
  if (source.kind === 'json') return overridden(parseScenario(source.text), settings);
  const file = source.url.startsWith('file:') ? fileURLToPath(source.url) : source.url;
  try {
    const made = await load(source.url, file);
    if (typeof made !== 'function') return overridden(made, settings);
    const { set = {}, ...rest } = settings;
    const own = Object.entries(set).filter(([name]) => Object.hasOwn(HYPERPARAMETERS, name));
    return overridden(await called(file, made as Maker, set), { ...rest, set: Object.fromEntries(own) });
  } catch (fault) {
    throw fault instanceof YumaError ? fault.within({ file }) : fault;
  }
}

type Maker = (set: Readonly<Record<string, Setting>>) => unknown;

async function load(url: string, file: string): Promise<unknown> {
  let module: { default?: unknown };
  try {
    module = (await import(url)) as { default?: unknown };
  } catch (fault) {
    const { code, message } = fault as NodeJS.ErrnoException;
    const reason = code === 'ERR_MODULE_NOT_FOUND' ? message : `it threw ${said(fault)}`;
    throw new YumaError('UNREADABLE', { file, reason }, { cause: fault });
  }
  if (module.default !== undefined) return module.default;
  throw new YumaError('UNREADABLE', { file, reason: 'it has no default export: a scenario, or a function' });
}

async function called(file: string, make: Maker, set: Readonly<Record<string, Setting>>): Promise<unknown> {
  try {
    return await make(set);
  } catch (fault) {
    if (fault instanceof YumaError) throw fault;
    throw new YumaError('UNREADABLE', { file, reason: `it threw ${said(fault)}` }, { cause: fault });
  }
}

const said = (fault: unknown): string => (fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault));

/** The scenario with other hyperparameters in all its subnets, and another length and seed; running it checks the rest. */
function overridden(made: unknown, settings: Settings): Scenario {
  const scenario = made as Scenario | null | undefined;
  const isPlan = (plan: unknown): boolean => typeof plan === 'object' && plan !== null;
  if (!Array.isArray(scenario?.subnets) || !scenario.subnets.every(isPlan)) {
    const expected = 'a scenario: { name, epochs, subnets: [{ neurons: [...] }] }';
    throw new YumaError('WRONG_TYPE', { field: 'scenario', expected, got: made === null ? 'null' : typeof made });
  }
  const changes = typed(settings);
  const known = Object.keys(HYPERPARAMETERS);
  const unknown = Object.keys(changes.set).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new YumaError('UNKNOWN_FIELD', { field: unknown, known });
  return changed(scenario, changes);
}

/** Hyperparameters of type u64 as bigints. */
function typed({ set = {}, epochs, seed }: Settings): { set: Record<string, unknown>; epochs?: number; seed?: number } {
  const entries = Object.entries(set).map(([name, value]): [string, unknown] => [
    name,
    HYPERPARAMETERS[name as HyperparameterName]?.type === 'u64' && /^\d+$/.test(String(value)) ? BigInt(value) : value,
  ]);
  return {
    set: Object.fromEntries(entries),
    ...(epochs === undefined ? {} : { epochs }),
    ...(seed === undefined ? {} : { seed }),
  };
}
