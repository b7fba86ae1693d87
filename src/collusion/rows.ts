/** Rows: a map as a tidy table, a point a row, and as CSV. */
import type { CollusionMap } from './map.js';

/** All shares of 1. `null`, in CSV an empty field: there is none with one repeat. */
export interface CollusionRow {
  readonly stake: number;
  readonly honestUtility: number;
  readonly cabalSelfWeight: number;
  readonly repeats: number;
  /** Honest emission, E_H. */
  readonly mean: number;
  readonly deviation: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** In the order of the map. */
export const collusionRows = ({ cells }: CollusionMap): CollusionRow[] =>
  cells.map(({ stake, honestUtility, cabalSelfWeight, shares, mean, deviation, low, high }) => ({
    stake,
    honestUtility,
    cabalSelfWeight,
    repeats: shares.length,
    mean,
    deviation,
    low,
    high,
  }));

const COLUMNS = [
  'stake',
  'honestUtility',
  'cabalSelfWeight',
  'repeats',
  'mean',
  'deviation',
  'low',
  'high',
] as const satisfies readonly (keyof CollusionRow)[];

/** Lines without their breaks, names of the columns first. */
export function* collusionCsv(map: CollusionMap): Generator<string> {
  yield COLUMNS.join(',');
  for (const row of collusionRows(map)) yield COLUMNS.map((name) => row[name] ?? '').join(',');
}
