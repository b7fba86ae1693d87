import { describe, expect, test } from 'vitest';
import { amountOf, emission } from '../../../src/epoch/reference/emission.js';
import { ONE } from '../../../src/epoch/reference/fixed.js';

const half = ONE / 2n;

describe('the split (spec 10)', () => {
  test('halves the amount between servers and validators', () => {
    const { amounts } = emission([ONE, 0n], [0n, ONE], [0n, ONE], [0n, ONE], 1_000n);
    expect(amounts).toEqual({ server: [500n, 0n], validator: [0n, 500n], combined: [500n, 500n] });
  });

  test('truncates each of the three by itself', () => {
    const { amounts } = emission([ONE], [ONE], [ONE], [ONE], 3n);
    expect(amounts).toEqual({ server: [1n], validator: [1n], combined: [3n] });
  });

  test('without scores pays validators by active stake, else by stake', () => {
    const none = [0n, 0n];
    expect(emission(none, none, [half, half], [ONE, 0n], 10n).amounts.validator).toEqual([10n, 0n]);
    const { amounts } = emission(none, none, [half, half], none, 10n);
    expect(amounts).toEqual({ server: none, validator: [5n, 5n], combined: [5n, 5n] });
  });
});

describe('an amount (spec 10)', () => {
  test('of the largest emission is exact', () => {
    expect(amountOf(ONE, 2n ** 64n - 1n)).toBe(2n ** 64n - 1n);
    expect(amountOf(ONE - 1n, 2n ** 64n - 1n)).toBe(2n ** 64n - 2n ** 32n - 1n);
  });

  test('is clamped to u64 (lenient)', () => {
    expect(amountOf(-1n, 10n)).toBe(0n);
    expect(amountOf(2n * ONE, 2n ** 64n - 1n)).toBe(2n ** 64n - 1n);
  });
});
