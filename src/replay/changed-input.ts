/**
 * Changed input: one epoch of the series with the changes in it, for the run that has them.
 * State  what late rows need of earlier epochs; epochs come in order, each once
 */
import type { CheckedInput, EpochInput, Hyperparameters, SparseRows } from '../index.js';
import type { Change } from './change.js';
import { type Row, rowAt, stackRows } from './rows.js';
import { copiedRow, givenRow, History, type Seen } from './submission.js';

/** What the run left behind, as it is found at the start of the epoch. */
export interface Carried extends Seen {
  readonly bonds: SparseRows;
  /** Permits of the epoch to come; `undefined` = as filed. */
  readonly nextPermits: Uint8Array | undefined;
}

type RowChange = Exclude<Change, { kind: 'set' | 'stake' }>;

export class ChangedInputs {
  private readonly hyperparameters: Partial<Hyperparameters>;
  private readonly histories = new Map<number, History>();

  constructor(private readonly changes: readonly Change[]) {
    this.hyperparameters = Object.assign(
      {},
      ...changes.map((change) => ('hyperparameters' in change ? change.hyperparameters : {})),
    );
    for (const change of changes) {
      if (change.kind === 'late') this.histories.set(change.uid, new History(change.epochs));
    }
  }

  /**
   * @param filed the epoch in the file
   * @param checked the same, checked
   * @param carried `undefined` in the first epoch, which takes bonds and permits as filed
   */
  next(filed: EpochInput, checked: CheckedInput, carried: Carried | undefined): EpochInput {
    const rows = new Map<number, Row>();
    const lastUpdate = checked.lastUpdate.slice();
    const stake = checked.stake.slice();
    for (const change of this.changes) {
      if (change.kind === 'set') continue;
      if (change.kind === 'stake') {
        stake.set([0n, change.stake], 2 * change.uid);
        continue;
      }
      const row = this.rowOf(change, checked, carried);
      if (row === undefined) continue;
      rows.set(change.uid, row);
      if (change.kind !== 'late') lastUpdate[change.uid] = submittedAt(checked, change.uid);
    }
    const { weights } = checked;
    return {
      ...filed,
      hyperparameters: { ...filed.hyperparameters, ...this.hyperparameters },
      stake,
      lastUpdate,
      weights: rows.size === 0 ? weights : stackRows(checked.n, (uid) => rows.get(uid) ?? rowAt(weights, uid)),
      bonds: carried?.bonds ?? filed.bonds,
      validatorPermit: carried?.nextPermits ?? filed.validatorPermit,
    };
  }

  /** `undefined`: as filed. */
  private rowOf(change: RowChange, checked: CheckedInput, carried: Carried | undefined): Row | undefined {
    const { uid } = change;
    switch (change.kind) {
      case 'late':
        return this.histories.get(uid)!.next(rowAt(checked.weights, uid), checked.registeredAt[uid]!);
      case 'copy':
        return carried && copiedRow(change.of, uid, carried);
      case 'weights':
        return givenRow(change.row);
    }
  }
}

/** The block after the previous epoch, or the filed one if that is later. */
function submittedAt({ lastStep, currentBlock, lastUpdate }: CheckedInput, uid: number): bigint {
  const next = lastStep < currentBlock ? lastStep + 1n : currentBlock;
  return lastUpdate[uid]! > next ? lastUpdate[uid]! : next;
}
