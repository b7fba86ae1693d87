/** Rows: a map as a tidy table, a point a row. */
import type { Column, Table } from '../tables/table.js';
import type { CollusionMap } from './map.js';

/** All shares of 1. `null`: there is none with one repeat. */
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
  { name: 'stake', type: 'number', says: 'honest share of the stake, S_H' },
  { name: 'honestUtility', type: 'number', says: 'share that honest validators give to honest servers, W_H' },
  { name: 'cabalSelfWeight', type: 'number', says: 'share that cabal validators give to cabal servers, W_C' },
  { name: 'repeats', type: 'whole', says: 'games at the point' },
  { name: 'mean', type: 'number', says: 'honest share of the emission, E_H, mean of the games' },
  { name: 'deviation', type: 'number', says: 'its standard deviation over the games; empty with one' },
  { name: 'low', type: 'number', says: 'lower end of the 95 % confidence band of the mean; empty with one game' },
  { name: 'high', type: 'number', says: 'upper end of it' },
] as const satisfies readonly (Column & { readonly name: keyof CollusionRow })[];

/** A map as a table, which `yuma-engine/tables` writes. */
export const collusionTable = (map: CollusionMap): Table => ({
  columns: COLUMNS,
  rows: collusionRows(map).map((row) => COLUMNS.map(({ name }) => row[name])),
});
