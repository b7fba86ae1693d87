/**
 * Rows: a sparse matrix as lists of entries in stored order.
 * Room   reference (executable spec). In assembly/ a matrix is compressed sparse rows, as in the input
 * Spec   docs/spec/yuma-epoch.md 1.2 (order is state)
 * Takes  one row a uid; an entry's value is a u16 where it was just read, raw I32F32 afterwards
 * Cost   O(entries)
 */
import type { SparseRows } from '../input.js';
import type { Raw } from './fixed.js';

/** One stored pair. A value of 0 is an entry, too. */
export interface Entry {
  readonly column: number;
  readonly value: bigint;
}

/** Entries of one uid, in stored order. */
export type Row = readonly Entry[];

/** The rows of an input, values still u16. */
export function readRows(rows: SparseRows): Row[] {
  const lists: Row[] = [];
  for (let uid = 0; uid + 1 < rows.offsets.length; uid++) {
    const list: Entry[] = [];
    for (let at = rows.offsets[uid]!; at < rows.offsets[uid + 1]!; at++) {
      list.push({ column: rows.columns[at]!, value: BigInt(rows.values[at]!) });
    }
    lists.push(list);
  }
  return lists;
}

/** The same rows with every value replaced. */
export const mapValues = (
  rows: readonly Row[],
  change: (value: bigint, column: number, uid: number) => bigint,
): Row[] => rows.map((row, uid) => row.map(({ column, value }) => ({ column, value: change(value, column, uid) })));

/** Value by column. Where a column stands twice (lenient input), the last entry wins, as on the chain. */
export const lookup = (row: Row): ReadonlyMap<number, Raw> =>
  new Map(row.map(({ column, value }) => [column, value] as const));
