/** Arbitrary rules of a subnet: the chain's defaults, settings that owners choose, and the ends of each range. */
import fc from 'fast-check';
import { type Hyperparameters, hyperparameters } from '../../epoch/index.js';

const u16 = fc.oneof(fc.constantFrom(0, 1, 32_767, 32_768, 65_534, 65_535), fc.nat(65_535));

const modes = fc.constantFrom(
  { yuma3: true, liquidAlpha: false },
  { yuma3: false, liquidAlpha: false },
  { yuma3: true, liquidAlpha: true },
  { yuma3: false, liquidAlpha: true },
);

const averages = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(900_000n, 900_000n, 500_000n, 0n, 975_000n) },
  { weight: 1, arbitrary: fc.bigInt(0n, 1_000_000n) },
);

/** @param extreme also values that no owner may set, `bondsMovingAverage` above 1 000 000 among them */
export function rules(n: number, extreme: boolean): fc.Arbitrary<Hyperparameters> {
  const wild = fc.oneof({ weight: 3, arbitrary: averages }, fc.constantFrom(1_000_001n, 2n ** 63n, 2n ** 64n - 1n));
  return fc
    .record({
      mode: modes,
      tempo: extreme ? u16 : fc.constantFrom(360, 99),
      activityCutoff: fc.constantFrom(100n, 100n, 100n, extreme ? 0n : 100n),
      minStake: fc.constantFrom(0n, 0n, 2n, 1_000n),
      maxValidators: fc.oneof({ weight: 2, arbitrary: fc.constant(64) }, fc.nat(n + 1)),
      kappa: fc.oneof({ weight: 3, arbitrary: fc.constant(32_767) }, u16),
      bondsPenalty: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(65_535, 0, 49_151) }, u16),
      bondsMovingAverage: extreme ? wild : averages,
      bounds: fc.oneof({ weight: 2, arbitrary: fc.constant([45_875, 58_982] as const) }, fc.tuple(u16, u16)),
      alphaSigmoidSteepness: fc.oneof(fc.constant(1_000), fc.integer({ min: -32_768, max: 32_767 })),
      commitReveal: fc.boolean(),
    })
    .map(({ mode, bounds: [one, other], ...rest }) =>
      hyperparameters({ ...rest, ...mode, alphaLow: Math.min(one, other), alphaHigh: Math.max(one, other) }),
    );
}
