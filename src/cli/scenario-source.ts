/** Scenario source: what a command's SCENARIO is, a name of the library or a file. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { YumaError } from '../index.js';
import { LIBRARY, nameAndText, type Parameters, parseValue } from '../simulator/index.js';
import type { ScenarioSource, Setting } from '../sweep/index.js';

export const SCENARIO_HELP = 'a name of `yuma simulate --list`, a .json file, or a module (.js, .mjs), which is run';

/** @throws YumaError UNKNOWN_NAME, UNREADABLE */
export async function sourceOf(scenario: string): Promise<ScenarioSource> {
  if (Object.hasOwn(LIBRARY, scenario)) return { kind: 'library', name: scenario };
  if (/\.m?js$/.test(scenario)) return { kind: 'module', url: pathToFileURL(resolve(scenario)).href };
  if (!scenario.endsWith('.json')) {
    throw new YumaError('UNKNOWN_NAME', { what: 'scenario', wanted: scenario, known: Object.keys(LIBRARY) });
  }
  try {
    return { kind: 'json', text: await readFile(scenario, 'utf8') };
  } catch (fault) {
    throw new YumaError('UNREADABLE', { file: scenario, reason: (fault as Error).message }, { cause: fault });
  }
}

/** Parameters that a setting may name beside hyperparameters; `undefined`: any, the scenario is code. */
export function parametersOf(source: ScenarioSource): Parameters | undefined {
  if (source.kind === 'library') return LIBRARY[source.name]!.parameters;
  return source.kind === 'json' ? {} : undefined;
}

/** Values of `--set NAME=VALUE`, given any number of times. @throws YumaError WRONG_TYPE, OUT_OF_RANGE, UNKNOWN_FIELD */
export function settingsOf(texts: readonly string[], source: ScenarioSource): Record<string, Setting> {
  const parameters = parametersOf(source);
  return Object.fromEntries(
    texts.map((text) => {
      const [name, value] = nameAndText(text);
      return [name, parseValue(name, value, parameters)];
    }),
  );
}
