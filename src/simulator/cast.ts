/**
 * Cast: a scenario checked, with every name replaced by what it stands for and every default filled in.
 * What is wrong is said with its path, as in `subnets[0].neurons[3].validator.noise`.
 */
import { type Hyperparameters, MAX_NEURONS, hyperparameters as withDefaults, YumaError } from '../epoch/index.js';
import type { Evaluation } from './agent.js';
import { type CastEvent, castEvents, LARGEST_EPOCHS } from './cast/events.js';
import { fieldsOf, list, text } from './cast/fields.js';
import { hyperparametersOf, refuseBad } from './cast/hyperparameters.js';
import { type Actor, castNeurons } from './cast/neurons.js';
import { castSpec } from './cast/spec.js';
import { numberWithin, shown } from './definition.js';
import { EVALUATIONS } from './evaluations/index.js';
import type { Scenario, SubnetPlan } from './scenario.js';

export type { Actor, CastEvent };

export interface SubnetCast {
  readonly name: string;
  readonly hyperparameters: Hyperparameters;
  /** rao an epoch */
  readonly emission: bigint;
  readonly revealPeriod: number;
  readonly ownerUid: number | null;
  readonly evaluation: Evaluation;
  readonly actors: readonly Actor[];
  /** By the epoch before which they happen. */
  readonly events: ReadonlyMap<number, readonly CastEvent[]>;
}

export interface Cast {
  readonly name: string;
  readonly title: string;
  readonly epochs: number;
  readonly seed: number;
  readonly subnets: readonly SubnetCast[];
}

const LARGEST_PERIOD = 100;
const USUAL_EMISSION = 148_000_000_000n;

/** @throws YumaError WRONG_TYPE, OUT_OF_RANGE, UNKNOWN_FIELD, UNKNOWN_NAME, MISSING_FIELD, ALPHA_BOUNDS, TOO_MANY_NEURONS */
export function castScenario(scenario: Scenario): Cast {
  fieldsOf(scenario, 'scenario', ['name', 'title', 'epochs', 'seed', 'subnets']);
  const { name, title, epochs, seed = 0, subnets } = scenario;
  text(name, 'name');
  if (title !== undefined) text(title, 'title');
  numberWithin(epochs, 1, LARGEST_EPOCHS, true, { field: 'epochs' });
  numberWithin(seed, 0, Number.MAX_SAFE_INTEGER, true, { field: 'seed' });
  list(subnets, 'subnets');
  if (subnets.length === 0) throw new YumaError('MISSING_FIELD', { field: 'subnets[0]' });
  const casts = subnets.map((plan, index) => castSubnet(plan, index));
  const names = new Set<string>();
  for (const [index, cast] of casts.entries()) {
    if (names.has(cast.name)) {
      const expected = 'a name that no subnet before it has';
      throw new YumaError('WRONG_TYPE', { field: `subnets[${index}].name`, expected, got: shown(cast.name) });
    }
    names.add(cast.name);
  }
  return { name, title: title ?? name, epochs, seed, subnets: casts };
}

const SUBNET_FIELDS = [
  'name',
  'hyperparameters',
  'emission',
  'revealPeriod',
  'ownerUid',
  'evaluation',
  'neurons',
  'events',
] as const;

function castSubnet(plan: SubnetPlan, index: number): SubnetCast {
  const path = `subnets[${index}]`;
  fieldsOf(plan, path, SUBNET_FIELDS);
  const { name = `subnet ${index}`, emission = USUAL_EMISSION, revealPeriod = 0, ownerUid = null } = plan;
  text(name, `${path}.name`);
  numberWithin(revealPeriod, 0, LARGEST_PERIOD, true, { field: `${path}.revealPeriod` });
  list(plan.neurons, `${path}.neurons`);
  const actors = plan.neurons.flatMap((neuron, at) => castNeurons(neuron, `${path}.neurons[${at}]`));
  if (actors.length > MAX_NEURONS) {
    throw new YumaError('TOO_MANY_NEURONS', {
      field: `${path}.neurons`,
      n: String(actors.length),
      limit: MAX_NEURONS,
    });
  }
  if (ownerUid !== null) numberWithin(ownerUid, 0, MAX_NEURONS, true, { field: `${path}.ownerUid` });
  const hyperparameters = withDefaults(hyperparametersOf(plan.hyperparameters, `${path}.hyperparameters`));
  refuseBad(hyperparameters, emission, path);
  return {
    name,
    hyperparameters,
    emission,
    revealPeriod,
    ownerUid,
    evaluation: castSpec<Evaluation>(plan.evaluation ?? { evaluation: 'quality' }, EVALUATIONS, {
      role: 'evaluation',
      key: 'evaluation',
      method: 'score',
      path: `${path}.evaluation`,
    }),
    actors: actors.map((actor, uid) => (actor.name === '' ? { ...actor, name: `uid ${uid}` } : actor)),
    events: castEvents(plan.events ?? [], actors.length, hyperparameters, `${path}.events`),
  };
}
