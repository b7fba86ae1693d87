/** Inputs made for what golden vectors and random ones hardly meet: values beside 2^32, shares beside the majority. */

import { normalize, prop } from '../../../src/epoch/reference/fixed.js';
import { activeStake, stake } from '../../../src/epoch/reference/stake.js';
import {
  type EpochInput,
  type Hyperparameters,
  hyperparameters,
  sparseRows,
  stakeFromRaw,
} from '../../../src/index.js';
import { Random } from '../../../src/sample/random.js';

type Rows = (readonly (readonly [column: number, value: number])[])[];

function subnet(stakes: bigint[], weights: Rows, bonds: Rows, changes: Partial<Hyperparameters>): EpochInput {
  const n = stakes.length;
  const rows = (lists: Rows) => sparseRows(Array.from({ length: n }, (_, uid) => lists[uid] ?? []));
  return {
    rules: 'subtensor-425',
    n,
    currentBlock: 1_000n,
    lastStep: 899n,
    emission: 1_000_000_000n,
    ownerUid: null,
    hyperparameters: hyperparameters({ commitReveal: false, minStake: 0n, ...changes }),
    stake: stakeFromRaw(stakes),
    lastUpdate: new BigUint64Array(n).fill(990n),
    registeredAt: new BigUint64Array(n).fill(10n),
    validatorPermit: Uint8Array.from(stakes, (raw) => Number(raw > 0n)),
    weights: rows(weights),
    bonds: rows(bonds),
  };
}

/** Rank 2^32 - 1 for uid 2 and 1 for uid 3: with a majority of 0 nothing is clipped. */
function nearlyAllIncentive(yuma3: boolean): EpochInput {
  const stakes = [2n ** 32n - 1n, 1n, 0n, 0n];
  const bonds: Rows = [
    [[2, 40_000]],
    [
      [2, 20_000],
      [3, 500],
    ],
  ];
  return subnet(stakes, [[[2, 1]], [[3, 1]]], bonds, { kappa: 0, yuma3 });
}

/** A bond of 2^32 - 1: nearly all of it is new, from a weight of 2^32, and the old one is one below the largest. */
function nearlyWholeBond(): EpochInput {
  const bonds: Rows = [[[3, 65_534]], [[3, 65_535]], [[3, 65_533]]];
  return subnet([4n, 3n, 2n, 0n], [[[3, 1]], [[3, 1]], [[3, 1]]], bonds, { bondsMovingAverage: 1n });
}

/** The first voter has just the majority if votes are normalised once more, and just not if they are not. */
function barelyMajority(): EpochInput {
  const majority = prop(32_768);
  for (let others = 8; others < 60; others++) {
    const stakes = (first: bigint): bigint[] => [first, ...new Array<bigint>(others).fill(400_000_000n), 0n];
    const first = leastFirst(stakes, majority);
    if (shareOfFirst(stakes(first)).stake >= majority) continue; // what the others lost by truncation was too little
    const row = [[others + 1, 5]] as const;
    return subnet(stakes(first), [row], [row], { kappa: 32_768 });
  }
  throw new Error('in no number of voters');
}

/** The least stake of the first voter whose vote is the majority. */
function leastFirst(stakes: (first: bigint) => bigint[], majority: bigint): bigint {
  let low = 0n;
  let high = 2n ** 40n;
  while (low < high) {
    const middle = (low + high) / 2n;
    if (shareOfFirst(stakes(middle)).vote >= majority) high = middle;
    else low = middle + 1n;
  }
  return high;
}

function shareOfFirst(stakes: bigint[]): { stake: bigint; vote: bigint } {
  const everyone = stakes.map(() => true);
  const active = activeStake(stake(stakes, 0n, null), everyone, null);
  return { stake: active[0]!, vote: normalize(active)[0]! };
}

/**
 * Steepness whose slope is no whole number, so that exponents are rounded; constants of the whole range. Two neurons have all
 * of the incentive, so that the last bit of a bond shows in the dividends.
 */
function steep(steepness: number, seed: number): EpochInput {
  const random = new Random(seed, 3);
  const voters = 60;
  const n = voters + 2;
  const rows = (value: () => number): Rows =>
    Array.from({ length: voters }, () => [voters, voters + 1].map((column) => [column, value()] as const));
  return subnet(
    Array.from({ length: n }, (_, uid) => (uid < voters ? BigInt(1_000 + random.below(1_000)) << 64n : 0n)),
    rows(() => 1_000 + random.below(1_000)),
    rows(() => random.below(65_536)),
    { liquidAlpha: true, alphaSigmoidSteepness: steepness, alphaLow: 0, alphaHigh: 65_535 },
  );
}

export const DIRECTED: Record<string, EpochInput> = {
  'an incentive of 2^32 - 1, Yuma3': nearlyAllIncentive(true),
  'an incentive of 2^32 - 1, Yuma2': nearlyAllIncentive(false),
  'a bond of 2^32 - 1': nearlyWholeBond(),
  'a majority of votes that is none of stake': barelyMajority(),
  'a slope of -12.34': steep(1_234, 1),
  'a slope of 7.77': steep(-777, 2),
  'the steepest slope': steep(32_767, 3),
  'no slope': steep(0, 4),
};
