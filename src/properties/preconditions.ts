/** Preconditions that several properties share. */
import { checkEpochInput, type EpochInput, stakeRaw } from '../epoch/index.js';
import type { EpochTrace } from '../reference.js';
import type { Given, Precondition } from './property.js';

const LARGEST_I128 = 2n ** 127n - 1n;

/** Sum of all stake weights, raw I64F64. */
export function totalStake({ n, stake }: EpochInput): bigint {
  let total = 0n;
  for (let uid = 0; uid < n; uid++) total += stakeRaw(stake, uid);
  return total;
}

/** Whether a healthy chain can hold it. */
function isStrict(input: EpochInput): boolean {
  try {
    checkEpochInput(input);
    return totalStake(input) <= LARGEST_I128;
  } catch {
    return false;
  }
}

/** Checked once an input, for every property asks. */
const known = new WeakMap<EpochInput, boolean>();

export const STRICT: Precondition = {
  says: 'the input passes the strict check, and its stakes add up to less than 2^127 raw',
  holds: ({ input }) => {
    const strict = known.get(input) ?? isStrict(input);
    known.set(input, strict);
    return strict;
  },
  without: 'duplicate columns count twice in some sums, and sums of stake wrap',
};

export const SANE_AVERAGE: Precondition = {
  says: 'bondsMovingAverage is at most 1 000 000',
  holds: ({ input }) => input.hyperparameters.bondsMovingAverage <= 1_000_000n,
  without: 'new weights enter with a negative sign, and sums may saturate in the order of the rows',
};

/** What every property about bonds and amounts needs. */
export const SOUND: readonly Precondition[] = [STRICT, SANE_AVERAGE];

/** Every pair has a smoothing constant of its own. */
export const isLiquid = ({ alpha }: EpochTrace): boolean => alpha === null;

export const YUMA2: Precondition = {
  says: 'the subnet runs Yuma2',
  holds: ({ input }) => !input.hyperparameters.yuma3,
  without: 'bonds are proportions, not shares of a column',
};

/** Yuma3 with one constant for all pairs: liquid alpha is off, or every consensus is 0. */
export const FIXED_YUMA3: Precondition = {
  says: 'the subnet runs Yuma3 with one smoothing constant',
  holds: ({ input, spec }) => input.hyperparameters.yuma3 && !isLiquid(spec),
  without: 'bonds follow another rule (Yuma2: shares of a column; liquid alpha: a constant for each pair)',
};

export const LIQUID: Precondition = {
  says: 'liquid alpha is at work: Yuma3, switched on, and some consensus is not 0',
  holds: ({ spec }) => isLiquid(spec),
  without: 'one constant holds for all pairs',
};

/** A choice that the check makes has something to choose from. */
export const exists = (
  says: string,
  candidates: (subject: Given) => readonly unknown[] | object | undefined,
): Precondition => ({
  says: `there is ${says}`,
  holds: (subject) => {
    const found = candidates(subject);
    return Array.isArray(found) ? found.length > 0 : found !== undefined;
  },
  without: 'nothing to check',
});

/** Uids that vote, ascending. */
export const voters = ({ activeStake }: EpochTrace): number[] =>
  [...activeStake.keys()].filter((uid) => activeStake[uid]! > 0n);

/** Rows in ascending columns. */
export function isSorted({ offsets, columns }: EpochInput['weights']): boolean {
  for (let uid = 0; uid + 1 < offsets.length; uid++) {
    for (let at = offsets[uid]! + 1; at < offsets[uid + 1]!; at++) if (columns[at - 1]! > columns[at]!) return false;
  }
  return true;
}
