/**
 * Resident state: a held subnet in the memory of the core. A change touches its row or its number, an epoch copies
 * nothing in.
 * Spec   registration: docs/spec/neurons-stake-weights.md 1.2. `plain.ts` is the same, written to be read
 * PERF   a row of another length than the stored one waits and is merged with all others at the next epoch, O(entries);
 *        a row of the same length is written in place
 */
import type { RunOptions } from '../../backends/backend.js';
import type { Arenas } from '../../backends/wasm/arena.js';
import { roomToStay, SubnetMemory } from '../../backends/wasm/subnet-memory.js';
import { writeRows } from '../../backends/wasm/views.js';
import type { Hyperparameters } from '../../epoch/hyperparameters.js';
import { type CheckedInput, type EpochInput, NO_COMMIT, type SparseRows } from '../../epoch/input.js';
import type { EpochOutput } from '../../epoch/output.js';
import { predictedCost } from '../cost.js';
import { EpochRun } from '../epoch-run.js';
import { extended } from './extended.js';
import { EMPTY_ROW, mergeRows, type Row } from './row.js';
import type { Computation, ScheduleOptions, Step, SubnetState } from './state.js';

/** Where the epochs of resident subnets are computed: in this thread, or by workers. */
export interface Executor {
  readonly arenas: Arenas;
  /** A subnet is about to stay: whatever its first epoch would have to wait for can be had now. */
  expect?(memory: SubnetMemory): void;
  compute(run: EpochRun, options: ScheduleOptions): Computation;
  /** Before it returns, in this thread. */
  computeNow?(run: EpochRun): void;
}

/** What of an input is no array. */
type Scalars = Omit<
  CheckedInput,
  'stake' | 'lastUpdate' | 'registeredAt' | 'validatorPermit' | 'commitBlock' | 'weights' | 'bonds'
>;

export class ResidentState implements SubnetState {
  private memory: SubnetMemory;
  private scalars: Scalars;
  /** Rows of weights that are not yet in memory. */
  private readonly pending = new Map<number, Row>();
  declare readonly computeNow?: (step: Step) => void;

  /** @throws YumaError OUT_OF_MEMORY */
  constructor(
    checked: CheckedInput,
    private readonly executor: Executor,
  ) {
    const { stake, lastUpdate, registeredAt, validatorPermit, commitBlock, weights, bonds, ...scalars } = checked;
    this.scalars = { ...scalars, hyperparameters: { ...scalars.hyperparameters }, columnsToCheck: false };
    this.memory = this.laidOut(checked);
    executor.expect?.(this.memory);
    if (executor.computeNow !== undefined) {
      this.computeNow = (step) => executor.computeNow!(this.runOf(step));
    }
  }

  get n(): number {
    return this.scalars.n;
  }

  get hyperparameters(): Hyperparameters {
    return this.scalars.hyperparameters;
  }

  setWeights(uid: number, row: Row, block: bigint): void {
    const { offsets, columns, values } = this.memory.weights;
    const start = offsets[uid]!;
    if (offsets[uid + 1]! - start === row.columns.length) {
      columns.set(row.columns, start);
      values.set(row.values, start);
      this.pending.delete(uid);
    } else this.pending.set(uid, row);
    this.memory.views.lastUpdate[uid] = block;
  }

  setLastUpdate(uid: number, block: bigint): void {
    this.memory.views.lastUpdate[uid] = block;
  }

  setCommit(uid: number, block: bigint): void {
    this.memory.views.commitBlock[uid] = block;
  }

  setStake(uid: number, raw: bigint): void {
    const { stakeIn } = this.memory.views;
    stakeIn[2 * uid] = BigInt.asUintN(64, raw);
    stakeIn[2 * uid + 1] = BigInt.asUintN(64, raw >> 64n);
  }

  register(uid: number, block: bigint): void {
    if (uid === this.n) this.append();
    else this.empty(uid);
    const { lastUpdate, registeredAt, commitBlock } = this.memory.views;
    lastUpdate[uid] = block;
    registeredAt[uid] = block;
    commitBlock[uid] = NO_COMMIT;
    this.setStake(uid, 0n);
  }

  setHyperparameters(hyperparameters: Hyperparameters): void {
    this.scalars = { ...this.scalars, hyperparameters };
    this.memory.splits = true;
  }

  compute(step: Step, options: RunOptions & ScheduleOptions): Computation {
    return this.executor.compute(this.runOf(step), options);
  }

  accept(step: Step): void {
    this.memory.turn();
    this.scalars = { ...this.scalars, ...step, lastStep: step.currentBlock, permitLength: this.n };
  }

  view(): EpochOutput {
    return this.memory.view(true, this.scalars.meta);
  }

  output(options: RunOptions): EpochOutput {
    return this.withMeta(this.memory.output(true, options));
  }

  input(): EpochInput {
    const { permitLength, columnsToCheck, ...scalars } = this.scalars;
    const arrays = this.memory.inputs();
    return {
      ...scalars,
      ...arrays,
      validatorPermit: arrays.validatorPermit.subarray(0, permitLength),
      weights: mergeRows(this.memory.weights, this.pending, this.n),
    };
  }

  free(): void {
    this.memory.free();
  }

  private runOf(step: Step): EpochRun {
    const { w, b } = this.memory.entries;
    const cost = predictedCost(this.n, w, b, this.hyperparameters);
    return new EpochRun(cost, this.memory.splits, () => this.ready(step));
  }

  /** All changes in memory, and room for what the epoch writes. */
  private ready(step: Step): SubnetMemory {
    if (this.pending.size > 0) {
      const weights = mergeRows(this.memory.weights, this.pending, this.n);
      if (weights.columns.length > this.memory.room.w) this.move(weights);
      else writeRows(this.memory.weights, weights);
      this.memory.splits = true;
      this.pending.clear();
    }
    const { w, b } = this.memory.entries;
    if (w + b > this.memory.room.b) this.move(mergeRows(this.memory.weights, this.pending, this.n));
    this.memory.writeParameters({ ...this.scalars, ...step });
    return this.memory;
  }

  /** Another place with room for these weights; the old one stays until the new one is written. */
  private move(weights: SparseRows): void {
    const moved = this.laidOut({ ...this.scalars, ...this.memory.inputs(), weights });
    this.memory.free();
    this.memory = moved;
  }

  private laidOut(input: CheckedInput): SubnetMemory {
    const room = roomToStay(input.weights.columns.length, input.bonds.columns.length);
    return new SubnetMemory(this.executor.arenas, input, room);
  }

  /** One more neuron, without anything. */
  private append(): void {
    const n = this.n + 1;
    const arrays = this.memory.inputs();
    const input: CheckedInput = {
      ...this.scalars,
      n,
      permitLength: this.scalars.permitLength + 1,
      stake: extended(arrays.stake, 2 * n),
      lastUpdate: extended(arrays.lastUpdate, n),
      registeredAt: extended(arrays.registeredAt, n),
      commitBlock: extended(arrays.commitBlock, n),
      validatorPermit: extended(arrays.validatorPermit, n),
      weights: mergeRows(this.memory.weights, this.pending, n),
      bonds: mergeRows(arrays.bonds, new Map(), n),
    };
    const moved = this.laidOut(input);
    this.memory.free();
    this.memory = moved;
    this.pending.clear();
    this.scalars = { ...this.scalars, n, permitLength: input.permitLength };
  }

  /** A used slot, without anything, and without anyone's weight. */
  private empty(uid: number): void {
    const { weights, bonds, views } = this.memory;
    const entries = weights.offsets[this.n]!;
    for (let at = 0; at < entries; at++) if (weights.columns[at] === uid) weights.values[at] = 0;
    for (const row of this.pending.values()) {
      for (const [entry, column] of row.columns.entries()) if (column === uid) row.values[entry] = 0;
    }
    this.pending.set(uid, EMPTY_ROW);
    writeRows(bonds, mergeRows(bonds, new Map([[uid, EMPTY_ROW]]), this.n));
    views.validatorPermit[uid] = 0;
  }

  private withMeta(output: EpochOutput): EpochOutput {
    return this.scalars.meta === undefined ? output : { ...output, meta: this.scalars.meta };
  }
}
