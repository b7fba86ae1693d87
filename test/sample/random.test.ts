import { describe, expect, test } from 'vitest';
import { Random } from '../../src/sample/random.js';

const draws = (seed: number, subject: number, count: number): number[] => {
  const random = new Random(seed, subject);
  return Array.from({ length: count }, () => random.next());
};

describe('the random stream', () => {
  test('is pinned', () => {
    expect(draws(0, 0, 3)).toEqual([4_208_506_024, 1_017_427_976, 941_733_061]);
    expect(draws(2 ** 53 - 1, 9, 3)).toEqual([1_167_911_805, 2_492_149_238, 3_310_256_036]);
  });

  test('differs by seed, by the high half of the seed, and by subject', () => {
    const first = new Set([draws(1, 0, 1)[0], draws(2, 0, 1)[0], draws(1 + 2 ** 32, 0, 1)[0], draws(1, 1, 1)[0]]);
    expect(first.size).toBe(4);
  });

  test('each bit is set in half of the draws', () => {
    const count = 20_000;
    const set = new Array<number>(32).fill(0);
    for (const draw of draws(7, 0, count)) for (let bit = 0; bit < 32; bit++) set[bit]! += (draw >>> bit) & 1;
    for (const ones of set) expect(Math.abs(ones - count / 2)).toBeLessThan(5 * Math.sqrt(count / 4));
  });

  test('gaussians have mean 0, variance 1 and the tails of a bell', () => {
    const random = new Random(11, 0);
    const count = 20_000;
    const values = Array.from({ length: count }, () => random.gaussian());
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const variance = values.reduce((sum, value) => sum + value * value, 0) / count;
    const beyondTwo = values.filter((value) => Math.abs(value) > 2).length / count;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.008);
  });

  test('below(k) gives every value from 0 to k - 1 and no other', () => {
    const random = new Random(3, 0);
    const seen = new Set(Array.from({ length: 500 }, () => random.below(7)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test('shuffle keeps the items and moves only those between its bounds', () => {
    const items = Uint16Array.from({ length: 50 }, (_, at) => at);
    new Random(5, 0).shuffle(items, 10, 40);
    expect([...items.subarray(0, 10), ...items.subarray(40)]).toEqual([
      ...Array.from({ length: 10 }, (_, at) => at),
      ...Array.from({ length: 10 }, (_, at) => at + 40),
    ]);
    expect([...items].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, at) => at));
    expect([...items.subarray(10, 40)]).not.toEqual(Array.from({ length: 30 }, (_, at) => at + 10));
  });
});
