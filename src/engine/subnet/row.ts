/**
 * Rows of weights as callers give them to a subnet that is held, checked as strictly as a whole input is.
 * Cost   O(entries of the row)
 */
import { YumaError } from '../../epoch/errors.js';
import { type SparseRows, sparseRows } from '../../epoch/input.js';
import { wrongType } from '../../epoch/types.js';

/** One row in columns; entries in the order in which they are stored. */
export interface Row {
  readonly columns: Uint16Array;
  readonly values: Uint16Array;
}

/** A row as a caller gives it: pairs `[column, value]`, or two arrays of one length. */
export type GivenRow = readonly (readonly [column: number, value: number])[] | Row;

export const EMPTY_ROW: Row = { columns: new Uint16Array(0), values: new Uint16Array(0) };

/**
 * The row in arrays of its own.
 * @throws YumaError WRONG_TYPE, WRONG_LENGTH, OUT_OF_RANGE; and, unless lenient, COLUMN_OUT_OF_RANGE, DUPLICATE_COLUMN
 */
export function checkRow(given: GivenRow, uid: number, n: number, lenient: boolean): Row {
  const row = copyOf(given, uid);
  if (!lenient) refuseOddRow(row.columns, uid, n);
  return row;
}

function copyOf(given: GivenRow, uid: number): Row {
  if (Array.isArray(given)) {
    try {
      const { columns, values } = sparseRows([given]);
      return { columns, values };
    } catch (fault) {
      // It speaks of row 0 of a list that we made.
      if (fault instanceof YumaError) throw new YumaError(fault.code, { ...fault.data, uid });
      throw fault;
    }
  }
  const { columns, values } = (given ?? {}) as Row;
  if (!(columns instanceof Uint16Array && values instanceof Uint16Array)) {
    const expected = 'pairs [column, value], or { columns: Uint16Array, values: Uint16Array }';
    throw wrongType({ field: 'weights', uid }, expected, given);
  }
  if (columns.length !== values.length) {
    const expected = `as many as columns (${columns.length})`;
    throw new YumaError('WRONG_LENGTH', { field: 'values', uid, expected, got: values.length });
  }
  return { columns: columns.slice(), values: values.slice() };
}

function refuseOddRow(columns: Uint16Array, uid: number, n: number): void {
  const seen = new Uint8Array(n);
  for (let entry = 0; entry < columns.length; entry++) {
    const column = columns[entry]!;
    if (column < n && seen[column] === 0) {
      seen[column] = 1;
      continue;
    }
    const place = { field: 'weights', uid, entry, column };
    throw column >= n
      ? new YumaError('COLUMN_OUT_OF_RANGE', { ...place, n })
      : new YumaError('DUPLICATE_COLUMN', place);
  }
}

/**
 * Rows of n uids in which those of `changed` take the place of the old ones; uids beyond the old rows are empty.
 * One pass, O(n + entries).
 */
export function mergeRows(rows: SparseRows, changed: ReadonlyMap<number, Row>, n: number): SparseRows {
  const known = rows.offsets.length - 1;
  let entries = rows.offsets[known]!;
  for (const [uid, row] of changed) {
    entries += row.columns.length - (uid < known ? rows.offsets[uid + 1]! - rows.offsets[uid]! : 0);
  }
  const offsets = new Uint32Array(n + 1);
  const columns = new Uint16Array(entries);
  const values = new Uint16Array(entries);
  let to = 0;
  let from = 0; // first uid of a run of unchanged rows, copied in one piece
  const copyUpTo = (end: number) => {
    const [start, stop] = [rows.offsets[Math.min(from, known)]!, rows.offsets[Math.min(end, known)]!];
    columns.set(rows.columns.subarray(start, stop), to);
    values.set(rows.values.subarray(start, stop), to);
    for (let uid = from; uid < end; uid++) offsets[uid + 1] = to + rows.offsets[Math.min(uid + 1, known)]! - start;
    to += stop - start;
  };
  for (const uid of [...changed.keys()].sort((a, b) => a - b)) {
    copyUpTo(uid);
    const row = changed.get(uid)!;
    columns.set(row.columns, to);
    values.set(row.values, to);
    to += row.columns.length;
    offsets[uid + 1] = to;
    from = uid + 1;
  }
  copyUpTo(n);
  return { offsets, columns, values };
}
