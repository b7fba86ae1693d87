/** Arbitrary hyperparameters: the chain's defaults, both ends of each range and the values beside them. */
import fc from 'fast-check';
import type { Hyperparameters } from '../../src/epoch/hyperparameters.js';
import type { Blocks } from './blocks.js';

const u16 = fc.oneof(fc.constantFrom(0, 1, 32_767, 32_768, 65_534, 65_535), fc.nat(65_535));
const u64 = fc.oneof(fc.constantFrom(0n, 1n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n), fc.bigInt(0n, 2n ** 64n - 1n));

/** @param odd also alpha bounds that are crossed */
export function hyperparameters(n: number, { tempo, cutoff }: Blocks, odd: boolean): fc.Arbitrary<Hyperparameters> {
  const bounds = fc.oneof(fc.constant([45_875, 58_982] as const), fc.tuple(u16, u16));
  return fc
    .record({
      tempo: fc.constant(tempo),
      activityCutoff: fc.constant(cutoff),
      minStake: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(0n, 0n, 0n, 1n, 2n, 1_000n) }, u64),
      maxValidators: fc.oneof({ weight: 4, arbitrary: fc.nat(n + 1) }, fc.constantFrom(64, 65_535)),
      kappa: fc.oneof({ weight: 3, arbitrary: fc.constant(32_767) }, u16),
      bondsPenalty: fc.oneof({ weight: 2, arbitrary: fc.constantFrom(0, 65_535) }, u16),
      bondsMovingAverage: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(0n, 1n, 900_000n, 975_000n, 999_999n, 1_000_000n) },
        { weight: 2, arbitrary: fc.bigInt(0n, 1_000_000n) },
        fc.bigInt(1_000_001n, 3_000_000n),
        u64,
      ),
      yuma3: fc.oneof({ weight: 2, arbitrary: fc.constant(true) }, fc.constant(false)),
      liquidAlpha: fc.boolean(),
      bounds,
      alphaSigmoidSteepness: fc.oneof(
        fc.constantFrom(1_000, 0, 1, -1, 100, -100, 4_000, 32_767, -32_768),
        fc.integer({ min: -32_768, max: 32_767 }),
      ),
      commitReveal: fc.boolean(),
    })
    .map(({ bounds: [one, other], ...rest }) => {
      const crossed = odd || one <= other;
      return { ...rest, alphaLow: crossed ? one : other, alphaHigh: crossed ? other : one };
    });
}
