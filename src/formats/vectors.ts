/**
 * Vectors: lists of a case as typed arrays. Lengths are taken as they come; `checkEpochInput` judges them.
 * Takes  parsed JSON lists; faults name field, uid and entry
 * PERF   one pass a list, two over rows (count, then fill); the usual small `number` is taken without a call
 */
import { YumaError } from '../epoch/errors.js';
import { NO_COMMIT, type SparseRows, stakeFromRaw } from '../epoch/input.js';
import { describe } from './describe.js';
import type { Kind, VectorOf } from './fields.js';
import { readBig, readSmall } from './integers.js';

const LARGEST_U16 = 65_535;

/** Reads a list of each kind. */
export const READ_VECTOR: { readonly [K in Kind]: (value: unknown, field: string) => VectorOf<K> } = {
  bools: readBools,
  u16s: readU16s,
  u64s: readU64s,
  i64s: (value, field) => BigInt64Array.from(list(value, field), (item, uid) => readBig(item, 'i64', { field, uid })),
  rows: readRows,
};

function readBools(value: unknown, field: string): Uint8Array {
  return Uint8Array.from(list(value, field), (item, uid) => {
    if (typeof item === 'boolean') return item ? 1 : 0;
    throw new YumaError('WRONG_TYPE', { field, uid, expected: 'true or false', got: describe(item) });
  });
}

function readU16s(value: unknown, field: string): Uint16Array {
  const items = list(value, field);
  const vector = new Uint16Array(items.length);
  for (let uid = 0; uid < items.length; uid++) {
    const item = items[uid];
    vector[uid] = isU16(item) ? item : readSmall(item, 'u16', { field, uid });
  }
  return vector;
}

export function readU64s(value: unknown, field: string): BigUint64Array {
  const items = list(value, field);
  const vector = new BigUint64Array(items.length);
  for (let uid = 0; uid < items.length; uid++) vector[uid] = readBig(items[uid], 'u64', { field, uid });
  return vector;
}

/** Blocks of open commits; `null` is `NO_COMMIT`. */
export function readCommits(value: unknown, field: string): BigUint64Array {
  const items = list(value, field).map((item) => (item === null ? NO_COMMIT : item));
  return readU64s(items, field);
}

/** Raw I64F64 integers as pairs of words. */
export function readStake(value: unknown, field: string): BigUint64Array {
  return stakeFromRaw(list(value, field).map((item, uid) => readBig(item, 'i128', { field, uid })));
}

export function readRows(value: unknown, field: string): SparseRows {
  const rows = list(value, field);
  const offsets = new Uint32Array(rows.length + 1);
  for (let uid = 0; uid < rows.length; uid++) {
    const row = rows[uid];
    if (!Array.isArray(row)) {
      throw new YumaError('WRONG_TYPE', { field, uid, expected: 'a list of [column, value]', got: describe(row) });
    }
    offsets[uid + 1] = offsets[uid]! + row.length;
  }
  const columns = new Uint16Array(offsets[rows.length]!);
  const values = new Uint16Array(offsets[rows.length]!);
  let at = 0;
  for (let uid = 0; uid < rows.length; uid++) {
    const row = rows[uid] as readonly unknown[];
    for (let entry = 0; entry < row.length; entry++) {
      const pair = row[entry];
      if (!Array.isArray(pair) || pair.length !== 2) {
        const got = describe(pair);
        throw new YumaError('WRONG_TYPE', { field, uid, entry, expected: 'a pair [column, value]', got });
      }
      const [column, weight]: unknown[] = pair;
      columns[at] = isU16(column) ? column : readSmall(column, 'u16', { field, uid, entry });
      values[at] = isU16(weight) ? weight : readSmall(weight, 'u16', { field, uid, entry });
      at += 1;
    }
  }
  return { offsets, columns, values };
}

function isU16(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= LARGEST_U16 && Number.isInteger(value);
}

function list(value: unknown, field: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new YumaError('WRONG_TYPE', { field, expected: 'a list', got: describe(value) });
}
