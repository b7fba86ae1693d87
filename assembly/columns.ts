/**
 * Columns: sums and maxima of the columns of a matrix in sparse rows, and its division by them.
 * Room   assembly (numeric core). Also in src/epoch/reference/columns.ts
 * Spec   docs/spec/yuma-epoch.md 9.4 c, 9.5
 * Exact  sums clamp, row by row from uid 0 up, as on the chain; entries of columns >= n are neither counted nor changed
 */
import { Fixed } from './fixed';

/** sums[j] = sum of column j. */
export function columnSums(n: i32, offsets: usize, columns: usize, values: usize, sums: usize): void {
  memory.fill(sums, 0, (<usize>n) << 3);
  const stop = load<u32>(offsets + ((<usize>n) << 2));
  for (let at: u32 = 0; at < stop; at++) {
    const column = <i32>load<u16>(columns + ((<usize>at) << 1));
    if (column >= n) continue;
    const slot = sums + ((<usize>column) << 3);
    store<i64>(slot, Fixed.add(load<i64>(slot), load<i64>(values + ((<usize>at) << 3))));
  }
}

/** maxima[j] = largest value of column j, at least 0. */
export function columnMaxima(n: i32, offsets: usize, columns: usize, values: usize, maxima: usize): void {
  memory.fill(maxima, 0, (<usize>n) << 3);
  const stop = load<u32>(offsets + ((<usize>n) << 2));
  for (let at: u32 = 0; at < stop; at++) {
    const column = <i32>load<u16>(columns + ((<usize>at) << 1));
    if (column >= n) continue;
    const slot = maxima + ((<usize>column) << 3);
    const value = load<i64>(values + ((<usize>at) << 3));
    if (value > load<i64>(slot)) store<i64>(slot, value);
  }
}

/** reciprocals[j] = fl(2^32 / divisors[j]), for `divShared`. */
export function reciprocals(n: i32, divisors: usize, reciprocals: usize): void {
  for (let j = 0; j < n; j++) {
    store<f64>(reciprocals + ((<usize>j) << 3), Fixed.reciprocalOf(load<i64>(divisors + ((<usize>j) << 3))));
  }
}

/** Divides each entry by its column's divisor; one of 0 leaves it as it is. `inverse` is scratch f64[n]. */
export function divideColumns(
  n: i32,
  offsets: usize,
  columns: usize,
  values: usize,
  divisors: usize,
  inverse: usize,
): void {
  reciprocals(n, divisors, inverse);
  const stop = load<u32>(offsets + ((<usize>n) << 2));
  for (let at: u32 = 0; at < stop; at++) {
    const column = <i32>load<u16>(columns + ((<usize>at) << 1));
    if (column >= n) continue;
    const divisor = load<i64>(divisors + ((<usize>column) << 3));
    if (divisor === 0) continue;
    const slot = values + ((<usize>at) << 3);
    store<i64>(slot, Fixed.divShared(load<i64>(slot), divisor, load<f64>(inverse + ((<usize>column) << 3))));
  }
}
