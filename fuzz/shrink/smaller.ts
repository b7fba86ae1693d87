/** Smaller: the parts of an input that can be left out, each giving an input of its own. Nothing is written to. */
import type { EpochInput, SparseRows } from '#yuma/epoch/input.js';

/** Without the neurons that `gone` names; columns and the owner move up. */
export function withoutNeurons(input: EpochInput, gone: (uid: number) => boolean): EpochInput {
  const { n } = input;
  const to = new Int32Array(65_536).fill(-1);
  let left = 0;
  for (let uid = 0; uid < n; uid++) if (!gone(uid)) to[uid] = left++;
  const kept = (_: unknown, uid: number): boolean => uid >= n || !gone(uid);
  const beyond = (id: number): number => (id >= n && id < 65_535 ? id - n + left : id); // n stays the first of no neurons
  const column = (at: number): number => (at < n ? to[at]! : beyond(at));
  const rows = (given: SparseRows): SparseRows => pickRows(given, kept, (at) => column(at) >= 0, column);
  return {
    ...input,
    n: left,
    ownerUid: input.ownerUid === null || column(input.ownerUid) < 0 ? null : column(input.ownerUid),
    stake: input.stake.filter((_, word) => kept(_, word >> 1)),
    lastUpdate: input.lastUpdate.filter(kept),
    registeredAt: input.registeredAt.filter(kept),
    validatorPermit: input.validatorPermit.filter(kept),
    ...(input.commitBlock && { commitBlock: input.commitBlock.filter(kept) }),
    weights: rows(input.weights),
    bonds: rows(input.bonds),
  };
}

/** The same rows without the entries that `gone` names, by their place among all entries. */
export function withoutEntries(rows: SparseRows, gone: (entry: number) => boolean): SparseRows {
  const offsets = rows.offsets.map((end) => end - countBelow(end, gone));
  const kept = (_: unknown, entry: number): boolean => !gone(entry);
  return { offsets, columns: rows.columns.filter(kept), values: rows.values.filter(kept) };
}

function countBelow(end: number, gone: (entry: number) => boolean): number {
  let count = 0;
  for (let entry = 0; entry < end; entry++) if (gone(entry)) count += 1;
  return count;
}

function pickRows(
  { offsets, columns, values }: SparseRows,
  keepRow: (_: unknown, row: number) => boolean,
  keepColumn: (column: number) => boolean,
  column: (at: number) => number,
): SparseRows {
  const [ends, toColumns, toValues]: [number[], number[], number[]] = [[0], [], []];
  for (let row = 0; row + 1 < offsets.length; row++) {
    if (!keepRow(undefined, row)) continue;
    for (let entry = offsets[row]!; entry < offsets[row + 1]!; entry++) {
      if (!keepColumn(columns[entry]!)) continue;
      toColumns.push(column(columns[entry]!));
      toValues.push(values[entry]!);
    }
    ends.push(toColumns.length);
  }
  return {
    offsets: Uint32Array.from(ends),
    columns: Uint16Array.from(toColumns),
    values: Uint16Array.from(toValues),
  };
}
