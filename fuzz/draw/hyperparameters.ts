/** Hyperparameters: the chain's defaults, both ends of each range and the values beside them. */
import type { Hyperparameters } from '#yuma/epoch/hyperparameters.js';
import { stakeRaw } from '#yuma/epoch/input.js';
import type { Random } from '#yuma/sample/random.js';
import type { Blocks } from './blocks.js';
import { bigBelow, clampBlock, LAST_U64, oneIn, pick, u16, u64 } from './integers.js';

const U16_ENDS = [0, 1, 32_767, 32_768, 65_534, 65_535];
const U64_ENDS = [0n, 1n, 2n ** 53n, 2n ** 63n, LAST_U64];
const AVERAGES = [0n, 1n, 900_000n, 975_000n, 999_999n, 1_000_000n];
const STEEPNESSES = [1_000, 0, 1, -1, 100, -100, 200, -200, 4_000, -4_000, 32_767, -32_768];

/** @param odd also alpha bounds that are crossed */
export function drawHyperparameters(
  random: Random,
  n: number,
  { tempo, cutoff }: Blocks,
  stake: BigUint64Array,
  odd: boolean,
): Hyperparameters {
  const one = end16(random);
  const other = oneIn(random, 4) ? one : end16(random);
  const usualBounds = oneIn(random, 2);
  const inOrder = odd || one <= other;
  return {
    tempo,
    activityCutoff: cutoff,
    minStake: drawMinStake(random, stake),
    maxValidators: oneIn(random, 5) ? pick(random, [64, 65_535]) : random.below(n + 2),
    kappa: oneIn(random, 4) ? end16(random) : 32_767,
    bondsPenalty: oneIn(random, 3) ? end16(random) : pick(random, [0, 65_535]),
    bondsMovingAverage: drawAverage(random),
    yuma3: !oneIn(random, 3),
    liquidAlpha: oneIn(random, 2),
    alphaLow: usualBounds ? 45_875 : inOrder ? one : other,
    alphaHigh: usualBounds ? 58_982 : inOrder ? other : one,
    alphaSigmoidSteepness: oneIn(random, 2) ? pick(random, STEEPNESSES) : u16(random) - 32_768,
    commitReveal: oneIn(random, 2),
  };
}

const end16 = (random: Random): number => (oneIn(random, 2) ? pick(random, U16_ENDS) : u16(random));

/** Mostly none; else the whole stake of somebody, or one beside. */
function drawMinStake(random: Random, stake: BigUint64Array): bigint {
  const kind = random.below(8);
  if (kind < 4) return 0n;
  if (kind < 5) return pick(random, [1n, 2n, 1_000n]);
  if (kind < 6 || stake.length === 0) return pick(random, [...U64_ENDS, u64(random)]);
  return clampBlock((stakeRaw(stake, random.below(stake.length / 2)) >> 64n) + BigInt(random.below(3) - 1));
}

function drawAverage(random: Random): bigint {
  const kind = random.below(8);
  if (kind < 4) return pick(random, AVERAGES);
  if (kind < 6) return bigBelow(random, 1_000_001n);
  if (kind < 7) return 1_000_001n + bigBelow(random, 2_000_000n);
  return pick(random, [...U64_ENDS, 2n ** 31n * 1_000_000n, u64(random)]);
}
