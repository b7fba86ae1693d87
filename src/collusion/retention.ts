/**
 * Retention: from which honest utility on the honest team keeps its share, E_H >= S_H.
 * Method on the grid of the map, from the largest W_H down to the first point that is below S_H; between the two the
 *        line is straight. The band of a line is where the lines of the points' upper and lower ends lie
 */
import { YumaError } from '../index.js';
import type { CollusionCell, CollusionMap } from './map.js';

/**
 * A point of a line: the least W_H from which on, up to the largest of the map, E_H is S_H at least. The smallest W_H
 * of the map where all of it is retained; `null` where even the largest is not enough.
 */
export interface RetentionPoint {
  /** W_C */
  readonly cabalSelfWeight: number;
  /** By the means of the points. */
  readonly honestUtility: number | null;
  /** By the upper ends of their bands. With one repeat, which has none, as `honestUtility`; so is `high`. */
  readonly low: number | null;
  /** By the lower ends. `null`: the band has no end within the map. */
  readonly high: number | null;
}

export interface RetentionLine {
  /** S_H */
  readonly stake: number;
  /** One for each W_C of the map, rising. */
  readonly points: readonly RetentionPoint[];
  /** The largest of the points: from here on the stake is retained under any W_C of the map. */
  readonly anyCabal: Omit<RetentionPoint, 'cabalSelfWeight'>;
}

/** @throws YumaError BAD_USAGE for a stake that the map has not, or a map that is not whole */
export function retentionLine(map: CollusionMap, stake: number): RetentionLine {
  const { stakes, honestUtilities, cabalSelfWeights } = map.plan;
  const at = stakes.indexOf(stake);
  if (at < 0) {
    throw new YumaError('BAD_USAGE', { reason: `the map has no stake ${stake}. It has ${stakes.join(', ')}.` });
  }
  const plane = honestUtilities.length * cabalSelfWeights.length;
  const cells = map.cells.slice(at * plane, (at + 1) * plane);
  if (cells.length < plane) {
    const reason = `the map has ${cells.length} of ${plane} points of stake ${stake}. Finish it first.`;
    throw new YumaError('BAD_USAGE', { reason });
  }
  const points = cabalSelfWeights.map((cabalSelfWeight, place): RetentionPoint => {
    const row = honestUtilities.map((_, index) => cells[index * cabalSelfWeights.length + place]!);
    const from = (end: (cell: CollusionCell) => number) =>
      firstFrom(
        honestUtilities,
        row.map((cell) => end(cell) - stake),
      );
    return {
      cabalSelfWeight,
      honestUtility: from(({ mean }) => mean),
      low: from(({ high, mean }) => high ?? mean),
      high: from(({ low, mean }) => low ?? mean),
    };
  });
  const largest = (of: (point: RetentionPoint) => number | null): number | null =>
    points.reduce<number | null>((most, point) => {
      const value = of(point);
      return most === null || value === null ? null : Math.max(most, value);
    }, 0);
  const anyCabal = {
    honestUtility: largest((point) => point.honestUtility),
    low: largest((point) => point.low),
    high: largest((point) => point.high),
  };
  return { stake, points, anyCabal };
}

/** The lines of all stakes of a map. */
export const retentionLines = (map: CollusionMap): RetentionLine[] =>
  map.plan.stakes.map((stake) => retentionLine(map, stake));

/** Where `surplus`, straight between the places, becomes 0 at least for good. */
function firstFrom(places: readonly number[], surplus: readonly number[]): number | null {
  const below = surplus.findLastIndex((value) => value < 0);
  if (below < 0) return places[0]!;
  if (below === places.length - 1) return null;
  const [left, right] = [surplus[below]!, surplus[below + 1]!];
  return places[below]! + ((places[below + 1]! - places[below]!) * left) / (left - right);
}
