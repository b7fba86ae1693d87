/** A subnet that the engine holds between epochs, so that a step costs only what changed. */
import type { RunOptions } from '../../backends/backend.js';
import type { Hyperparameters } from '../../epoch/hyperparameters.js';
import type { EpochOutput } from '../../epoch/output.js';
import type { GivenRow } from './row.js';
import type { ScheduleOptions, Step } from './state.js';

/**
 * One epoch at a time is on its way on a handle: a second run, a change or `view` meanwhile throws BUSY. After an abort
 * or a missed deadline the promise has rejected but a worker may still compute; `idle()` says when it has let go.
 * What was checked at `open` stays so: changes are checked as strictly, or as leniently, as the input was.
 */
export interface Subnet {
  /** Number of neurons. */
  readonly n: number;
  /**
   * Replaces the row of weights of `uid` and sets its last update to `block`.
   * @param row pairs `[column, value]`, or two arrays of one length; order kept, copied
   * @throws YumaError NO_SUCH_UID, WRONG_TYPE, WRONG_LENGTH, OUT_OF_RANGE; if strict COLUMN_OUT_OF_RANGE, DUPLICATE_COLUMN
   */
  setWeights(uid: number, row: GivenRow, block: bigint): void;
  /**
   * Sets the last update of `uid` alone, as submitting the same weights again does, or committing to some (docs/spec 4.2).
   * @throws YumaError NO_SUCH_UID, WRONG_TYPE, OUT_OF_RANGE
   */
  setLastUpdate(uid: number, block: bigint): void;
  /**
   * Sets the block of the oldest open commit of `uid`; `null` = there is none. Read under `commitReveal` only.
   * @throws YumaError NO_SUCH_UID, WRONG_TYPE, OUT_OF_RANGE
   */
  setCommit(uid: number, block: bigint | null): void;
  /** @param stake stake weight as raw I64F64: whole rao are `rao << 64n` */
  setStake(uid: number, stake: bigint): void;
  /**
   * A new neuron takes the uid over, or `uid === n` appends one (docs/spec/neurons-stake-weights.md 1.2). Its rows of
   * weights and bonds are empty, its permit is gone, `registeredAt` and `lastUpdate` are `block`; in a reused slot every
   * other row's weight towards it becomes an entry of value 0. Bonds of others towards it stay: the epoch voids them by
   * its block of registration. It begins without stake (`setStake` gives it some) and without an open commit.
   * `meta` and the owner's uid stay as they are.
   * @throws YumaError NO_SUCH_UID, TOO_MANY_NEURONS
   */
  register(uid: number, block: bigint): void;
  /** @throws YumaError UNKNOWN_FIELD, WRONG_TYPE, OUT_OF_RANGE, ALPHA_BOUNDS; then none of them is set */
  setHyperparameters(changes: Partial<Hyperparameters>): void;
  /**
   * Runs the next epoch and takes its bonds, permits and last step over: all of them, or after any error none.
   * @returns results of the caller's own
   * @throws YumaError BUSY, CLOSED, ABORTED, DEADLINE_EXCEEDED, QUEUE_FULL, WORKER_CRASHED, OUT_OF_MEMORY
   */
  runEpoch(step: Step, options?: RunOptions & ScheduleOptions): Promise<EpochOutput>;
  /** The same without copying the results out: read them with `view()`. Bonds of a subnet on a GPU stay there. */
  advance(step: Step, options?: ScheduleOptions): Promise<void>;
  /** The same before it returns. @throws YumaError BAD_USAGE in an engine with worker threads or a GPU */
  advanceSync(step: Step): void;
  /**
   * The results of the last epoch where they lie, to be read and not written; valid until the next run, change or close.
   * Bonds that lie on a GPU are computed again on the CPU when they are asked for here (docs/engine.md).
   * @throws YumaError BAD_USAGE where no epoch was run since the handle was opened or changed
   */
  view(): EpochOutput;
  /** Everything the subnet stands for, for `engine.restore` (docs/engine.md). Also while an epoch is on its way: then as it was before. */
  snapshot(): Uint8Array;
  /** Settles once no epoch is on its way. */
  idle(): Promise<void>;
  /** Frees its memory, as soon as no worker is at it. An epoch on its way rejects with CLOSED when it is done. */
  close(): void;
  [Symbol.dispose](): void;
}
