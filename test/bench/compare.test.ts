import { describe, expect, test } from 'vitest';
import { agreement, type Compared, differences } from '../../src/bench/compare.js';
import type { Kept } from '../../src/bench/measure.js';

const scores = (first: number): Kept['scores'] => ({
  stakeWeight: Uint16Array.of(first, 2),
  consensus: Uint16Array.of(3, 4),
  incentive: Uint16Array.of(5, 6),
  dividends: Uint16Array.of(7, 8),
  validatorTrust: Uint16Array.of(9, 10),
});

const run = (changes: Partial<Compared>, epochs = 5): Compared => ({
  run: { subnets: 2, warmUp: 2, epochs },
  checksum: 'all',
  kept: [
    { checksum: 'a', scores: scores(1) },
    { checksum: 'b', scores: scores(1) },
  ],
  ...changes,
});

describe('two runs', () => {
  test('agree where all checksums do', () => {
    expect(agreement(run({}), run({}))).toBe(true);
  });

  test('differ where one subnet does', () => {
    const kept = [run({}).kept[0]!, { checksum: 'c', scores: scores(1) }];
    expect(agreement(run({ kept }, 1), run({}))).toBe(false);
  });

  test('differ where only the last epoch does', () => {
    expect(agreement(run({ checksum: 'other' }), run({}))).toBe(false);
  });

  test('of different lengths are compared by what both kept', () => {
    expect(agreement(run({ checksum: 'other', kept: run({}).kept.slice(0, 1) }, 1), run({}))).toBe(true);
  });

  test('of which one is not exact are not compared bit for bit', () => {
    expect(agreement(run({ checksum: null }), run({}))).toBeNull();
    expect(agreement(run({}), run({ checksum: null }))).toBeNull();
  });

  test('differ in so many scores, by so much at most', () => {
    const near = [
      { checksum: null, scores: scores(4) },
      { checksum: null, scores: scores(0) },
    ];
    expect(differences(near, run({}).kept)).toEqual({ compared: 20, differing: 2, largest: 3 });
    expect(differences(near.slice(1), run({}).kept)).toEqual({ compared: 10, differing: 1, largest: 1 });
    expect(differences(near, near)).toBeNull();
  });
});
