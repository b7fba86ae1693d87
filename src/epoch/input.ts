/**
 * What an epoch reads: a snapshot of one mechanism of one subnet, in columns.
 * Spec   docs/spec/yuma-epoch.md 1
 */
import { type Place, YumaError } from './errors.js';
import type { Hyperparameters } from './hyperparameters.js';
import type { RulesVersion } from './rules.js';

/**
 * Compressed sparse rows, entries **in stored order**: the order within a row is state (spec 9.4).
 * Row `uid` holds the entries `offsets[uid]` up to, but not including, `offsets[uid + 1]`. A value of 0 that is
 * stored is an entry and differs from a missing one.
 */
export interface SparseRows {
  /** Length n + 1, from 0, never falling; the last one is the number of entries. */
  readonly offsets: Uint32Array;
  /** Column (uid of the receiver) of each entry, below n. */
  readonly columns: Uint16Array;
  /** u16 value of each entry. */
  readonly values: Uint16Array;
}

/** Carried through to the output untouched; no computation reads it. */
export interface EpochMeta {
  readonly netuid?: number;
  readonly mechanism?: number;
  /** Hotkey of each uid, in any text form. */
  readonly hotkeys?: readonly string[];
  readonly blockHash?: string;
  readonly [key: string]: unknown;
}

/** Hotkey of a uid as far as `meta` has one: nothing in it was checked. */
export function hotkeyOf(meta: EpochMeta | undefined, uid: number): string | null {
  const hotkeys: unknown = meta?.hotkeys;
  const hotkey: unknown = Array.isArray(hotkeys) ? hotkeys[uid] : undefined;
  return typeof hotkey === 'string' ? hotkey : null;
}

/** The largest number of neurons an epoch takes; below it no sum of legal values can saturate (spec 15.2). */
export const MAX_NEURONS = 32_768;

/** `commitBlock` of a neuron without an open commit. */
export const NO_COMMIT = 18_446_744_073_709_551_615n;

/** All that one epoch reads. Vectors are indexed by uid and have length n. The engine never writes to them. */
export interface EpochInput {
  /** Version of the chain's rules. */
  readonly rules: RulesVersion;
  /** Number of neurons, 0 to 32 768. */
  readonly n: number;
  /** Block in which the epoch runs, u64. */
  readonly currentBlock: bigint;
  /** Block of the previous epoch that ran, u64; 0 = never. */
  readonly lastStep: bigint;
  /** Alpha to hand out, in rao (10^-9 alpha), u64. */
  readonly emission: bigint;
  /** Uid of the subnet owner's hotkey; `null`, or a uid >= n, = none. */
  readonly ownerUid: number | null;
  readonly hyperparameters: Hyperparameters;
  /** Stake weight as raw I64F64 (10^-9 units, 64 fraction bits): low word, then high word of each uid; length 2n. */
  readonly stake: BigUint64Array;
  /** Block of the last weights (or commit) of each uid, u64. A shorter one is padded with 0, as on the chain. */
  readonly lastUpdate: BigUint64Array;
  /** Block at which each uid was registered, u64. */
  readonly registeredAt: BigUint64Array;
  /** 1 = the uid holds a validator permit from the previous epoch. */
  readonly validatorPermit: Uint8Array;
  /** Oldest open commit of each uid, block u64, `NO_COMMIT` = none; read under `commitReveal` only. */
  readonly commitBlock?: BigUint64Array | undefined;
  /** Row uid: the weights it sets, u16. */
  readonly weights: SparseRows;
  /** Row uid: the bonds it holds, u16. */
  readonly bonds: SparseRows;
  readonly meta?: EpochMeta | undefined;
}

/**
 * An input that passed `checkEpochInput`: every vector has length n, every number is in its range. Matrices are the
 * caller's own. A lenient check leaves odd rows (duplicate columns, columns >= n) in place: backends give what the
 * chain's code makes of them.
 */
export interface CheckedInput extends EpochInput {
  readonly commitBlock: BigUint64Array;
  /**
   * Length of `validatorPermit` as it came. The chain masks stake by permits only if there are any, and permits the
   * owner only where its uid lies within them (spec 1.3).
   */
  readonly permitLength: number;
  /** Columns named twice or >= n are still to be refused, by the backend (see `Backend.checksColumns`). */
  readonly columnsToCheck: boolean;
}

const WORD = 64n;
const LARGEST_I64 = 2n ** 63n - 1n;
const LARGEST_I128 = 2n ** 127n - 1n;

/**
 * Stake of each uid as raw I64F64 words from whole rao.
 * @throws YumaError WRONG_TYPE, or OUT_OF_RANGE for a number outside of 0 .. 2^63 - 1
 */
export function stakeFromRao(rao: readonly bigint[] | BigUint64Array): BigUint64Array {
  const words = new BigUint64Array(2 * rao.length);
  for (let uid = 0; uid < rao.length; uid++) {
    words[2 * uid + 1] = bigintWithin(rao[uid], 0n, LARGEST_I64, { field: 'stake', uid });
  }
  return words;
}

/**
 * Stake of each uid as words from raw I64F64 integers (signed, 128 bits).
 * @throws YumaError WRONG_TYPE, or OUT_OF_RANGE for a number that does not fit 128 bits
 */
export function stakeFromRaw(raw: readonly bigint[]): BigUint64Array {
  const words = new BigUint64Array(2 * raw.length);
  for (let uid = 0; uid < raw.length; uid++) {
    const value = bigintWithin(raw[uid], -LARGEST_I128 - 1n, LARGEST_I128, { field: 'stake', uid });
    words[2 * uid] = BigInt.asUintN(64, value);
    words[2 * uid + 1] = BigInt.asUintN(64, value >> WORD);
  }
  return words;
}

/** Raw I64F64 stake of one uid, signed. */
export function stakeRaw(stake: BigUint64Array, uid: number): bigint {
  return (BigInt.asIntN(64, stake[2 * uid + 1]!) << WORD) | stake[2 * uid]!;
}

/**
 * Sparse rows from lists of `[column, value]` pairs, order kept.
 * @throws YumaError WRONG_TYPE for what is no pair, OUT_OF_RANGE for a number that is no u16; with uid and entry
 */
export function sparseRows(rows: readonly (readonly (readonly [column: number, value: number])[])[]): SparseRows {
  const offsets = new Uint32Array(rows.length + 1);
  for (let uid = 0; uid < rows.length; uid++) offsets[uid + 1] = offsets[uid]! + rows[uid]!.length;
  const columns = new Uint16Array(offsets[rows.length]!);
  const values = new Uint16Array(offsets[rows.length]!);
  let at = 0;
  for (const [uid, row] of rows.entries()) {
    for (const [entry, pair] of row.entries()) {
      if (!Array.isArray(pair) || pair.length !== 2) {
        throw new YumaError('WRONG_TYPE', {
          field: 'row',
          uid,
          entry,
          expected: 'a pair [column, value]',
          got: String(pair),
        });
      }
      columns[at] = u16Within(pair[0], { field: 'column', uid, entry });
      values[at] = u16Within(pair[1], { field: 'value', uid, entry });
      at += 1;
    }
  }
  return { offsets, columns, values };
}

function u16Within(value: unknown, place: Place): number {
  if (typeof value === 'number' && Number.isInteger(value)) {
    if (value >= 0 && value <= 65_535) return value;
    throw new YumaError('OUT_OF_RANGE', { ...place, value: String(value), least: '0', largest: '65535' });
  }
  throw new YumaError('WRONG_TYPE', {
    ...place,
    expected: 'an integer (u16)',
    got: `${typeof value} ${String(value)}`,
  });
}

function bigintWithin(value: unknown, least: bigint, largest: bigint, place: Place): bigint {
  if (typeof value !== 'bigint') {
    throw new YumaError('WRONG_TYPE', { ...place, expected: 'a bigint', got: `${typeof value} ${String(value)}` });
  }
  if (value >= least && value <= largest) return value;
  throw new YumaError('OUT_OF_RANGE', {
    ...place,
    value: String(value),
    least: String(least),
    largest: String(largest),
  });
}

/** Lists of `[column, value]` pairs from sparse rows, order kept. */
export function listRows(rows: SparseRows): [column: number, value: number][][] {
  const lists: [number, number][][] = [];
  for (let uid = 0; uid + 1 < rows.offsets.length; uid++) {
    const list: [number, number][] = [];
    for (let at = rows.offsets[uid]!; at < rows.offsets[uid + 1]!; at++) {
      list.push([rows.columns[at]!, rows.values[at]!]);
    }
    lists.push(list);
  }
  return lists;
}
