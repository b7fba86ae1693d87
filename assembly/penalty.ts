/**
 * Penalty: the weights that bonds are made from, between the submitted and the clipped ones.
 * Room   assembly (numeric core). Also in src/epoch/reference/penalty.ts
 * Spec   docs/spec/yuma-epoch.md 8. For a penalty of 0 or ONE the caller takes the weights or the clipped weights as
 *        they are; here it lies between
 * Layout dense, denseOther: scratch i64[n], zero on entry and on return
 */
import { Fixed } from './fixed';

/** x = w + penalty (q - w), missing values 0; each row comes out in ascending columns without zeros. */
export function penalty(
  n: i32,
  penalty: i64,
  offsets: usize,
  columns: usize,
  values: usize,
  clippedOffsets: usize,
  clippedColumns: usize,
  clippedValues: usize,
  dense: usize,
  denseOther: usize,
  outOffsets: usize,
  outColumns: usize,
  outValues: usize,
): void {
  let end: u32 = 0;
  for (let i = 0; i < n; i++) {
    store<u32>(outOffsets + ((<usize>i) << 2), end);
    if (!scatter(i, offsets, columns, values, dense)) continue;
    scatter(i, clippedOffsets, clippedColumns, clippedValues, denseOther);
    for (let j = 0; j < n; j++) {
      const at = (<usize>j) << 3;
      const weight = load<i64>(dense + at);
      if (weight === 0) continue; // then its clipped weight is 0 too
      const clipped = load<i64>(denseOther + at);
      store<i64>(dense + at, 0);
      store<i64>(denseOther + at, 0);
      const value = Fixed.add(weight, Fixed.mul(penalty, Fixed.sub(clipped, weight)));
      if (value <= 0) continue;
      store<u16>(outColumns + ((<usize>end) << 1), <u16>j);
      store<i64>(outValues + ((<usize>end) << 3), value);
      end += 1;
    }
  }
  store<u32>(outOffsets + ((<usize>n) << 2), end);
}

/** Writes row i to dense[column], a later entry over an earlier one; gives whether there was any. */
function scatter(i: i32, offsets: usize, columns: usize, values: usize, dense: usize): bool {
  const start = load<u32>(offsets + ((<usize>i) << 2));
  const stop = load<u32>(offsets + ((<usize>i) << 2), 4);
  for (let at = start; at < stop; at++) {
    const column = <usize>load<u16>(columns + ((<usize>at) << 1));
    store<i64>(dense + (column << 3), load<i64>(values + ((<usize>at) << 3)));
  }
  return stop > start;
}
