/**
 * Past: a held subnet's bonds in rows, for a state whose bonds lie on a device. It has those of some epoch, and of each one
 * since then what it was given: so bonds can be had at any time, and whatever becomes of the device, by running those epochs
 * again on the CPU.
 * Cost   as many epochs as were added since `known`, once; beside them old rows that changed and vectors that did
 */
import type { CheckedInput, SparseRows } from '../../epoch/input.js';
import { EMPTY_ROW, mergeRows, type Row } from './row.js';

/** All that an epoch was given but its rows. */
export type Given = Omit<CheckedInput, 'weights' | 'bonds'>;

interface Epoch {
  readonly given: Given;
  /** Rows of weights that changed before it. */
  readonly changes: ReadonlyMap<number, Row>;
  /** Uids that were taken over after it. */
  readonly taken: Map<number, Row>;
}

export class Past {
  private epochs: Epoch[] = [];
  private changes = new Map<number, Row>();

  /**
   * @param weights of the epoch that left the bonds; neither is written here, nor may they be by others
   * @param run computes an epoch and gives its bonds
   */
  constructor(
    private weights: SparseRows,
    private bonds: SparseRows,
    private readonly run: (input: CheckedInput) => SparseRows,
  ) {}

  /** Epochs since the bonds that are known. */
  get length(): number {
    return this.epochs.length;
  }

  /** These are not to be written: the rows are needed as they are. */
  needs(weights: SparseRows): boolean {
    return this.weights === weights;
  }

  /** A row of weights is now this one. */
  change(uid: number, row: Row): void {
    this.changes.set(uid, row);
  }

  /** Someone else takes the uid over, or is appended: the row of bonds is empty. */
  take(uid: number, n: number): void {
    const last = this.epochs.at(-1);
    if (last === undefined) this.bonds = mergeRows(this.bonds, new Map([[uid, EMPTY_ROW]]), n);
    else last.taken.set(uid, EMPTY_ROW);
  }

  /** An epoch is taken over, and its bonds are not here. */
  add(given: Given): void {
    this.epochs.push({ given, changes: this.changes, taken: new Map() });
    this.changes = new Map();
  }

  /** An epoch is taken over with these bonds. @param weights that it read */
  known(weights: SparseRows, bonds: SparseRows): void {
    this.weights = weights;
    this.bonds = bonds;
    this.epochs = [];
    this.changes = new Map();
  }

  /** The bonds that the next epoch reads. */
  bondsNow(n: number): SparseRows {
    while (this.epochs.length > 0) {
      const { given, changes, taken } = this.epochs[0]!;
      const weights = mergeRows(this.weights, changes, given.n);
      const bonds = this.run({ ...given, weights, bonds: withRowsFor(this.bonds, given.n) });
      this.weights = weights;
      this.bonds =
        taken.size === 0 ? bonds : mergeRows(bonds, taken, Math.max(given.n, ...[...taken.keys()].map(next)));
      this.epochs.shift(); // not before: where one cannot be run, all stands as it was
    }
    this.bonds = withRowsFor(this.bonds, n);
    return this.bonds;
  }
}

const next = (uid: number): number => uid + 1;

const withRowsFor = (rows: SparseRows, n: number): SparseRows =>
  rows.offsets.length === n + 1 ? rows : mergeRows(rows, new Map(), n);
