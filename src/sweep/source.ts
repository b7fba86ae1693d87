/** Source: where a scenario comes from, said so that another thread or machine can make it anew. Plain JSON. */
import { HYPERPARAMETERS, type HyperparameterName, type Hyperparameters, YumaError } from '../index.js';
import { buildScenario, parseScenario, type Scenario } from '../simulator/index.js';
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

/** @throws YumaError UNKNOWN_NAME, UNKNOWN_FIELD, BAD_JSON, UNREADABLE and what is wrong with a setting */
export async function scenarioOf(source: ScenarioSource, settings: Settings): Promise<Scenario> {
  if (source.kind === 'library') return buildScenario(source.name, typed(settings));
  if (source.kind === 'json') return overridden(parseScenario(source.text), settings);
  const made = await load(source.url);
  if (typeof made !== 'function') return overridden(made as Scenario, settings);
  const { set = {}, ...rest } = settings;
  return overridden(await called(source.url, made as (set: object) => unknown, set), rest);
}

async function load(url: string): Promise<unknown> {
  let module: { default?: unknown };
  try {
    module = (await import(url)) as { default?: unknown };
  } catch (fault) {
    throw new YumaError('UNREADABLE', { file: url, reason: (fault as Error).message }, { cause: fault });
  }
  if (module.default !== undefined) return module.default;
  throw new YumaError('UNREADABLE', { file: url, reason: 'it has no default export: a scenario, or a function' });
}

async function called(file: string, make: (set: object) => unknown, set: object): Promise<Scenario> {
  try {
    return (await make(set)) as Scenario;
  } catch (fault) {
    if (fault instanceof YumaError) throw fault;
    const reason = `its function threw ${fault instanceof Error ? fault.message : String(fault)}`;
    throw new YumaError('UNREADABLE', { file, reason }, { cause: fault });
  }
}

/** The scenario with other hyperparameters in all its subnets, and another length and seed. */
function overridden(scenario: Scenario, settings: Settings): Scenario {
  if (!Array.isArray(scenario?.subnets)) return scenario; // opening it says what it lacks
  const { set, epochs, seed } = typed(settings);
  const changes = set as Partial<Hyperparameters>;
  return {
    ...scenario,
    ...(epochs === undefined ? {} : { epochs }),
    ...(seed === undefined ? {} : { seed }),
    subnets: scenario.subnets.map((plan) => ({ ...plan, hyperparameters: { ...plan.hyperparameters, ...changes } })),
  };
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
