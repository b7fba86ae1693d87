/**
 * Scheduler: which epoch goes to a worker next, with which others, and whether all workers share it.
 *
 *   submit ──► waiting (priority, then longest first) ──► group of small ones ──► one worker
 *                                                    └──► one huge one ─────────► all workers, once all are free
 *
 * At most one task a thread is out; the rest waits here, where it can be reordered and dropped, as mere references: an
 * input is copied when its turn comes.
 * PERF   a task costs 35 to 70 us on top of its epochs, and a worker waits up to 350 us for its next one where the host wakes
 *        threads slowly. So small epochs share a task until it is worth GROUP_NS, and where much waits, up to
 *        MOST_GROUP_NS, falling as the queue empties: 17 % of a worker's time became 4 % (64 subnets of 2 ms)
 */
import { YumaError } from '../../epoch/errors.js';
import type { CancelOptions } from '../cancellation.js';
import { byTurn, type Job } from './job.js';

/** What runs jobs. Each is told by `end` when it is over; the promise settles after all of a task are. */
export interface Runner<J extends Job> {
  readonly threads: number;
  /** Runs jobs one after the other in one thread. */
  runGroup(jobs: readonly J[]): Promise<void>;
  /** Runs one job in all threads at once. */
  runSplit(job: J): Promise<void>;
}

/** A task is worth so much predicted time; and at least so little, however many threads are idle. */
export const GROUP_NS = 1_500_000;
export const MOST_GROUP_NS = 8_000_000;
export const LEAST_GROUP_NS = 100_000;
/** What waits is cut in so many tasks a thread at least, so that all threads end together. */
const TASKS_A_THREAD = 4;
/** Below this an epoch is not worth a barrier. */
export const SPLIT_NS = 500_000;

/** What a task is worth, ns: usually, where much waits, and where threads are idle. */
export interface Grouping {
  readonly usual: number;
  readonly most: number;
  readonly least: number;
}

const OF_WORKERS: Grouping = { usual: GROUP_NS, most: MOST_GROUP_NS, least: LEAST_GROUP_NS };

export class Scheduler<J extends Job> {
  private waiting: J[] = [];
  private waitingCost = 0;
  private runningCost = 0;
  private sorted = true;
  private free: number;
  private orders = 0;
  private pumping = false;
  private closed = false;
  private readonly idlers: (() => void)[] = [];

  /** @param limit most jobs that wait, beside those that idle threads are about to get */
  constructor(
    private readonly runner: Runner<J>,
    private readonly limit: number,
    private readonly grouping: Grouping = OF_WORKERS,
  ) {
    this.free = runner.threads;
  }

  /**
   * Queues a job. Those of one tick are ordered together before the first of them goes.
   * @throws YumaError QUEUE_FULL, CLOSED, ABORTED, DEADLINE_EXCEEDED; the job is then not queued
   */
  submit(job: J, options: CancelOptions): void {
    if (this.closed) throw new YumaError('CLOSED', { what: 'the engine' });
    if (this.waiting.length >= this.limit + this.free) throw new YumaError('QUEUE_FULL', { limit: this.limit });
    job.listen(options, () => this.drop(job));
    job.order = this.orders++;
    this.waiting.push(job);
    this.waitingCost += job.cost;
    this.sorted = false;
    this.pumpSoon();
  }

  /** Refuses what waits and later submissions, and waits for what runs. */
  async close(): Promise<void> {
    this.closed = true;
    const dropped = this.waiting;
    this.waiting = [];
    for (const job of dropped) job.end(new YumaError('CLOSED', { what: 'the engine' }));
    if (this.free < this.runner.threads) await new Promise<void>((resolve) => this.idlers.push(resolve));
  }

  private drop(job: J): void {
    this.waiting.splice(this.waiting.indexOf(job), 1);
    this.waitingCost -= job.cost;
  }

  private pumpSoon(): void {
    if (this.pumping) return;
    this.pumping = true;
    queueMicrotask(() => {
      this.pumping = false;
      this.pump();
    });
  }

  private pump(): void {
    if (!this.sorted) this.waiting.sort(byTurn);
    this.sorted = true;
    while (this.free > 0 && this.waiting.length > 0) {
      const first = this.waiting[0]!;
      if (this.isWorthSplitting(first)) {
        if (this.free < this.runner.threads) return; // nothing overtakes it, so all are free soon
        this.start(this.runner.threads, this.take(1), ([job]) => this.runner.runSplit(job!));
      } else this.start(1, this.take(this.groupSize()), (jobs) => this.runner.runGroup(jobs));
    }
  }

  /** It would be the last to end even if all others were spread evenly. */
  private isWorthSplitting(job: J): boolean {
    const { threads } = this.runner;
    return job.splits && threads > 1 && job.cost > SPLIT_NS && job.cost * threads > this.waitingCost + this.runningCost;
  }

  /** How many of those next in turn make one task: none of another priority, and no more than is fair to the other idle threads. */
  private groupSize(): number {
    const part = this.waitingCost / this.free;
    const { usual, most, least } = this.grouping;
    const much = Math.min(most, this.waitingCost / (TASKS_A_THREAD * this.runner.threads));
    const worth = Math.min(Math.max(usual, much), Math.max(least, part));
    const { priority } = this.waiting[0]!;
    let size = 0;
    let cost = 0;
    while (size < this.waiting.length && cost < worth && this.waiting[size]!.priority === priority) {
      cost += this.waiting[size]!.cost;
      size += 1;
    }
    return size;
  }

  private take(count: number): J[] {
    const jobs = this.waiting.splice(0, count);
    for (const job of jobs) this.waitingCost -= job.cost;
    return jobs;
  }

  private start(threads: number, jobs: J[], run: (jobs: readonly J[]) => Promise<void>): void {
    const cost = jobs.reduce((sum, job) => sum + job.cost, 0);
    this.free -= threads;
    this.runningCost += cost;
    for (const job of jobs) job.begin();
    const over = () => {
      this.free += threads;
      this.runningCost -= cost;
      if (this.free === this.runner.threads) for (const resolve of this.idlers.splice(0)) resolve();
      this.pumpSoon();
    };
    run(jobs).then(over, over);
  }
}
