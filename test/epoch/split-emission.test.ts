import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitEmission } from '../../src/epoch/split-emission.js';

describe('an even split (spec 13.1)', () => {
  test('gives what is left over to mechanism 0', () => {
    expect(splitEmission(11n, 3)).toEqual([5n, 3n, 3n]);
    expect(splitEmission(11n, 3, null)).toEqual([5n, 3n, 3n]);
  });

  test('of one mechanism is the whole', () => {
    expect(splitEmission(2n ** 64n - 1n, 1)).toEqual([2n ** 64n - 1n]);
  });

  test('of nothing is nothing', () => {
    expect(splitEmission(0n, 2)).toEqual([0n, 0n]);
  });
});

describe('a stored split (spec 13.1)', () => {
  test('truncates every part', () => {
    // 100 * 32767 / 65535 = 49.99, 100 * 32768 / 65535 = 50.0008: 49 + 50, and 1 left over.
    expect(splitEmission(100n, 2, [32_767, 32_768])).toEqual([50n, 50n]);
    expect(splitEmission(100n, 2, [32_768, 32_767])).toEqual([51n, 49n]);
  });

  test('is padded with 0, or cut, to the count of mechanisms', () => {
    expect(splitEmission(10n, 3, [0, 65_535])).toEqual([0n, 10n, 0n]);
    expect(splitEmission(10n, 1, [0, 65_535])).toEqual([10n]);
  });

  test('may be a typed array, as others store it', () => {
    expect(splitEmission(100n, 2, Uint16Array.of(32_767, 32_768))).toEqual([50n, 50n]);
  });

  test('does not overflow', () => {
    expect(splitEmission(2n ** 64n - 1n, 2, [0, 65_535])).toEqual([0n, 2n ** 64n - 1n]);
  });
});

test('the parts add up to the total', () => {
  const cuts = fc.array(fc.nat(65_535), { maxLength: 15 }).map((cuts) => [0, ...cuts.sort((a, b) => a - b), 65_535]);
  const split = cuts.map((cuts) => cuts.slice(1).map((cut, at) => cut - cuts[at]!));
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 64n - 1n), fc.integer({ min: 1, max: 16 }), split, (total, mechanisms, split) => {
      const parts = splitEmission(total, mechanisms, split);
      expect(parts).toHaveLength(mechanisms);
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(total);
    }),
  );
});

describe('refuses', () => {
  test.each([0, 17, 1.5, -1])('%d mechanisms', (mechanisms) => {
    const text = `mechanisms: ${mechanisms} is out of range, it must be from 1 to 16.`;
    expect(() => splitEmission(1n, mechanisms)).toThrow(text);
  });

  test.each([-1n, 2n ** 64n])('a total of %d', (total) => {
    const text = `total: ${total} is out of range, it must be from 0 to 18446744073709551615.`;
    expect(() => splitEmission(total, 1)).toThrow(text);
  });

  test.each([
    ['total', 'a bigint (u64), got number 5', [5, 2, null]],
    ['mechanisms', 'an integer, got bigint 2', [5n, 2n, null]],
    ['mechanisms', 'an integer, got nothing', [5n, undefined, null]],
    ['split', 'a list, got number 65535', [5n, 2, 65_535]],
    ['split', 'a list, got Object', [5n, 2, {}]],
    ['split, entry 0', 'an integer (u16), got nothing', [5n, 2, { length: 2 }]],
    ['split, entry 0', 'an integer (u16), got bigint 0', [5n, 2, [0n, 65_535n]]],
    ['split, entry 0', 'an integer (u16), got bigint 65535', [5n, 2, BigUint64Array.of(65_535n)]],
    ['split', 'a list, got string 65535', [5n, 2, '65535']],
    ['split', 'a list, got an object', [5n, 2, Object.create(null)]],
    ['split', 'a list, got an object', [5n, 2, Object.create(Object.create(null))]],
  ])('another type of %s', (place, types, args) => {
    const call = splitEmission as (...args: unknown[]) => bigint[];
    const message = `${place}: expected ${types}.`;
    expect(() => call(...args)).toThrow(expect.objectContaining({ code: 'WRONG_TYPE', message }));
  });

  test.each([[[65_536]], [[-1]], [[0.5]]])('a share of %j', (split) => {
    const text = `split: ${split[0]} is out of range, it must be from 0 to 65535.`;
    expect(() => splitEmission(1n, 1, split)).toThrow(text);
  });

  test('shares that are not 65535 together, with what they are', () => {
    expect(() => splitEmission(1n, 2, [1, 2])).toThrow('split: the shares are 3 together, they must be 65535');
    expect(() => splitEmission(1n, 2, [])).toThrow(expect.objectContaining({ code: 'BAD_SPLIT' }));
  });
});
