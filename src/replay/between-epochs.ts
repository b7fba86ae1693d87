/**
 * Between epochs: what the changed run carries from one epoch to the next.
 * The files hold what one epoch found, not how it came about. Where they agree with what the baseline left behind, nothing
 * happened in between, and the changed run goes on with what it left behind itself. Where they do not (bonds that
 * were reset, a slot with a new neuron), the same is done to the changed run.
 */
import type { SparseRows } from '../index.js';
import { EMPTY_ROW, type Row, rowAt, sameRow, sameRows, stackRows } from './rows.js';

export interface CarriedBonds {
  readonly bonds: SparseRows;
  /** Rows that differ in the file from what the baseline left behind. */
  readonly edited: number;
}

/**
 * Row by row: the same in the file as the baseline left it, then the run's own; with entries missing, then the run's own
 * without those; otherwise the row of the file.
 * @param own bonds that the run left behind
 * @param baseline bonds that the baseline left behind; its rows may be fewer
 * @param filed bonds of the next epoch in the file
 */
export function carryBonds(own: SparseRows, baseline: SparseRows, filed: SparseRows): CarriedBonds {
  if (sameRows(baseline, filed)) return { bonds: own, edited: 0 };
  let edited = 0;
  const bonds = stackRows(filed.offsets.length - 1, (uid) => {
    const [before, now] = [rowAt(baseline, uid), rowAt(filed, uid)];
    if (sameRow(before, now)) return rowAt(own, uid);
    edited += 1;
    if (now.columns.length === 0) return EMPTY_ROW;
    const removed = removedColumns(before, now);
    return removed === undefined ? now : withoutColumns(rowAt(own, uid), removed);
  });
  return { bonds, edited };
}

/** Bonds of n neurons without regard to the file. @param taken whether the slot has a new neuron: its row is gone */
export function chainBonds(own: SparseRows, n: number, taken: (uid: number) => boolean): SparseRows {
  return stackRows(n, (uid) => (taken(uid) ? EMPTY_ROW : rowAt(own, uid)));
}

/**
 * Permits by the file, but for neurons to which the run gave another permit than the baseline did: those have the run's.
 * @returns `undefined` where that is nobody
 * @param taken whether the slot has a new neuron, which has the permit of the file
 */
export function carryPermits(
  own: Uint8Array,
  baseline: Uint8Array,
  filed: Uint8Array,
  taken: (uid: number) => boolean,
): Uint8Array | undefined {
  const differs = (uid: number): boolean => own[uid] !== baseline[uid] && !taken(uid);
  if (!filed.some((_, uid) => differs(uid))) return undefined;
  return filed.map((permit, uid) => (differs(uid) ? own[uid]! : permit));
}

/** Columns that `now` lacks; `undefined`: it holds something that `before` does not. */
function removedColumns(before: Row, now: Row): ReadonlySet<number> | undefined {
  const removed = new Set<number>();
  let at = 0;
  for (const [entry, column] of before.columns.entries()) {
    if (now.columns[at] === column && now.values[at] === before.values[entry]) at += 1;
    else removed.add(column);
  }
  return at === now.columns.length ? removed : undefined;
}

function withoutColumns({ columns, values }: Row, removed: ReadonlySet<number>): Row {
  const kept = (_: number, entry: number): boolean => !removed.has(columns[entry]!);
  return { columns: columns.filter(kept), values: values.filter(kept) };
}
