import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ONE } from '../../../src/epoch/reference/fixed.js';
import { activeStake, normalizeStake, stake, toI32F32, wholeStake } from '../../../src/epoch/reference/stake.js';

const rao = (...amounts: bigint[]): bigint[] => amounts.map((amount) => amount << 64n);

describe('the filter (spec 4.1)', () => {
  test('lets the least stake itself pass, and the fraction does not help', () => {
    const weights = [...rao(1_000n), (1_000n << 64n) - 1n];
    expect(stake(weights, 1_000n, null)).toEqual([ONE, 0n]);
  });

  test('exempts the owner', () => {
    expect(stake(rao(1n, 1n), 2n, 1)).toEqual([0n, ONE]);
  });

  test('compares a negative stake as 0', () => {
    expect(wholeStake(-1n)).toBe(0n);
    expect(stake([-1n, 2n], 0n, null)).toEqual([-ONE, 2n * ONE]);
    expect(stake([-1n, 2n], 1n, 1)).toEqual([0n, ONE]);
  });
});

describe('shares (spec 4.2)', () => {
  test('the two truncations equal the one floor of the spec, as long as no stake is negative', () => {
    const weights = fc.array(fc.bigInt(0n, 2n ** 120n), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(weights, (weights) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0n);
        fc.pre(total > 0n);
        expect(stake(weights, 0n, null)).toEqual(weights.map((weight) => (weight << 32n) / total));
      }),
    );
  });

  test('a negative share is divided towards zero, then floored', () => {
    // -1 / 3 of 2^64 is -6148914691236517205.3: towards zero, then down to 32 bits.
    expect(stake([-1n, 4n], 0n, null)[0]).toBe(-1_431_655_766n);
  });

  test('a share that does not fit 128 bits is 0, one that does not fit 64 is clamped', () => {
    const large = 2n ** 126n;
    expect(normalizeStake([large, -large, 1n])).toEqual([0n, 0n, 2n ** 64n]);
    expect(stake([large, -large, 2n ** 64n], 0n, null)).toEqual([2n ** 63n - 1n, -(2n ** 63n), ONE]);
  });

  test('a sum that wraps to 0 leaves stake as it is', () => {
    const large = new Array<bigint>(4).fill(2n ** 126n);
    expect(normalizeStake(large)).toEqual(large);
    expect(toI32F32(2n ** 126n)).toBe(2n ** 63n - 1n);
  });
});

describe('active stake (spec 5)', () => {
  const half = ONE / 2n;

  test('counts who is active and permitted', () => {
    expect(activeStake([half, half], [true, false], [true, true])).toEqual([ONE, 0n]);
    expect(activeStake([half, half], [true, true], [false, true])).toEqual([0n, ONE]);
    expect(activeStake([half, half], [false, false], [true, true])).toEqual([0n, 0n]);
  });

  test('is not masked by permits where the chain stores none (spec 1.3)', () => {
    expect(activeStake([half, half], [true, true], null)).toEqual([half, half]);
  });
});
