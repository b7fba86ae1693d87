/** Job: one epoch that waits for a worker or is with one. */
import { YumaError } from '../../epoch/errors.js';
import { type CancelOptions, onCancel, refuseIfCancelled } from '../cancellation.js';

export abstract class Job {
  /** Rises by one with each job that is queued: equal ones go in this order. */
  order = 0;
  private status: 'waiting' | 'running' | 'over' = 'waiting';
  private settled = false;
  private resolve!: () => void;
  private reject!: (error: unknown) => void;
  private stopListening: () => void = () => {};
  private readonly callbacks: (() => void)[] = [];
  readonly done: Promise<void>;

  constructor(
    /** Higher ones go first. */
    readonly priority: number,
    /** Predicted time in one thread, ns. */
    readonly cost: number,
    /** All threads can work on it at once. */
    readonly splits: boolean,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** From here on a signal or a deadline ends it. @param drop called if that happens while it waits */
  listen(options: CancelOptions, drop: () => void): void {
    refuseIfCancelled(options);
    if (options.signal === undefined && options.deadline === undefined) return;
    this.stopListening = onCancel(options, (reason) => {
      if (this.status === 'waiting') {
        drop();
        this.end(reason);
      } else this.settle(reason);
    });
  }

  /** Its turn has come: a worker is about to get it. */
  begin(): void {
    this.status = 'running';
  }

  /** No worker is at it any more. Without an error its results are there. */
  end(error?: unknown): void {
    this.status = 'over';
    for (const callback of this.callbacks) callback();
    this.settle(error);
  }

  /** Calls back once no worker is at it: at once if that is so. */
  whenOver(callback: () => void): void {
    if (this.status === 'over') callback();
    else this.callbacks.push(callback);
  }

  /** After the first time it does nothing: what comes from a worker after an abort is dropped. */
  private settle(error: unknown): void {
    if (this.settled) return;
    this.settled = true;
    this.stopListening();
    if (error === undefined) this.resolve();
    else this.reject(error);
  }
}

/** The longest first within a priority; of equal ones the one that came first. */
export const byTurn = (one: Job, other: Job): number =>
  other.priority - one.priority || other.cost - one.cost || one.order - other.order;

/** @throws YumaError WRONG_TYPE */
export function checkPriority(priority: unknown): number {
  if (priority === undefined) return 0;
  if (typeof priority === 'number' && !Number.isNaN(priority)) return priority;
  throw new YumaError('WRONG_TYPE', { field: 'priority', expected: 'a number', got: String(priority) });
}
