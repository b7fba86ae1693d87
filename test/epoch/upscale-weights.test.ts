import fc from 'fast-check';
import { expect, test } from 'vitest';
import { upscaleWeights } from '../../src/epoch/upscale-weights.js';

test('the examples of the spec (neurons-stake-weights.md 4.3)', () => {
  expect([...upscaleWeights([40_000, 1, 2, 20_000])]).toEqual([65_535, 2, 3, 32_767]);
  expect([...upscaleWeights([1, 2, 3])]).toEqual([21_845, 43_690, 65_535]);
});

test('the two ways of rounding meet above 32768', () => {
  // 65535 / 32768 is exact in 32 bits, and half of it, 32767.5, rounds up. 65535 / 32770 is not: 16385 of 32770, again
  // one half, ends just below 32767.5.
  expect([...upscaleWeights([32_768, 16_384])]).toEqual([65_535, 32_768]);
  expect([...upscaleWeights([32_770, 16_385])]).toEqual([65_535, 32_767]);
});

test('at 32768 and below, halves round up though the factor has no end', () => {
  // 65535 / 14 ends never: cut to 32 bits first, 7 of 14 would end just below 32767.5.
  expect([...upscaleWeights([14, 7])]).toEqual([65_535, 32_768]);
});

test('zeros and nothing stay', () => {
  expect([...upscaleWeights([0, 0])]).toEqual([0, 0]);
  expect([...upscaleWeights(new Uint16Array(0))]).toEqual([]);
});

test('the largest becomes 65535, and order stays (neurons-stake-weights.md 4.3)', () => {
  fc.assert(
    fc.property(fc.uint16Array({ minLength: 1 }), (weights) => {
      fc.pre(weights.some((weight) => weight > 0));
      const scaled = upscaleWeights(weights);
      const largest = Math.max(...weights);
      weights.forEach((weight, at) => {
        if (weight === largest) expect(scaled[at]).toBe(65_535);
        expect(scaled[at]).toBeGreaterThanOrEqual(weight);
      });
    }),
  );
});

test.each([-1, 65_536, 0.5, Number.NaN])('refuses a weight of %d, with its entry', (weight) => {
  expect(() => upscaleWeights([1, weight])).toThrow(
    `weights, entry 1: ${weight} is out of range, it must be from 0 to 65535.`,
  );
});

test('takes rows of any length', () => {
  const scaled = upscaleWeights(new Uint16Array(200_000).fill(7));
  expect(scaled).toHaveLength(200_000);
  expect(scaled[199_999]).toBe(65_535);
});

const call = upscaleWeights as (values: unknown) => Uint16Array;

test.each([
  [5],
  [null],
  [undefined],
  [{}],
  ['12'],
  [{ length: -1 }],
  [{ length: 2 ** 40 }],
  [{ length: 2 ** 32 }],
  [{ length: 1.5 }],
])('refuses %j', (values) => {
  expect(() => call(values)).toThrow(
    expect.objectContaining({
      code: 'WRONG_TYPE',
      data: { field: 'weights', expected: 'a list', got: expect.any(String) },
    }),
  );
});

test.each([[['1']], [[undefined]], [[1n]], [{ length: 1 }], [{ length: 2 ** 32 - 1 }]])(
  'refuses what is no number, with its entry',
  (values) => {
    expect(() => call(values)).toThrow(
      expect.objectContaining({
        code: 'WRONG_TYPE',
        data: expect.objectContaining({ field: 'weights', entry: 0, expected: 'an integer (u16)' }),
      }),
    );
  },
);
