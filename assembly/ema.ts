/**
 * EMA: the fixed average of new and old bonds.
 * Room   assembly (numeric core). Also in src/epoch/reference/ema.ts
 * Spec   docs/spec/yuma-epoch.md 9.3
 * Layout dense: scratch i64[n], zero on entry and on return. Out: rows in ascending columns, values > 0 only
 */
import { Fixed, ONE } from './fixed';

export function ema(
  n: i32,
  alpha: i64,
  newOffsets: usize,
  newColumns: usize,
  newValues: usize,
  oldOffsets: usize,
  oldColumns: usize,
  oldValues: usize,
  dense: usize,
  outOffsets: usize,
  outColumns: usize,
  outValues: usize,
): void {
  const kept = Fixed.sub(ONE, alpha);
  let end: u32 = 0;
  for (let i = 0; i < n; i++) {
    store<u32>(outOffsets + ((<usize>i) << 2), end);
    const fresh = accumulate(n, i, alpha, newOffsets, newColumns, newValues, dense);
    const decayed = accumulate(n, i, kept, oldOffsets, oldColumns, oldValues, dense);
    if (!fresh && !decayed) continue;
    for (let j = 0; j < n; j++) {
      const value = load<i64>(dense + ((<usize>j) << 3));
      if (value === 0) continue;
      store<i64>(dense + ((<usize>j) << 3), 0);
      if (value < 0) continue;
      store<u16>(outColumns + ((<usize>end) << 1), <u16>j);
      store<i64>(outValues + ((<usize>end) << 3), value);
      end += 1;
    }
  }
  store<u32>(outOffsets + ((<usize>n) << 2), end);
}

/** dense[j] += floor(factor * value) for each entry of row i; gives whether there was any. */
function accumulate(n: i32, i: i32, factor: i64, offsets: usize, columns: usize, values: usize, dense: usize): bool {
  const start = load<u32>(offsets + ((<usize>i) << 2));
  const stop = load<u32>(offsets + ((<usize>i) << 2), 4);
  for (let at = start; at < stop; at++) {
    const column = <i32>load<u16>(columns + ((<usize>at) << 1));
    if (column >= n) continue;
    const slot = dense + ((<usize>column) << 3);
    store<i64>(slot, Fixed.add(load<i64>(slot), Fixed.mul(factor, load<i64>(values + ((<usize>at) << 3)))));
  }
  return stop > start;
}
