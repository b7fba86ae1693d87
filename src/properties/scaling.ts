/** Multiplying by a constant changes nothing: of all stakes with the threshold, and of the weights of a row. */
import { type EpochInput, stakeFromRaw, stakeRaw } from '../epoch/index.js';
import { difference, rowOf, withWeights } from './change.js';
import { exists, STRICT, totalStake } from './preconditions.js';
import { type Given, type Property, pick, pickFrom } from './property.js';

const LARGEST_U64 = 2n ** 64n - 1n;
const LARGEST_I128 = 2n ** 127n - 1n;
const LARGEST_FACTOR = 1_000;

const stakeFactor = (subject: Given): bigint => BigInt(2 + pick(subject, 0, LARGEST_FACTOR - 1));

export const stakeScaling: Property = {
  name: 'stake-scaling',
  family: 'invariance',
  statement: 'Multiplying all stakes and the stake threshold by a constant changes nothing (but the stake itself).',
  formula: 'f(k * T, k * minStake) = f(T, minStake)',
  spec: '4.1, 4.2',
  requires: [
    STRICT,
    {
      says: 'the multiplied stakes and threshold fit their types: k * sum T < 2^127 raw, k * minStake < 2^64',
      holds: (subject) => {
        const { input } = subject;
        const factor = stakeFactor(subject);
        return totalStake(input) * factor <= LARGEST_I128 && input.hyperparameters.minStake * factor <= LARGEST_U64;
      },
      without: 'there is no such input',
    },
  ],
  check: async (subject, run) => {
    const { input } = subject;
    const factor = stakeFactor(subject);
    const scaled: EpochInput = {
      ...input,
      hyperparameters: { ...input.hyperparameters, minStake: input.hyperparameters.minStake * factor },
      stake: stakeFromRaw(Array.from({ length: input.n }, (_, uid) => stakeRaw(input.stake, uid) * factor)),
    };
    return difference(await run(scaled), await run(input));
  },
};

/** Uids whose row can at least be doubled. */
const scalable = ({ input }: Given): number[] =>
  Array.from({ length: input.n }, (_, uid) => uid).filter((uid) => {
    const largest = largestOf(input, uid);
    return largest > 0 && largest <= 32_767;
  });

const largestOf = (input: EpochInput, uid: number): number =>
  rowOf(input.weights, uid).reduce((most, [, value]) => Math.max(most, value), 0);

export const rowScaling: Property = {
  name: 'row-scaling',
  family: 'invariance',
  statement: 'Multiplying the weights of one row by a constant changes nothing.',
  formula: 'f(k * W[i]) = f(W[i])',
  spec: '6.5',
  requires: [STRICT, exists('a row whose largest weight is 1 to 32 767, so that it can be doubled', scalable)],
  check: async (subject, run) => {
    const { input } = subject;
    const uid = pickFrom(subject, 0, scalable(subject));
    const factor = 2 + pick(subject, 1, Math.floor(65_535 / largestOf(input, uid)) - 1);
    const row = rowOf(input.weights, uid).map(([column, value]) => [column, value * factor] as const);
    const found = difference(await run(withWeights(input, uid, row)), await run(input));
    return found === null ? null : `row of uid ${uid} times ${factor}: ${found}`;
  },
};
