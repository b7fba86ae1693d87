/**
 * Weights: the rows that count, each as shares of what is left of it.
 * Room   reference (executable spec). Also in assembly/weights.ts
 * Spec   docs/spec/yuma-epoch.md 6
 * Takes  stored rows (u16), permits in force (4.4), owner, blocks of updates, registrations and open commits
 * Exact  v * 2^32 / R, floored; an entry that is masked is removed, an explicit 0 stays. A row of more than 32 768
 *        entries (duplicate columns) may wrap R to 0 or below: then the chain leaves it as it is, and so do we
 * Cost   O(entries)
 */
import { div, ONE, sum } from './fixed.js';
import type { Entry, Row } from './rows.js';

/** Rules that void a weight, in the order of the spec. */
export type WeightMask = 'permit' | 'diagonal' | 'outdated' | 'commit';

/** What the masks look at, by uid. */
export interface MaskInputs {
  readonly owner: number | null;
  readonly permit: readonly boolean[];
  readonly lastUpdate: readonly bigint[];
  readonly registeredAt: readonly bigint[];
  /** Oldest open commit; `null` without commit-reveal. */
  readonly commitBlock: readonly bigint[] | null;
}

/** The first mask that voids the weight of `uid` on `column` (below n), or `null` where it counts. */
export function weightMask(inputs: MaskInputs, uid: number, column: number): WeightMask | null {
  const registered = inputs.registeredAt[column]!;
  if (!inputs.permit[uid]) return 'permit';
  if (column === uid && uid !== inputs.owner) return 'diagonal';
  if (inputs.lastUpdate[uid]! <= registered) return 'outdated';
  if (inputs.commitBlock !== null && inputs.commitBlock[uid]! < registered) return 'commit';
  return null;
}

/** Masked and normalised rows, raw. Entries with a column >= n are dropped when read. */
export function weights(stored: readonly Row[], inputs: MaskInputs): Row[] {
  const n = stored.length;
  return stored.map((row, uid) =>
    normalizeRow(row.filter(({ column }) => column < n && weightMask(inputs, uid, column) === null)),
  );
}

function normalizeRow(row: Row): Row {
  const raw: Entry[] = row.map(({ column, value }) => ({ column, value: value * ONE }));
  const total = sum(raw.map(({ value }) => value));
  return total > 0n ? raw.map(({ column, value }) => ({ column, value: div(value, total) })) : raw;
}
