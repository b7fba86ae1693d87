/** Orders and rows, as both stories read them. */
import type { SparseRows } from '../epoch/input.js';

/** Compares for a descending order by a bigint; equal ones keep theirs. */
export const byLargest =
  <T>(key: (item: T) => bigint) =>
  (a: T, b: T): number => {
    const left = key(a);
    const right = key(b);
    return left > right ? -1 : left < right ? 1 : 0;
  };

/** Entries of one uid as stored, values u16. */
export function storedRow(rows: SparseRows, uid: number): { readonly column: number; readonly value: number }[] {
  const row: { column: number; value: number }[] = [];
  for (let at = rows.offsets[uid]!; at < rows.offsets[uid + 1]!; at++) {
    row.push({ column: rows.columns[at]!, value: rows.values[at]! });
  }
  return row;
}
