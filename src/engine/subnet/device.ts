/**
 * Device state: a held subnet whose weights and bonds stay on a GPU. What is by neuron is here, and rows of weights beside
 * those on the device; bonds come back only where they are asked for, and with every eighth epoch (`past.ts`).
 * Spec       registration: docs/spec/neurons-stake-weights.md 1.2. `plain.ts` is the same, written to be read
 * Ownership  arrays that an epoch was given are not written any more: the next change makes a copy
 */
import type { RunOptions } from '../../backends/backend.js';
import type { Held, HeldInput } from '../../backends/webgpu/held.js';
import type { Hyperparameters } from '../../epoch/hyperparameters.js';
import { type CheckedInput, type EpochInput, NO_COMMIT, type SparseRows } from '../../epoch/input.js';
import type { EpochOutput } from '../../epoch/output.js';
import { extended } from './extended.js';
import { type Given, Past } from './past.js';
import { EMPTY_ROW, mergeRows, type Row } from './row.js';
import type { BondsWanted, Computation, ScheduleOptions, Step, SubnetState } from './state.js';

/** Where epochs of such a state are computed. */
export interface DeviceExecutor {
  hold(bonds: () => SparseRows): Held;
  /** @param take is given the results once they are there, unless the epoch was dropped */
  compute(input: HeldInput, options: RunOptions & ScheduleOptions, take: (output: EpochOutput) => void): Computation;
  /** Bonds of an epoch, on the CPU. */
  bondsOf(input: CheckedInput): SparseRows;
}

/** With so many epochs bonds come back once: so many are computed again at most when they are asked for. */
export const EPOCHS_A_MIRROR = 8;

type Vector = 'stake' | 'lastUpdate' | 'registeredAt' | 'commitBlock' | 'validatorPermit';

export class DeviceState implements SubnetState {
  private given: Given;
  private weights: SparseRows;
  /** Rows of weights of another length than in `weights`. */
  private readonly pending = new Map<number, Row>();
  /** Uids whose row of weights is out of order: bonds may take its order, and then do not stay. */
  private readonly unordered = new Set<number>();
  /** Vectors that no epoch was given. */
  private readonly own = new Set<Vector>();
  private readonly past: Past;
  private readonly held: Held;
  private computed: { readonly output: EpochOutput; readonly input: HeldInput } | undefined;

  constructor(
    checked: CheckedInput,
    private readonly executor: DeviceExecutor,
  ) {
    const { weights, bonds, ...given } = checked;
    this.given = { ...given, hyperparameters: { ...given.hyperparameters }, columnsToCheck: false };
    for (const vector of ['stake', 'lastUpdate', 'registeredAt', 'commitBlock', 'validatorPermit'] as const) {
      this.writable(vector);
    }
    this.weights = copied(weights);
    this.past = new Past(this.weights, copied(bonds), (input) => executor.bondsOf(input));
    this.held = executor.hold(() => this.past.bondsNow(this.n));
    for (let uid = 0; uid < this.n; uid++) this.noteOrder(uid, rowOf(this.weights, uid).columns);
  }

  get n(): number {
    return this.given.n;
  }

  get hyperparameters(): Hyperparameters {
    return this.given.hyperparameters;
  }

  setWeights(uid: number, row: Row, block: bigint): void {
    const { columns } = rowOf(this.weights, uid);
    if (columns.length === row.columns.length) {
      this.pending.delete(uid);
      const now = rowOf(this.writableWeights(), uid);
      now.columns.set(row.columns);
      now.values.set(row.values);
    } else this.pending.set(uid, row);
    this.held.weights.change(uid);
    this.past.change(uid, row);
    this.noteOrder(uid, row.columns);
    this.writable('lastUpdate')[uid] = block;
  }

  setLastUpdate(uid: number, block: bigint): void {
    this.writable('lastUpdate')[uid] = block;
  }

  setCommit(uid: number, block: bigint): void {
    this.writable('commitBlock')[uid] = block;
  }

  setStake(uid: number, raw: bigint): void {
    const stake = this.writable('stake');
    stake[2 * uid] = BigInt.asUintN(64, raw);
    stake[2 * uid + 1] = BigInt.asUintN(64, raw >> 64n);
  }

  register(uid: number, block: bigint): void {
    if (uid === this.n) this.append();
    else this.empty(uid);
    this.past.take(uid, this.n);
    this.held.forget(uid);
    this.writable('lastUpdate')[uid] = block;
    this.writable('registeredAt')[uid] = block;
    this.writable('commitBlock')[uid] = NO_COMMIT;
    this.setStake(uid, 0n);
  }

  setHyperparameters(hyperparameters: Hyperparameters): void {
    this.given = { ...this.given, hyperparameters };
  }

  compute(step: Step, options: RunOptions & ScheduleOptions & BondsWanted): Computation {
    this.merge();
    const { held, past, n } = this;
    held.drop(); // of an epoch that was aborted
    held.ordered = this.unordered.size === 0;
    const bondsStay = options.bondsStay === true && held.keeps && past.length < EPOCHS_A_MIRROR - 1;
    this.own.clear();
    const input: HeldInput = {
      ...this.given,
      ...step,
      weights: this.weights,
      get bonds() {
        return held.carried === undefined ? past.bondsNow(n) : NOTHING;
      },
      held,
      bondsStay,
    };
    return this.executor.compute(input, options, (output) => {
      this.computed = { output, input };
    });
  }

  accept(step: Step): void {
    const { output, input } = this.computed!;
    const { weights, bonds: _, held, bondsStay, ...given } = input;
    if (bondsStay && held.outcome !== undefined) {
      this.past.add(given);
      this.computed = { output: withBonds(output, () => this.past.bondsNow(this.n)), input };
    } else this.past.known(weights, copied(output.bonds));
    held.accept();
    const validatorPermit = output.newValidatorPermit.slice();
    this.given = { ...this.given, ...step, lastStep: step.currentBlock, validatorPermit, permitLength: this.n };
    this.own.add('validatorPermit');
  }

  view(): EpochOutput {
    return this.computed!.output;
  }

  output(): EpochOutput {
    return this.computed!.output;
  }

  input(): EpochInput {
    const { permitLength, columnsToCheck: _, ...given } = this.given;
    return {
      ...given,
      validatorPermit: given.validatorPermit.subarray(0, permitLength),
      weights: mergeRows(this.weights, this.pending, this.n),
      bonds: this.past.bondsNow(this.n),
    };
  }

  free(): void {
    this.held.release();
    this.computed = undefined;
  }

  /** One more neuron, without anything. */
  private append(): void {
    const n = this.n + 1;
    const { stake, lastUpdate, registeredAt, commitBlock, validatorPermit, permitLength } = this.given;
    this.given = {
      ...this.given,
      n,
      permitLength: permitLength + 1,
      stake: extended(stake, 2 * n),
      lastUpdate: extended(lastUpdate, n),
      registeredAt: extended(registeredAt, n),
      commitBlock: extended(commitBlock, n),
      validatorPermit: extended(validatorPermit, n),
    };
    for (const vector of ['stake', 'lastUpdate', 'registeredAt', 'commitBlock', 'validatorPermit'] as const) {
      this.own.add(vector);
    }
    this.weights = mergeRows(this.weights, new Map(), n); // its columns stay where they are
  }

  /** A used slot, without anything, and without anyone's weight. */
  private empty(uid: number): void {
    for (let other = 0; other < this.n; other++) {
      const waiting = this.pending.get(other);
      const { columns, values } = waiting ?? rowOf(this.weights, other);
      if (!columns.includes(uid)) continue;
      const left = values.map((value, entry) => (columns[entry] === uid ? 0 : value));
      const row = { columns: columns.slice(), values: left };
      if (waiting !== undefined) this.pending.set(other, row);
      else {
        rowOf(this.writableWeights(), other).values.set(left);
        this.held.weights.change(other);
      }
      this.past.change(other, row);
    }
    if (this.pending.has(uid) || rowOf(this.weights, uid).columns.length > 0) {
      this.pending.set(uid, EMPTY_ROW); // of which there is nothing to hand over
      this.past.change(uid, EMPTY_ROW);
      this.noteOrder(uid, EMPTY_ROW.columns);
    }
    this.writable('validatorPermit')[uid] = 0;
  }

  /** Rows of other lengths among the others. */
  private merge(): void {
    if (this.pending.size === 0) return;
    this.weights = mergeRows(this.weights, this.pending, this.n);
    this.pending.clear();
  }

  /** The vector in an array that may be written. */
  private writable<V extends Vector>(name: V): Given[V] {
    if (!this.own.has(name)) this.given = { ...this.given, [name]: this.given[name].slice() };
    this.own.add(name);
    return this.given[name];
  }

  private writableWeights(): SparseRows {
    if (this.past.needs(this.weights)) this.weights = copied(this.weights);
    return this.weights;
  }

  private noteOrder(uid: number, columns: Uint16Array): void {
    if (columns.every((column, entry) => entry === 0 || columns[entry - 1]! < column)) this.unordered.delete(uid);
    else this.unordered.add(uid);
  }
}

const NOTHING: SparseRows = { offsets: new Uint32Array(1), columns: new Uint16Array(0), values: new Uint16Array(0) };

/** In place. */
function rowOf({ offsets, columns, values }: SparseRows, uid: number): Row {
  const [start, end] = [offsets[uid]!, offsets[uid + 1]!];
  return { columns: columns.subarray(start, end), values: values.subarray(start, end) };
}

/** Without what lies behind the last offset. */
const copied = (rows: SparseRows): SparseRows => mergeRows(rows, new Map(), rows.offsets.length - 1);

/** The output with bonds that are made when they are asked for. */
function withBonds(output: EpochOutput, bonds: () => SparseRows): EpochOutput {
  return Object.defineProperty({ ...output }, 'bonds', { get: bonds, enumerable: true });
}
