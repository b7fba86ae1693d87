/** Rows: single rows of sparse matrices, read in place and put in place of others. */
import { type SparseRows, upscaleWeights } from '../index.js';

/** One row, entries in stored order. */
export interface Row {
  readonly columns: Uint16Array;
  readonly values: Uint16Array;
}

export const EMPTY_ROW: Row = { columns: new Uint16Array(0), values: new Uint16Array(0) };

/** The row where it lies; empty where there is none. */
export function rowAt({ offsets, columns, values }: SparseRows, uid: number): Row {
  const [start, end] = [offsets[uid], offsets[uid + 1]];
  if (start === undefined || end === undefined) return EMPTY_ROW;
  return { columns: columns.subarray(start, end), values: values.subarray(start, end) };
}

export function sameRow(a: Row, b: Row): boolean {
  return sameVector(a.columns, b.columns) && sameVector(a.values, b.values);
}

export function sameRows(a: SparseRows, b: SparseRows): boolean {
  return sameVector(a.offsets, b.offsets) && sameRow(a, b);
}

/** Matrix of n rows. */
export function stackRows(n: number, row: (uid: number) => Row): SparseRows {
  const rows = Array.from({ length: n }, (_, uid) => row(uid));
  const offsets = new Uint32Array(n + 1);
  for (const [uid, { columns }] of rows.entries()) offsets[uid + 1] = offsets[uid]! + columns.length;
  const columns = new Uint16Array(offsets[n]!);
  const values = new Uint16Array(offsets[n]!);
  for (const [uid, each] of rows.entries()) {
    columns.set(each.columns, offsets[uid]);
    values.set(each.values, offsets[uid]);
  }
  return { offsets, columns, values };
}

/** A row of the values that are not 0, scaled as the chain scales what is submitted. @param values u16, by uid */
export function submittedRow(values: ArrayLike<number>): Row {
  const columns = Uint16Array.from(Array.from(values, (_, uid) => uid).filter((uid) => values[uid]! > 0));
  return { columns, values: upscaleWeights(Array.from(columns, (uid) => values[uid]!)) };
}

function sameVector<V extends Uint16Array | Uint32Array>(a: V, b: V): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
