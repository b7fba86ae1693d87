/** Submission: the row of weights that a changed validator submits in place of its own. */
import { type EpochOutput, type SparseRows, sparseRows, upscaleWeights } from '../index.js';
import type { CopySource } from './change.js';
import { EMPTY_ROW, type Row, rowAt, submittedRow } from './rows.js';

/** What lies on the chain for everybody to see: the previous epoch of the run. */
export interface Seen {
  readonly weights: SparseRows;
  /** Permits that it computed with. */
  readonly permits: Uint8Array;
  readonly output: EpochOutput;
}

export function copiedRow(of: CopySource, uid: number, seen: Seen): Row {
  if (of === 'consensus') return submittedRow(seen.output.consensus);
  return of === 'mean' ? meanRow(uid, seen) : rowAt(seen.weights, of);
}

const LARGEST = 65_535n;

/**
 * The mean of the weights of the others that hold a permit and are active, by stake. Each row counts with its shares, its
 * weight on itself left out.
 */
function meanRow(uid: number, { weights, permits, output }: Seen): Row {
  const sums = new Array<bigint>(output.n).fill(0n);
  for (const [voter, permit] of permits.entries()) {
    if (voter === uid || permit === 0 || output.active[voter] === 0) continue;
    const { columns, values } = rowAt(weights, voter);
    const counts = (column: number): boolean => column !== voter && column < output.n;
    const total = columns.reduce((sum, column, entry) => sum + (counts(column) ? values[entry]! : 0), 0);
    if (total === 0) continue;
    for (const [entry, column] of columns.entries()) {
      if (counts(column)) sums[column]! += (output.stake[voter]! * (BigInt(values[entry]!) << 32n)) / BigInt(total);
    }
  }
  const largest = sums.reduce((most, sum) => (sum > most ? sum : most), 0n);
  if (largest === 0n) return EMPTY_ROW;
  return submittedRow(sums.map((sum) => Number((2n * sum * LARGEST + largest) / (2n * largest))));
}

/** The row in its own order, scaled as the chain scales what is submitted. */
export function givenRow(row: readonly (readonly [column: number, value: number])[]): Row {
  const { columns, values } = sparseRows([row]);
  return { columns, values: upscaleWeights(values) };
}

/** Rows of one neuron, of the last epochs. */
export class History {
  private rows: Row[] = [];
  private registered: bigint | undefined;

  /** @param epochs how late the row is to be */
  constructor(private readonly epochs: number) {}

  /** Takes the row of the next epoch and gives the late one. A new neuron in the slot begins anew. */
  next(row: Row, registeredAt: bigint): Row {
    if (registeredAt !== this.registered) this.rows = [];
    this.registered = registeredAt;
    this.rows.push({ columns: row.columns.slice(), values: row.values.slice() });
    if (this.rows.length > this.epochs + 1) this.rows.shift();
    return this.rows[0]!;
  }
}
