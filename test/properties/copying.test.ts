/** The gain of copying stays within the bounds that were measured (docs/properties.md has the table). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyingGain, type Mode, scenes } from '../../src/properties/index.js';
import { runs } from '../counterexamples.js';
import { COPYING, type Measured } from './copying.js';
import { wasm } from './implementations.js';

test.each(COPYING)('drift $drift, noise $noise, $mode, delay $delay', async (row: Measured) => {
  const { drift, noise, mode, delay, least, most } = row;
  const drawn = fc.sample(scenes({ drift, noise }), { seed: 1, numRuns: Math.min(runs(20), 300) });
  for (const scene of drawn) {
    const gain = 100 * (await copyingGain(wasm, scene, { mode: mode satisfies Mode, delay }));
    expect(gain).toBeGreaterThanOrEqual(least);
    expect(gain).toBeLessThanOrEqual(most);
  }
});
