/**
 * Compares the results of an epoch with those that a case expects: bit for bit, only the fields that it gives.
 * Takes  vectors of any length; an element that one side lacks differs
 */

import type { SparseRows } from '../epoch/input.js';
import type { EpochOutput } from '../epoch/output.js';
import type { Kind, VectorOf } from '../formats/fields.js';
import { type ExpectedCase, MID_FIELDS, OUT_FIELDS } from '../formats/index.js';

/** An element in its form of the case format; `null` = there is none. An entry of bonds is its pair. */
export type ResultElement = number | string | boolean | readonly [column: number, value: number] | null;

/** The first difference, in the order of the format. JSON-safe. */
export interface Difference {
  /** As in `expected.out`, or `mid.` and the name in `expected.mid`. */
  readonly field: string;
  readonly uid?: number;
  /** Index of the entry in the row of bonds. */
  readonly entry?: number;
  readonly got: ResultElement;
  readonly want: ResultElement;
}

type Differing = Omit<Difference, 'field'>;

interface Pairing {
  readonly field: string;
  readonly kind: Kind;
  readonly got: VectorOf<Kind> | undefined;
  readonly want: VectorOf<Kind> | undefined;
}

/** @returns `null` if every field that is expected is equal */
export function compareOutput(output: EpochOutput, expected: ExpectedCase): Difference | null {
  for (const { field, kind, got, want } of pairings(output, expected)) {
    if (want === undefined) continue;
    const firstDifference = FIRST_DIFFERENCE[kind] as Compare<Kind>;
    const difference = firstDifference(got, want);
    if (difference !== null) return { field, ...difference };
  }
  return null;
}

/** Fields that the case expects, in order. */
export function presentFields(expected: ExpectedCase | undefined): string[] {
  return [...pairings(undefined, expected)].filter(({ want }) => want !== undefined).map(({ field }) => field);
}

/** Fields of the format that the case does not expect, in order. */
export function absentFields(expected: ExpectedCase | undefined): string[] {
  return [...pairings(undefined, expected)].filter(({ want }) => want === undefined).map(({ field }) => field);
}

/** Every field of the format with both sides, in order. */
function* pairings(output: EpochOutput | undefined, expected: ExpectedCase | undefined): Generator<Pairing> {
  for (const field of Object.keys(OUT_FIELDS) as (keyof typeof OUT_FIELDS)[]) {
    yield { field, kind: OUT_FIELDS[field], got: output?.[field], want: expected?.out?.[field] };
  }
  for (const field of Object.keys(MID_FIELDS) as (keyof typeof MID_FIELDS)[]) {
    const got = output?.intermediates?.[field];
    yield { field: `mid.${field}`, kind: MID_FIELDS[field], got, want: expected?.mid?.[field] };
  }
}

type Compare<K extends Kind> = (got: VectorOf<K> | undefined, want: VectorOf<K>) => Differing | null;

const FIRST_DIFFERENCE: { readonly [K in Kind]: Compare<K> } = {
  bools: (got, want) => vectors(got, want, (flag) => flag !== 0),
  u16s: (got, want) => vectors(got, want, (share) => share),
  u64s: (got, want) => vectors(got, want, String),
  i64s: (got, want) => vectors(got, want, String),
  rows,
};

interface Vector<Item> {
  readonly length: number;
  readonly [uid: number]: Item;
}

function vectors<Item>(
  got: Vector<Item> | undefined,
  want: Vector<Item>,
  show: (item: Item) => ResultElement,
): Differing | null {
  const length = Math.max(got?.length ?? 0, want.length);
  for (let uid = 0; uid < length; uid++) {
    if (got?.[uid] !== want[uid]) return { uid, got: shown(got?.[uid]), want: shown(want[uid]) };
  }
  return null;

  function shown(item: Item | undefined): ResultElement {
    return item === undefined ? null : show(item);
  }
}

function rows(got: SparseRows | undefined, want: SparseRows): Differing | null {
  const count = Math.max(got?.offsets.length ?? 1, want.offsets.length) - 1;
  for (let uid = 0; uid < count; uid++) {
    const length = Math.max(rowLength(got, uid), rowLength(want, uid));
    for (let entry = 0; entry < length; entry++) {
      const mine = pairAt(got, uid, entry);
      const theirs = pairAt(want, uid, entry);
      if (mine?.[0] !== theirs?.[0] || mine?.[1] !== theirs?.[1]) return { uid, entry, got: mine, want: theirs };
    }
    // Both without entries, yet one side has no such row at all.
    if (hasRow(got, uid) !== hasRow(want, uid)) return { uid, got: shownRow(got, uid), want: shownRow(want, uid) };
  }
  return null;
}

function hasRow(rows: SparseRows | undefined, uid: number): boolean {
  return rows !== undefined && uid + 1 < rows.offsets.length;
}

function shownRow(rows: SparseRows | undefined, uid: number): ResultElement {
  return hasRow(rows, uid) ? 'an empty row' : null;
}

function rowLength(rows: SparseRows | undefined, uid: number): number {
  return rows !== undefined && hasRow(rows, uid) ? rows.offsets[uid + 1]! - rows.offsets[uid]! : 0;
}

function pairAt(rows: SparseRows | undefined, uid: number, entry: number): readonly [number, number] | null {
  if (rows === undefined || entry >= rowLength(rows, uid)) return null;
  const at = rows.offsets[uid]! + entry;
  return [rows.columns[at]!, rows.values[at]!];
}
