/** Scenario source: what a command's SCENARIO is, a name of the library or a file, and what its `--set` says. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fileFault } from '../formats/file-fault.js';
import { YumaError } from '../index.js';
import { LIBRARY, type Parameters, parseValue } from '../simulator/index.js';
import { type ScenarioSource, type Setting, scenarioOf } from '../sweep/index.js';

export const SCENARIO_HELP = 'a name of `yuma simulate --list`, a .json file, or a module (.js, .mjs), which is run';

/**
 * A module is not run yet; JSON is read and looked through.
 * @throws YumaError UNKNOWN_NAME, UNREADABLE, WRONG_TYPE and OUT_OF_RANGE of a number in JSON
 */
export async function sourceOf(scenario: string): Promise<ScenarioSource> {
  if (Object.hasOwn(LIBRARY, scenario)) return { kind: 'library', name: scenario };
  if (/\.m?js$/.test(scenario)) {
    await textOf(scenario);
    return { kind: 'module', url: pathToFileURL(resolve(scenario)).href };
  }
  if (!scenario.endsWith('.json')) {
    throw new YumaError('UNKNOWN_NAME', { what: 'scenario', wanted: scenario, known: Object.keys(LIBRARY) });
  }
  const source: ScenarioSource = { kind: 'json', text: await textOf(scenario) };
  try {
    await scenarioOf(source, {});
  } catch (fault) {
    if (!(fault instanceof YumaError)) throw fault;
    if (fault.code !== 'BAD_JSON') throw fault.within({ file: scenario });
    const reason = `it is no JSON: ${(fault as YumaError<'BAD_JSON'>).data.reason}`;
    throw new YumaError('UNREADABLE', { file: scenario, reason }, { cause: fault });
  }
  return source;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (fault) {
    throw new YumaError('UNREADABLE', { file, reason: fileFault(fault) }, { cause: fault });
  }
}

/** Parameters that a setting may name beside hyperparameters; `undefined`: any, the scenario is code. */
export function parametersOf(source: ScenarioSource): Parameters | undefined {
  if (source.kind === 'library') return LIBRARY[source.name]!.parameters;
  return source.kind === 'json' ? {} : undefined;
}

/** Values of `--set NAME=VALUE`. @throws YumaError BAD_USAGE, WRONG_TYPE, OUT_OF_RANGE, UNKNOWN_FIELD */
export function settingsOf(texts: readonly string[], source: ScenarioSource): Record<string, Setting> {
  const parameters = parametersOf(source);
  return Object.fromEntries(
    texts.map((text) => {
      const [name, value] = nameAndText('--set', text);
      return [name, parseValue(name, value, parameters)];
    }),
  );
}

/** `kappa=0.6` in its two parts. @throws YumaError BAD_USAGE */
export function nameAndText(flag: string, text: string): [name: string, value: string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined) return [name, value!];
  throw new YumaError('BAD_USAGE', { reason: `${flag} takes NAME=VALUE, as in kappa=0.6, not "${text}".` });
}
