/** Build: a scenario of the library with parameters and hyperparameters of one's own. */
import { HYPERPARAMETERS, type Hyperparameters, YumaError } from '../../epoch/index.js';
import { make } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { LIBRARY } from './index.js';

export interface Changes {
  /** Values of parameters of the scenario; or of hyperparameters, which then hold in every subnet from the start. */
  readonly set?: Readonly<Record<string, unknown>> | undefined;
  readonly epochs?: number | undefined;
  readonly seed?: number | undefined;
}

/**
 * A scenario of the library.
 * @throws YumaError UNKNOWN_NAME; UNKNOWN_FIELD, WRONG_TYPE, OUT_OF_RANGE for a parameter. Hyperparameters are checked by
 *         whoever runs the scenario
 */
export function buildScenario(name: string, { set = {}, epochs, seed }: Changes = {}): Scenario {
  if (!Object.hasOwn(LIBRARY, name)) {
    throw new YumaError('UNKNOWN_NAME', { what: 'scenario', wanted: name, known: Object.keys(LIBRARY) });
  }
  const definition = LIBRARY[name]!;
  const parameters = Object.keys(definition.parameters);
  const given = Object.entries(set);
  const own = given.filter(([field]) => parameters.includes(field));
  const others = given.filter(([field]) => !parameters.includes(field));
  const unknown = others.find(([field]) => !Object.hasOwn(HYPERPARAMETERS, field));
  if (unknown !== undefined) {
    const known = [...parameters, ...Object.keys(HYPERPARAMETERS)];
    throw new YumaError('UNKNOWN_FIELD', { field: `${name}.${unknown[0]}`, known });
  }
  const scenario = make(definition, Object.fromEntries(own), name);
  return changed(scenario, { set: Object.fromEntries(others), epochs, seed });
}

/** The scenario with other hyperparameters in every subnet, another length or another seed. */
export function changed(scenario: Scenario, { set = {}, epochs, seed }: Changes): Scenario {
  return {
    ...scenario,
    epochs: epochs ?? scenario.epochs,
    ...(seed === undefined ? {} : { seed }),
    subnets: scenario.subnets.map((subnet) => ({
      ...subnet,
      hyperparameters: { ...subnet.hyperparameters, ...(set as Partial<Hyperparameters>) },
    })),
  };
}
