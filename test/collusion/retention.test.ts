import { describe, expect, test } from 'vitest';
import { type CollusionMap, collusionPlan, retentionLine, retentionLines } from '../../src/collusion/index.js';

const UTILITIES = [0, 0.5, 1];

/** One stake, a list of means over `UTILITIES` for each cabal self-weight. */
function mapOf(stake: number, means: readonly (readonly number[])[], half: number | null = 0.05): CollusionMap {
  const cabalSelfWeights = means.map((_, at) => at / 10);
  const plan = collusionPlan({ stakes: [stake], honestUtilities: UTILITIES, cabalSelfWeights });
  const cells = UTILITIES.flatMap((honestUtility, row) =>
    cabalSelfWeights.map((cabalSelfWeight, column) => {
      const mean = means[column]![row]!;
      const band = half === null ? { low: null, high: null } : { low: mean - half, high: mean + half };
      return { stake, honestUtility, cabalSelfWeight, mean, deviation: null, ...band, shares: [mean] };
    }),
  );
  return { plan, cells };
}

const only = (means: readonly number[], half?: number | null) =>
  retentionLine(mapOf(0.6, [means], half), 0.6).points[0]!;

describe('a retention line', () => {
  test('crosses between two points on a straight line, and so do the ends of the band', () => {
    const { honestUtility, low, high } = only([0.2, 0.5, 0.7]);
    expect(honestUtility).toBeCloseTo(0.75, 12);
    expect(low).toBeCloseTo(0.625, 12);
    expect(high).toBeCloseTo(0.875, 12);
  });

  test('has no band where points have none', () => {
    const { honestUtility, low, high } = only([0.2, 0.5, 0.7], null);
    expect([low, high]).toEqual([honestUtility, honestUtility]);
  });

  test('is where the stake is kept for good: what lies below does not count', () => {
    expect(only([0.7, 0.5, 0.7]).honestUtility).toBeCloseTo(0.75, 12);
  });

  test('is the least utility where all of the row is kept, exactly S_H among it', () => {
    expect(only([0.6, 0.6, 0.7], null).honestUtility).toBe(0);
  });

  test('is null where even the largest utility is not enough', () => {
    expect(only([0.7, 0.7, 0.59])).toMatchObject({ honestUtility: null, high: null });
    expect(only([0.5, 0.5, 0.62])).toMatchObject({ high: null });
  });

  test('says from where on the stake is kept under any cabal', () => {
    const { anyCabal, points } = retentionLine(
      mapOf(0.6, [
        [0.2, 0.5, 0.7],
        [0.2, 0.55, 0.8],
        [0.7, 0.8, 0.9],
      ]),
      0.6,
    );
    expect(anyCabal.honestUtility).toBeCloseTo(0.75, 12);
    expect(points.map(({ cabalSelfWeight }) => cabalSelfWeight)).toEqual([0, 0.1, 0.2]);
  });

  test('is not kept under any cabal if one takes it', () => {
    const { anyCabal } = retentionLine(
      mapOf(0.6, [
        [0.2, 0.3, 0.4],
        [0.7, 0.8, 0.9],
      ]),
      0.6,
    );
    expect(anyCabal).toEqual({ honestUtility: null, low: null, high: null });
  });

  test('is there for every stake of the map, and for no other', () => {
    const map = mapOf(0.6, [[0.2, 0.5, 0.7]]);
    expect(retentionLines(map).map(({ stake }) => stake)).toEqual([0.6]);
    expect(() => retentionLine(map, 0.7)).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
  });

  test('needs a whole map', () => {
    const { plan, cells } = mapOf(0.6, [[0.2, 0.5, 0.7]]);
    const half = { plan, cells: cells.slice(0, 2) };
    expect(() => retentionLine(half, 0.6)).toThrow(/2 of 3 points/);
  });
});
