/**
 * Sample: realistic synthetic subnets for demonstrations, tests and benchmarks. Gaussian stakes, noisy agreement on
 * the miners, a few lazy, copying and dishonest validators, bonds of a plausible previous epoch.
 * Exact  one seed gives one output on every JavaScript engine: integers, + - * / and exact roundings only, and a
 *        generator of our own. A change to it changes the pinned hashes in test/sample
 * Cost   one subnet in memory at a time, straight into typed arrays
 */
import { YumaError } from '../epoch/errors.js';
import { HYPERPARAMETERS, type HyperparameterName, type Hyperparameters } from '../epoch/hyperparameters.js';
import { type EpochInput, MAX_NEURONS, sparseRows } from '../epoch/input.js';
import { DEFAULT_RULES } from '../epoch/rules.js';
import { checkEpochInput } from '../epoch/validate.js';
import { holdings } from './holdings.js';
import { opinions } from './opinions.js';
import { population } from './population.js';
import { Random } from './random.js';
import { regime } from './regime.js';

export interface SampleOptions extends Partial<Hyperparameters> {
  /** Neurons a subnet, 1 to 32 768. */
  readonly neurons: number;
  /** Neurons a subnet that hold a permit and set weights, at most `neurons`. */
  readonly validators: number;
  /** Subnets, 1 to 65 535. */
  readonly subnets: number;
  /** Share of the miners that each validator weighs, above 0 to 1. */
  readonly fill: number;
  /** From 0 to 2^53 - 1. */
  readonly seed: number;
}

export interface Sample {
  /** `sample-<seed>/subnet-<netuid>` */
  readonly name: string;
  readonly input: EpochInput;
}

/** Alpha for each side (miners and validators together) that a subnet collects a block, in rao: 0.411. */
const EMISSION_A_BLOCK = 411_000_000;

/**
 * Yields `subnets` cases, netuids from 1. Names of hyperparameters among the options hold in every subnet; the others
 * differ between subnets as `regime` deals them.
 * @throws YumaError OUT_OF_RANGE or WRONG_TYPE, before the first case
 */
export function* sampleCases(options: SampleOptions): Generator<Sample, void, undefined> {
  const { neurons, validators, subnets, fill, seed } = options;
  whole('neurons', neurons, 1, MAX_NEURONS);
  whole('validators', validators, 1, neurons);
  whole('subnets', subnets, 1, 65_535);
  whole('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  if (!(fill > 0 && fill <= 1)) {
    throw new YumaError('OUT_OF_RANGE', { field: 'fill', value: String(fill), least: 'above 0', largest: '1' });
  }
  const changes = Object.fromEntries(
    (Object.keys(HYPERPARAMETERS) as HyperparameterName[]).flatMap((name) =>
      options[name] === undefined ? [] : [[name, options[name]]],
    ),
  ) as Partial<Hyperparameters>;
  checkEpochInput(withoutNeurons(regime(seed, 1, validators, changes)));
  for (let netuid = 1; netuid <= subnets; netuid++) {
    yield { name: `sample-${seed}/subnet-${netuid}`, input: sampleSubnet(options, netuid, changes) };
  }
}

function sampleSubnet(
  { neurons, validators, fill, seed }: SampleOptions,
  netuid: number,
  changes: Partial<Hyperparameters>,
): EpochInput {
  const rules = regime(seed, netuid, validators, changes);
  const people = population(seed, netuid, { neurons, validators }, rules);
  const views = opinions(seed, netuid, people, fill, rules.commitReveal);
  const random = new Random(seed, netuid * 8 + 4);
  const halvings = random.below(5) === 0 ? 2 : 1;
  return {
    rules: DEFAULT_RULES,
    n: neurons,
    currentBlock: BigInt(people.currentBlock),
    lastStep: BigInt(people.lastStep),
    emission: BigInt(Math.floor((rules.tempo * EMISSION_A_BLOCK) / halvings) + random.below(1_000_000)),
    ownerUid: people.ownerUid,
    hyperparameters: rules,
    stake: people.stake,
    lastUpdate: people.lastUpdate,
    registeredAt: people.registeredAt,
    validatorPermit: people.validatorPermit,
    commitBlock: people.commitBlock,
    weights: views.weights,
    bonds: holdings(seed, netuid, people, views, rules),
    meta: { netuid },
  };
}

/** The smallest input with these hyperparameters: checking it checks them. */
function withoutNeurons(rules: Hyperparameters): EpochInput {
  return {
    rules: DEFAULT_RULES,
    n: 0,
    currentBlock: 0n,
    lastStep: 0n,
    emission: 0n,
    ownerUid: null,
    hyperparameters: rules,
    stake: new BigUint64Array(0),
    lastUpdate: new BigUint64Array(0),
    registeredAt: new BigUint64Array(0),
    validatorPermit: new Uint8Array(0),
    weights: sparseRows([]),
    bonds: sparseRows([]),
  };
}

function whole(field: string, value: number, least: number, largest: number): void {
  if (Number.isInteger(value) && value >= least && value <= largest) return;
  if (!Number.isInteger(value)) {
    throw new YumaError('WRONG_TYPE', { field, expected: 'an integer', got: String(value) });
  }
  throw new YumaError('OUT_OF_RANGE', { field, value: String(value), least: String(least), largest: String(largest) });
}
