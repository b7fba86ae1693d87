/**
 * Columns: sums and maxima of the columns of a matrix in rows, and its division by them.
 * Room   reference (executable spec). Also in assembly/columns.ts
 * Spec   docs/spec/yuma-epoch.md 9.4 c, 9.5
 * Takes  rows of raw I32F32
 * Exact  sums saturate, entry by entry, in the order of the rows; columns >= n are neither counted nor changed
 * Cost   O(n + entries)
 */
import { add, div, type Raw } from './fixed.js';
import { mapValues, type Row } from './rows.js';

/** Sum of every column below n. */
export function columnSums(rows: readonly Row[], n: number): Raw[] {
  const sums = new Array<Raw>(n).fill(0n);
  for (const row of rows) {
    for (const { column, value } of row) {
      if (column < n) sums[column] = add(sums[column]!, value);
    }
  }
  return sums;
}

/** Entries as shares of their column's divisor; unchanged where that is 0 or there is none (columns >= n). */
export const divideColumns = (rows: readonly Row[], divisors: readonly Raw[]): Row[] =>
  mapValues(rows, (value, column) => {
    const divisor = divisors[column] ?? 0n;
    return divisor === 0n ? value : div(value, divisor);
  });

/** Entries as shares of their column's sum. */
export const normalizeColumns = (rows: readonly Row[], n: number): Row[] => divideColumns(rows, columnSums(rows, n));

/** Largest value of every column, at least 0. */
export function columnMaxima(rows: readonly Row[], n: number): Raw[] {
  const maxima = new Array<Raw>(n).fill(0n);
  for (const row of rows) {
    for (const { column, value } of row) if (value > maxima[column]!) maxima[column] = value;
  }
  return maxima;
}
