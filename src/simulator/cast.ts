/**
 * Cast: a scenario checked, with every name replaced by what it stands for and every default filled in.
 * What is wrong is said with its path, as in `subnets[0].neurons[3].validator.noise`.
 */
import {
  checkEpochInput,
  DEFAULT_RULES,
  HYPERPARAMETERS,
  type Hyperparameters,
  MAX_NEURONS,
  sparseRows,
  hyperparameters as withDefaults,
  YumaError,
} from '../index.js';
import type { Evaluation, MinerAgent, ValidatorAgent } from './agent.js';
import { MINERS, VALIDATORS } from './agents/index.js';
import { type Definition, make, numberWithin, shown } from './definition.js';
import { EVALUATIONS } from './evaluations/index.js';
import type { NeuronPlan, Scenario, ScenarioEvent, SubnetPlan } from './scenario.js';

export interface Actor {
  readonly name: string;
  readonly team: string | undefined;
  /** rao */
  readonly stake: bigint;
  readonly compound: number;
  readonly validator: ValidatorAgent | undefined;
  readonly miner: MinerAgent | undefined;
}

export type CastEvent =
  | { readonly uid: number; readonly register: Actor }
  | { readonly uid: number; readonly stake: bigint }
  | { readonly hyperparameters: Partial<Hyperparameters> };

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

const LARGEST_EPOCHS = 10_000_000;
const LARGEST_STAKE = 9_000_000_000; // alpha; in rao it stays below 2^63
const LARGEST_PERIOD = 100;
const USUAL_EMISSION = 148_000_000_000n;
const RAO = 1_000_000_000;

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

const NEURON_FIELDS = ['name', 'count', 'team', 'stake', 'compound', 'validator', 'miner'] as const;

function castNeurons(plan: NeuronPlan, path: string): Actor[] {
  fieldsOf(plan, path, NEURON_FIELDS);
  const { name = '', count = 1, team, stake = 0, compound = 0, validator, miner } = plan;
  if (name !== '') text(name, `${path}.name`);
  if (team !== undefined) text(team, `${path}.team`);
  numberWithin(count, 0, MAX_NEURONS, true, { field: `${path}.count` });
  numberWithin(stake, 0, LARGEST_STAKE, false, { field: `${path}.stake` });
  numberWithin(compound, 0, 1, false, { field: `${path}.compound` });
  const actor = {
    team,
    stake: raoOf(stake),
    compound,
    validator:
      validator &&
      castSpec(validator, VALIDATORS, { role: 'validator', key: 'agent', method: 'decide', path: `${path}.validator` }),
    miner: miner && castSpec(miner, MINERS, { role: 'miner', key: 'agent', method: 'deliver', path: `${path}.miner` }),
  };
  return Array.from({ length: count }, (_, k) => ({ ...actor, name: name && (count > 1 ? `${name} ${k + 1}` : name) }));
}

interface SpecKind {
  readonly role: string;
  /** Field of a spec that has the name. */
  readonly key: string;
  /** What code must have. */
  readonly method: string;
  readonly path: string;
}

function castSpec<Made>(spec: unknown, known: Readonly<Record<string, Definition<Made>>>, kind: SpecKind): Made {
  const { role, key, method, path } = kind;
  const fields = spec as Record<string, unknown> | null;
  if (typeof fields === 'object' && fields !== null) {
    if (typeof fields[method] === 'function') return spec as Made;
    const { [key]: name, ...parameters } = fields;
    if (typeof name === 'string') {
      if (Object.hasOwn(known, name)) return make(known[name]!, parameters, path);
      throw new YumaError('UNKNOWN_NAME', { field: path, what: role, wanted: name, known: Object.keys(known) });
    }
  }
  const expected = `a ${role}: { ${key}: name, ... }, or an object with a method ${method}`;
  throw new YumaError('WRONG_TYPE', { field: path, expected, got: shown(spec) });
}

function castEvents(
  events: readonly ScenarioEvent[],
  neurons: number,
  hyperparameters: Hyperparameters,
  path: string,
): ReadonlyMap<number, readonly CastEvent[]> {
  list(events, path);
  const byEpoch = new Map<number, CastEvent[]>();
  let n = neurons;
  let current = hyperparameters;
  const inOrder = events.map((event, at) => ({ event, field: `${path}[${at}]` }));
  for (const { event, field } of inOrder) {
    fieldsOf(event, field, ['epoch', 'uid', 'register', 'stake', 'hyperparameters']);
    numberWithin(event.epoch, 0, LARGEST_EPOCHS, true, { field: `${field}.epoch` });
  }
  for (const { event, field } of inOrder.sort((a, b) => a.event.epoch - b.event.epoch)) {
    let made: CastEvent;
    if ('hyperparameters' in event) {
      const changes = hyperparametersOf(event.hyperparameters, `${field}.hyperparameters`);
      current = { ...current, ...changes };
      refuseBad(current, 0n, field);
      made = { hyperparameters: changes };
    } else {
      const appends = 'register' in event && event.uid === n && n < MAX_NEURONS;
      if (appends) n += 1;
      numberWithin(event.uid, 0, n - 1, true, { field: `${field}.uid` });
      if ('register' in event) {
        const [actor] = castNeurons({ ...event.register, count: 1 } as NeuronPlan, `${field}.register`);
        made = { uid: event.uid, register: actor!.name === '' ? { ...actor!, name: `uid ${event.uid}` } : actor! };
      } else {
        numberWithin(event.stake, 0, LARGEST_STAKE, false, { field: `${field}.stake` });
        made = { uid: event.uid, stake: raoOf(event.stake) };
      }
    }
    byEpoch.set(event.epoch, [...(byEpoch.get(event.epoch) ?? []), made]);
  }
  return byEpoch;
}

/** Whole rao of an amount in alpha. */
const raoOf = (alpha: number): bigint => BigInt(Math.floor(alpha * RAO));

function hyperparametersOf(given: Partial<Hyperparameters> | undefined, field: string): Partial<Hyperparameters> {
  if (given !== undefined) fieldsOf(given, field, Object.keys(HYPERPARAMETERS));
  return given ?? {};
}

/** Checks hyperparameters and the emission as the engine does, with the path in front. */
function refuseBad(hyperparameters: Hyperparameters, emission: bigint, path: string): void {
  numberWithin(hyperparameters.tempo, 1, 65_535, true, { field: `${path}.hyperparameters.tempo` }); // blocks must go on
  const none = new BigUint64Array(0);
  const input = {
    rules: DEFAULT_RULES,
    n: 0,
    currentBlock: 0n,
    lastStep: 0n,
    emission,
    ownerUid: null,
    hyperparameters,
    stake: none,
    lastUpdate: none,
    registeredAt: none,
    validatorPermit: new Uint8Array(0),
    weights: sparseRows([]),
    bonds: sparseRows([]),
  };
  try {
    checkEpochInput(input);
  } catch (fault) {
    if (!(fault instanceof YumaError)) throw fault;
    throw new YumaError(fault.code, { ...fault.data, field: `${path}.${(fault.data as { field?: string }).field}` });
  }
}

function fieldsOf(value: unknown, field: string, known: readonly string[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new YumaError('WRONG_TYPE', { field, expected: 'an object', got: shown(value) });
  }
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) throw new YumaError('UNKNOWN_FIELD', { field: `${field}.${name}`, known });
  }
}

function text(value: unknown, field: string): void {
  if (typeof value === 'string' && value !== '') return;
  throw new YumaError('WRONG_TYPE', { field, expected: 'a text that is not empty', got: shown(value) });
}

function list(value: unknown, field: string): void {
  if (!Array.isArray(value)) throw new YumaError('WRONG_TYPE', { field, expected: 'a list', got: shown(value) });
}
