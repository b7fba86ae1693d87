/**
 * Scenario as JSON: numbers of 64 bits (emission, hyperparameters of type u64) may be written as text, since JSON readers
 * round them above 2^53.
 */
import { HYPERPARAMETERS, type HyperparameterName, type Hyperparameters, YumaError } from '../index.js';
import { shown } from './definition.js';
import type { Scenario } from './scenario.js';

/**
 * The scenario that a JSON text stands for; only its form is checked here, the rest when it is opened.
 * @throws YumaError BAD_JSON, WRONG_TYPE
 */
export function parseScenario(text: string): Scenario {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (fault) {
    throw new YumaError('BAD_JSON', { reason: (fault as Error).message }, { cause: fault });
  }
  if (!isObject(value))
    throw new YumaError('WRONG_TYPE', { field: 'scenario', expected: 'an object', got: shown(value) });
  const { subnets } = value;
  if (!Array.isArray(subnets)) return value as unknown as Scenario;
  return { ...value, subnets: subnets.map(subnetOf) } as unknown as Scenario;
}

/** The text that `parseScenario` reads. @throws YumaError BAD_USAGE for a scenario with agents that are code */
export function formatScenario(scenario: Scenario): string {
  return JSON.stringify(scenario, (key, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'function') return value;
    throw new YumaError('BAD_USAGE', { reason: `the scenario "${scenario.name}" is code in part (${key}), not JSON` });
  });
}

function subnetOf(plan: unknown, index: number): unknown {
  if (!isObject(plan)) return plan;
  const path = `subnets[${index}]`;
  const made: Record<string, unknown> = { ...plan };
  if ('emission' in plan) made.emission = bigintOf(plan.emission, `${path}.emission`);
  if (isObject(plan.hyperparameters)) {
    made.hyperparameters = hyperparametersOf(plan.hyperparameters, `${path}.hyperparameters`);
  }
  if (Array.isArray(plan.events)) {
    made.events = plan.events.map((event: unknown, at) =>
      isObject(event) && isObject(event.hyperparameters)
        ? {
            ...event,
            hyperparameters: hyperparametersOf(event.hyperparameters, `${path}.events[${at}].hyperparameters`),
          }
        : event,
    );
  }
  return made;
}

function hyperparametersOf(given: Record<string, unknown>, path: string): Partial<Hyperparameters> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      HYPERPARAMETERS[name as HyperparameterName]?.type === 'u64' ? bigintOf(value, `${path}.${name}`) : value,
    ]),
  );
}

function bigintOf(value: unknown, field: string): bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return BigInt(value);
  const expected = 'an integer; above 2^53 as text, "18446744073709551615"';
  throw new YumaError('WRONG_TYPE', { field, expected, got: shown(value) });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
