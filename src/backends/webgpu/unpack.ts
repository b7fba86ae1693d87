/**
 * Unpack: results of an epoch from what was read back of its batch.
 * Ownership  all vectors are copies
 * Cost       O(neurons + cells): bonds come as a matrix and leave as rows
 */
import type { CheckedInput, SparseRows } from '../../epoch/input.js';
import type { EpochOutput } from '../../epoch/output.js';
import { ODD, PADDING, padded } from './layout.js';
import type { Packed } from './pack.js';
import { emptyRows } from './prepare.js';
import type { ReadBack, Wanted } from './slot.js';

const FULL = 65_535;

/** What was found odd in a subnet: bits of `ODD`. */
export const oddityOf = (read: ReadBack, index: number): number => read.marks[index]!;

export function unpack(
  packed: Packed,
  index: number,
  read: ReadBack,
  { intermediates, bondsStay }: Wanted,
): EpochOutput {
  const { prepared, neuron } = packed.subnets[index]!;
  const { input, neurons, raw } = prepared;
  const { n } = input;
  const { offsets } = packed;
  const { buffer } = read.results;
  const u16 = (at: number): Uint16Array => new Uint16Array(buffer, 4 * at + 2 * neuron, n).slice();
  const u64 = (at: number): BigUint64Array => new BigUint64Array(buffer, 4 * at + 8 * neuron, n).slice();
  const i64 = (at: number): BigInt64Array => new BigInt64Array(buffer, 4 * at + 8 * neuron, n).slice();
  const { active, stakeWeight, newValidatorPermit, stake } = neurons;
  return {
    n,
    active,
    stakeWeight,
    consensus: u16(offsets.consensus_out),
    incentive: u16(offsets.incentives_out),
    dividends: u16(offsets.dividends_out),
    validatorTrust: u16(offsets.trust_out),
    serverEmission: u64(offsets.server_out),
    validatorEmission: u64(offsets.validator_out),
    emission: u64(offsets.emission_out),
    newValidatorPermit,
    stake,
    bonds: bondsStay ? emptyRows(n) : bondsOf(packed, index, read),
    ...(intermediates
      ? {
          intermediates: {
            stake: raw.stake,
            activeStake: raw.activeStake,
            consensus: i64(offsets.consensus_raw),
            validatorTrust: i64(offsets.trust_raw),
            incentive: i64(offsets.incentives_raw),
            dividends: i64(offsets.dividends_raw),
          },
        }
      : {}),
    ...(input.meta === undefined ? {} : { meta: input.meta }),
  };
}

/** Rows of those with a new permit. */
function bondsOf(packed: Packed, index: number, read: ReadBack): SparseRows {
  const { prepared, cell } = packed.subnets[index]!;
  const { input, neurons, uids } = prepared;
  const { n } = input;
  const rowOf = new Int32Array(n).fill(-1);
  for (const [row, uid] of uids.entries()) if (neurons.newValidatorPermit[uid] !== 0) rowOf[uid] = row;
  const rows = uids.filter((uid) => rowOf[uid] !== -1).length;
  const reader = new RowReader(read, packed.subnets.length, n, rows * n);
  const stored = keepsOrder(input, oddityOf(read, index));
  const offsets = new Uint32Array(n + 1);
  for (let uid = 0; uid < n; uid++) {
    const row = rowOf[uid]!;
    if (row !== -1) {
      const start = cell + row * padded(n);
      if (stored) reader.takeStored(start, input.weights, uid);
      else reader.take(start);
    }
    offsets[uid + 1] = reader.length;
  }
  return { offsets, ...reader.rows() };
}

let columnsInOrder = new Uint16Array(0);

/** 0 .. n - 1; read by all, written by none. */
function ascending(n: number): Uint16Array {
  if (columnsInOrder.length < n) columnsInOrder = Uint16Array.from({ length: n }, (_, column) => column);
  return columnsInOrder.subarray(0, n);
}

/** Whether new bonds stand in the order of the stored weights (spec 9.4 b); else columns ascend. */
export function keepsOrder({ hyperparameters }: CheckedInput, oddity: number): boolean {
  const { yuma3, liquidAlpha, bondsPenalty } = hyperparameters;
  return yuma3 && liquidAlpha && (oddity & ODD.SOME_CONSENSUS) !== 0 && (bondsPenalty === 0 || bondsPenalty === FULL);
}

/** Collects the entries of rows: values that are not 0, and zeros that are marked. */
class RowReader {
  readonly columns: Uint16Array<ArrayBuffer>;
  readonly values: Uint16Array<ArrayBuffer>;
  length = 0;

  constructor(
    private readonly read: ReadBack,
    private readonly subnets: number,
    private readonly n: number,
    most: number,
  ) {
    this.columns = new Uint16Array(most);
    this.values = new Uint16Array(most);
  }

  /** PERF whole rows are copied: 1 ns a cell where the loop takes 4 or more (8 x 64 x 4096, dense, Node 20, a busy machine) */
  take(start: number): void {
    const { columns, values } = this;
    const { bondsOut } = this.read;
    const row = bondsOut.subarray(start, start + this.n);
    if (!row.includes(0)) {
      columns.set(ascending(this.n), this.length);
      values.set(row, this.length);
      this.length += this.n;
      return;
    }
    const zeros = this.hasZeros(start);
    let at = this.length;
    for (let column = 0; column < this.n; column++) {
      const value = bondsOut[start + column]!;
      if (value === 0 && !(zeros && this.isZero(start + column))) continue;
      columns[at] = column;
      values[at] = value;
      at += 1;
    }
    this.length = at;
  }

  takeStored(start: number, weights: SparseRows, uid: number): void {
    for (let k = weights.offsets[uid]!; k < weights.offsets[uid + 1]!; k++) {
      const column = weights.columns[k]!;
      if (column >= this.n) continue;
      const value = this.read.bondsOut[start + column]!;
      if (value === 0 && !this.isZero(start + column)) continue;
      this.columns[this.length] = column;
      this.values[this.length] = value;
      this.length += 1;
    }
  }

  rows(): { columns: Uint16Array; values: Uint16Array } {
    if (this.length === this.columns.length) return { columns: this.columns, values: this.values };
    return { columns: this.columns.slice(0, this.length), values: this.values.slice(0, this.length) };
  }

  private hasZeros(start: number): boolean {
    const first = this.subnets + start / PADDING;
    for (let word = first; word < first + padded(this.n) / PADDING; word++) {
      if (this.read.marks[word] !== 0) return true;
    }
    return false;
  }

  private isZero(cell: number): boolean {
    return ((this.read.marks[this.subnets + (cell >>> 5)]! >>> (cell & 31)) & 1) !== 0;
  }
}
