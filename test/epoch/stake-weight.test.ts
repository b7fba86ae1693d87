import { describe, expect, test } from 'vitest';
import { stakeWeight } from '../../src/epoch/stake-weight.js';

const ALL = 2n ** 64n - 1n;
const HALF = 2n ** 63n;
/** Raw I64F64 of whole rao. */
const rao = (amount: bigint): bigint => amount << 64n;

describe('stake weight (neurons-stake-weights.md 2)', () => {
  test('of alpha counts in full', () => {
    expect(stakeWeight({ alpha: 1_000n, tao: 0n })).toBe(rao(1_000n));
  });

  test('of TAO counts by its weight, 226245882 / 2^32 by default', () => {
    expect(stakeWeight({ alpha: 0n, tao: 1n })).toBe(226_245_882n << 32n);
    expect(stakeWeight({ alpha: 5n, tao: 7n })).toBe(rao(5n) + ((7n * 226_245_882n) << 32n));
    expect(stakeWeight({ alpha: 5n, tao: 7n, taoWeight: ALL })).toBe(rao(12n));
    expect(stakeWeight({ alpha: 5n, tao: 7n, taoWeight: 0n })).toBe(rao(5n));
  });

  test('loses what the children get, of alpha and TAO alike', () => {
    // One half is floor(2^63 * 2^32 / (2^64 - 1)) = 2^31, exactly half of 2^32; of 7, 3.5 stay and 3 are whole.
    const childProportions = [HALF];
    expect(stakeWeight({ alpha: 1_000n, tao: 7n, taoWeight: ALL, childProportions })).toBe(rao(503n));
  });

  test('is not below 0 where the children get all', () => {
    expect(stakeWeight({ alpha: 1_000n, tao: 0n, childProportions: [ALL] })).toBe(0n);
    expect(stakeWeight({ alpha: 1_000n, tao: 0n, childProportions: [ALL, HALF] })).toBe(0n);
  });

  test('gains what the parents give', () => {
    const parents = [
      { alpha: 10n, tao: 100n, proportion: ALL },
      { alpha: 20n, tao: 0n, proportion: HALF },
    ];
    expect(stakeWeight({ alpha: 1n, tao: 0n, taoWeight: ALL, parents })).toBe(rao(1n + 10n + 10n + 100n));
  });

  test('truncates to whole rao only after all is added up', () => {
    // 0.5 of its own stays, 0.5 comes: 1.
    const parents = [{ alpha: 1n, tao: 0n, proportion: HALF }];
    expect(stakeWeight({ alpha: 1n, tao: 0n, childProportions: [HALF], parents })).toBe(rao(1n));
    expect(stakeWeight({ alpha: 1n, tao: 0n, childProportions: [HALF] })).toBe(0n);
  });

  test('cuts a proportion to 32 bits before it is applied', () => {
    // 2^32 - 1 of 2^64 - 1 is just below 2^-32.
    const parents = [{ alpha: 2n ** 33n, tao: 0n, proportion: 2n ** 32n - 1n }];
    expect(stakeWeight({ alpha: 0n, tao: 0n, parents })).toBe(0n);
  });

  test('of nothing is 0', () => {
    expect(stakeWeight({ alpha: 0n, tao: 0n })).toBe(0n);
  });
});

describe('refuses', () => {
  test.each([
    ['alpha', { alpha: -1n, tao: 0n }],
    ['tao', { alpha: 0n, tao: 2n ** 64n }],
    ['taoWeight', { alpha: 0n, tao: 0n, taoWeight: -1n }],
    ['childProportions', { alpha: 0n, tao: 0n, childProportions: [2n ** 64n] }],
    ['parents.alpha', { alpha: 0n, tao: 0n, parents: [{ alpha: -1n, tao: 0n, proportion: 0n }] }],
    ['parents.proportion', { alpha: 0n, tao: 0n, parents: [{ alpha: 0n, tao: 0n, proportion: -1n }] }],
    ['stake', { alpha: 2n ** 63n, tao: 0n }],
  ])('%s out of range', (field, input) => {
    const largest = field === 'stake' ? 2n ** 63n - 1n : ALL;
    const text = new RegExp(`^${field}: -?\\d+ is out of range, it must be from 0 to ${largest}\\.$`);
    const message = expect.stringMatching(text);
    expect(() => stakeWeight(input)).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE', message }));
  });

  test('no weight below 2^63 rao', () => {
    expect(stakeWeight({ alpha: 2n ** 63n - 1n, tao: 0n })).toBe(rao(2n ** 63n - 1n));
  });

  const call = stakeWeight as (input: unknown) => bigint;
  test.each([
    ['input', 'a StakeWeightInput, got null', null],
    ['input', 'a StakeWeightInput, got bigint 5', 5n],
    ['alpha', 'a bigint (u64), got number 1', { alpha: 1, tao: 0n }],
    ['tao', 'a bigint (u64), got nothing', { alpha: 1n }],
    ['taoWeight', 'a bigint (u64), got number 0.18', { alpha: 1n, tao: 0n, taoWeight: 0.18 }],
    ['childProportions', 'an array, got bigint 1', { alpha: 1n, tao: 0n, childProportions: 1n }],
    ['childProportions', 'a bigint (u64), got number 1', { alpha: 1n, tao: 0n, childProportions: [1] }],
    ['parents', 'an array, got Object', { alpha: 1n, tao: 0n, parents: {} }],
    ['parents', 'ParentHoldings, got null', { alpha: 1n, tao: 0n, parents: [null] }],
    ['parents', 'ParentHoldings, got number 7', { alpha: 1n, tao: 0n, parents: [7] }],
    ['parents.tao', 'a bigint (u64), got nothing', { alpha: 1n, tao: 0n, parents: [{ alpha: 1n, proportion: 1n }] }],
    [
      'parents.proportion',
      'a bigint (u64), got string 1',
      { alpha: 1n, tao: 0n, parents: [{ alpha: 1n, tao: 1n, proportion: '1' }] },
    ],
  ])('another type of %s', (field, types, input) => {
    const message = `${field}: expected ${types}.`;
    expect(() => call(input)).toThrow(expect.objectContaining({ code: 'WRONG_TYPE', message }));
  });
});
