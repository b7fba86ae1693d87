import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as fixed from '../../../src/epoch/reference/fixed.js';

const LARGEST = 2n ** 63n - 1n;
const LEAST = -(2n ** 63n);

describe('rounding (spec 2)', () => {
  test('mul floors, also below zero', () => {
    expect(fixed.mul(-1n, 1n)).toBe(-1n);
    expect(fixed.mul(1n, 1n)).toBe(0n);
  });

  test('div truncates towards zero', () => {
    expect(fixed.div(-1n, 3n * fixed.ONE)).toBe(0n);
    expect(fixed.div(2n, -3n * fixed.ONE)).toBe(0n);
  });

  test('a conversion to an integer floors and clamps', () => {
    expect(fixed.toU64(-1n, 32n)).toBe(0n);
    expect(fixed.toU64(2n ** 96n - 1n, 32n)).toBe(2n ** 64n - 1n);
    expect(fixed.toU64(2n ** 96n, 32n)).toBe(2n ** 64n - 1n);
  });

  test('a proportion as u16 truncates: ONE - 1 gives 65534', () => {
    expect([0n, fixed.ONE - 1n, fixed.ONE, fixed.ONE + 1n, -1n, LARGEST].map(fixed.toU16)).toEqual([
      0, 65_534, 65_535, 65_535, 0, 65_535,
    ]);
  });
});

describe('what does not fit (spec 2)', () => {
  test('saturates in add, sub, mul and saturatingDiv', () => {
    expect(fixed.add(LARGEST, 1n)).toBe(LARGEST);
    expect(fixed.sub(LEAST, 1n)).toBe(LEAST);
    expect(fixed.mul(LARGEST, -2n * fixed.ONE)).toBe(LEAST);
    expect(fixed.saturatingDiv(LARGEST, 1n)).toBe(LARGEST);
  });

  test('gives 0 in div, and so does a division by 0', () => {
    expect(fixed.div(LARGEST, 1n)).toBe(0n);
    expect(fixed.div(1n, 0n)).toBe(0n);
    expect(fixed.div(LEAST, -fixed.ONE)).toBe(0n);
  });

  test('is a share of 0 in a vector', () => {
    expect(fixed.normalize([2n ** 62n, 1n - 2n ** 62n])).toEqual([0n, 0n]);
  });

  test('wraps in a vector sum, and a sum of 0 leaves the vector as it is', () => {
    expect(fixed.sum([LARGEST, 1n])).toBe(LEAST);
    expect(fixed.normalize([LARGEST, LARGEST, 2n])).toEqual([LARGEST, LARGEST, 2n]);
  });
});

test('the largest proportion is exactly ONE (spec 2)', () => {
  expect([0, 1, 32_767, 65_535].map(fixed.prop)).toEqual([0n, 65_537n, 2_147_450_879n, fixed.ONE]);
});

test('a proportion goes to u16 and back one too low at most, for every u16', () => {
  for (let share = 0; share <= 65_535; share++) {
    const back = fixed.toU16(fixed.prop(share));
    expect(back === share || back === share - 1, String(share)).toBe(true);
  }
});

test('shares of a vector add up to at most ONE, and to more than ONE less one a value (spec 4.2)', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt(0n, 2n ** 40n), { minLength: 1, maxLength: 50 }), (vector) => {
      fc.pre(vector.some((value) => value > 0n));
      const total = fixed.sum(fixed.normalize(vector));
      expect(total).toBeLessThanOrEqual(fixed.ONE);
      expect(total).toBeGreaterThan(fixed.ONE - BigInt(vector.length));
    }),
  );
});
