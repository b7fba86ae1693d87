/** Arbitrary subnets of hundreds to thousands of neurons: samples, whose seed, size and mode are drawn. */
import fc from 'fast-check';
import type { EpochInput } from '../../src/epoch/index.js';
import { sampleCases } from '../../src/sample/sample.js';

const MODES = [{ yuma3: false }, { yuma3: true, liquidAlpha: false }, { yuma3: true, liquidAlpha: true }] as const;

/** So many weights at most: the executable spec takes about 0.1 s for them. */
const MOST_WEIGHTS = 24_000;

/** 512 to 4 096 neurons. Rows of odd uids are halved, so that they can be doubled. */
export const largeSubnets: fc.Arbitrary<EpochInput> = fc
  .record({
    neurons: fc.oneof(fc.constantFrom(512, 1_024, 2_048, 4_096), fc.integer({ min: 512, max: 4_096 })),
    validators: fc.integer({ min: 8, max: 64 }),
    mode: fc.constantFrom(...MODES),
    kappa: fc.constantFrom(32_767, 32_767, 16_384, 6_554),
    seed: fc.nat(),
  })
  .map(({ neurons, validators, mode, ...rest }) => {
    const fill = Math.min(1, MOST_WEIGHTS / (neurons * validators));
    const [sample] = sampleCases({ neurons, validators, subnets: 1, fill, ...mode, ...rest });
    const { input } = sample!;
    const values = input.weights.values.slice();
    for (let uid = 1; uid < neurons; uid += 2) {
      for (let at = input.weights.offsets[uid]!; at < input.weights.offsets[uid + 1]!; at++) values[at]! >>= 1;
    }
    return { ...input, weights: { ...input.weights, values } };
  });
