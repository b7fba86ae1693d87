import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesOf } from '../../../src/backends/webgpu/changes.js';
import { SEED } from '../../counterexamples.js';

const words = (length: number, at: readonly number[] = []) => {
  const all = new Uint32Array(length);
  for (const place of at) all[place] = 1;
  return all;
};

test('what is written makes the old words the new ones, and is in order', () => {
  const places = fc.array(fc.nat(999), { maxLength: 80 });
  const property = fc.property(places, places, (before, after) => {
    const device = words(1_000, before);
    const wanted = words(1_000, after);
    const parts = changesOf(device.slice(), wanted);
    for (const { from, to } of parts) device.set(wanted.subarray(from, to), from);
    expect(device).toEqual(wanted);
    for (const [number, { from, to }] of parts.entries()) {
      expect(from).toBeLessThan(to);
      if (number > 0) expect(from).toBeGreaterThan(parts[number - 1]!.to);
    }
  });
  fc.assert(property, { seed: SEED, numRuns: 300 });
});

test('what is equal is not written', () => {
  expect(changesOf(words(1_000, [7]), words(1_000, [7]))).toEqual([]);
  expect(changesOf(words(1_000), words(1_000, [0, 10, 999]))).toEqual([
    { from: 0, to: 11 },
    { from: 999, to: 1_000 },
  ]);
});

test('where nothing like it is known, or all is scattered, all is written', () => {
  const all = [{ from: 0, to: 10_000 }];
  expect(changesOf(undefined, words(10_000))).toEqual(all);
  expect(changesOf(words(9_999), words(10_000))).toEqual(all);
  const scattered = Array.from({ length: 33 }, (_, at) => 100 * at);
  expect(changesOf(words(10_000), words(10_000, scattered))).toEqual(all);
  expect(changesOf(words(10_000), words(10_000, scattered.slice(1)))).toHaveLength(32);
});
