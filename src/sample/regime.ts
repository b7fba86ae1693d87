/**
 * Regime: the rules of one sampled subnet. Neighbours differ, so that a handful of subnets shows all bond algorithms
 * and some of the settings owners really choose; the rest stays at the chain's defaults.
 */
import { type Hyperparameters, hyperparameters } from '../epoch/hyperparameters.js';
import { Random } from './random.js';

/** Stake threshold of the live chain: 1000 TAO, in rao. */
const LIVE_MIN_STAKE = 1_000_000_000_000n;

/** Bond algorithms, dealt out in turn. */
const ALGORITHMS = [
  { yuma3: true, liquidAlpha: false },
  { yuma3: false, liquidAlpha: false },
  { yuma3: true, liquidAlpha: true },
] as const;

const pick = <T>(random: Random, choices: readonly T[]): T => choices[random.below(choices.length)]!;

/**
 * @param netuid from 1
 * @param validators that must find a permit; the chain's 64 permits grow to it
 * @param changes hold in every subnet
 */
export function regime(
  seed: number,
  netuid: number,
  validators: number,
  changes: Partial<Hyperparameters>,
): Hyperparameters {
  const random = new Random(seed, netuid * 8);
  return hyperparameters({
    tempo: pick(random, [360, 360, 360, 360, 99]),
    minStake: LIVE_MIN_STAKE,
    maxValidators: Math.max(64, Math.min(validators + 1, 65_535)),
    kappa: pick(random, [32_767, 32_767, 32_767, 39_321]),
    bondsPenalty: pick(random, [65_535, 65_535, 65_535, 49_151, 0]),
    bondsMovingAverage: pick(random, [900_000n, 900_000n, 900_000n, 975_000n, 500_000n]),
    ...ALGORITHMS[(netuid - 1) % ALGORITHMS.length],
    alphaSigmoidSteepness: pick(random, [1_000, 1_000, 500]),
    commitReveal: random.chance(0.75),
    ...changes,
  });
}
