/**
 * What a held subnet is made of, whoever keeps it: an input in plain arrays (`plain.ts`) or one that lies in the memory
 * of the core (`resident.ts`). The handle in `handle.ts` checks everything before it comes here.
 */
import type { RunOptions } from '../../backends/backend.js';
import type { Hyperparameters } from '../../epoch/hyperparameters.js';
import type { EpochInput } from '../../epoch/input.js';
import type { EpochOutput } from '../../epoch/output.js';
import type { Row } from './row.js';

/** What differs from one epoch of a subnet to the next beside what the epoch itself leaves behind. */
export interface Step {
  /** Block in which the epoch runs, u64. */
  readonly currentBlock: bigint;
  /** Alpha to hand out, in rao, u64. */
  readonly emission: bigint;
}

/** How one epoch is to be scheduled. */
export interface ScheduleOptions {
  /** Drops the epoch if it waits, and rejects at once with ABORTED in any case. */
  readonly signal?: AbortSignal | undefined;
  /** Instant (ms since 1970, as `Date.now()`) after which the epoch rejects with DEADLINE_EXCEEDED. */
  readonly deadline?: number | undefined;
  /** Higher ones go first, whatever they cost; default 0. */
  readonly priority?: number | undefined;
}

export interface BondsWanted {
  /** Nobody asks for the bonds of this epoch now: a state may leave them where they are computed. */
  readonly bondsStay?: boolean;
}

/** An epoch on its way. */
export interface Computation {
  /** Settles when the results are there, or rejects; then nothing of the subnet has changed. */
  readonly done: Promise<void>;
  /** Calls back once nobody reads or writes the subnet's memory any more: at once, or (after an abort) later. */
  whenOver(callback: () => void): void;
}

export interface SubnetState {
  readonly n: number;
  readonly hyperparameters: Hyperparameters;
  setWeights(uid: number, row: Row, block: bigint): void;
  setLastUpdate(uid: number, block: bigint): void;
  setCommit(uid: number, block: bigint): void;
  setStake(uid: number, raw: bigint): void;
  register(uid: number, block: bigint): void;
  setHyperparameters(parameters: Hyperparameters): void;
  /** Computes the epoch of the state as it is. Nothing of the state changes until `accept`. */
  compute(step: Step, options: RunOptions & ScheduleOptions & BondsWanted): Computation;
  /** The same before it returns; a state that lies with workers leaves it out. */
  computeNow?(step: Step, options: RunOptions): void;
  /** Takes bonds, permits and the last step over from the epoch computed last. */
  accept(step: Step): void;
  /** Results of the epoch computed last: in place, or copied out for the caller. */
  view(): EpochOutput;
  output(options: RunOptions): EpochOutput;
  /** All that the state stands for, in arrays of its own; `validatorPermit` as long as it is stored. */
  input(): EpochInput;
  free(): void;
}
