/**
 * Batches: epochs go to a backend that computes many at once, together with all others that wait. While one batch is
 * computed the next one is prepared; the scheduler decides which epochs are next (`../pool/scheduler.ts`).
 * Errors     a fault of a batch is told to its epochs one by one: each gets its own chance, unless the device is gone
 */
import type { Backend, RunOptions } from '../../backends/backend.js';
import type { AdapterInfo } from '../../backends/webgpu/device.js';
import type { HeldInput } from '../../backends/webgpu/held.js';
import { YumaError } from '../../epoch/errors.js';
import type { CheckedInput } from '../../epoch/input.js';
import type { EpochOutput } from '../../epoch/output.js';
import { costOf } from '../cost.js';
import type { Counts } from '../lane.js';
import { checkPriority, Job } from '../pool/job.js';
import { type Runner, Scheduler } from '../pool/scheduler.js';
import type { DeviceExecutor } from '../subnet/device.js';
import type { Computation, ScheduleOptions } from '../subnet/state.js';
import type { GpuLane } from './auto.js';

/** One is computed while the next is prepared. */
const BATCHES_AT_ONCE = 2;
/** Predicted time on one core that makes a batch: enough to fill a device, and little enough to overlap. */
const GROUPING = { usual: 1_000_000_000, most: 2_000_000_000, least: 100_000_000 };
/** What is read ahead: all batches at once and the next one. */
const AHEAD = { epochs: 2, cost: 3 * GROUPING.least };
/** So long is a batch waited for when the engine is closed; then the device goes in any case. */
const LAST_WAIT_MS = 10_000;

class BatchJob extends Job {
  output: EpochOutput | undefined;

  constructor(
    readonly input: CheckedInput,
    readonly intermediates: boolean,
    priority: number,
  ) {
    super(priority, costOf(input), false);
  }

  /** Those whose bonds stay on the device are a batch of their own. */
  get bondsStay(): boolean {
    return (this.input as Partial<HeldInput>).bondsStay ?? false;
  }
}

export class BatchLane implements GpuLane, Runner<BatchJob> {
  readonly threads = BATCHES_AT_ONCE;
  readonly ahead = AHEAD;
  private readonly scheduler: Scheduler<BatchJob>;

  /** @param backend one with an adapter @param queue most epochs that wait */
  constructor(
    private readonly backend: Backend,
    queue: number,
  ) {
    this.scheduler = new Scheduler(this, queue, GROUPING);
  }

  get adapter(): AdapterInfo {
    return this.backend.adapter!;
  }

  get computed(): Counts {
    return this.backend.computedBy!;
  }

  /** For subnets that stay on the device, if the backend can hold them. */
  get holder(): DeviceExecutor | undefined {
    const { backend } = this;
    if (backend.hold === undefined) return undefined;
    return {
      hold: (bonds) => backend.hold!(bonds),
      bondsOf: (input) => backend.runOnCore!(input).bonds,
      compute: (input, options, take) => this.compute(input, options, take),
    };
  }

  async runOnce(input: CheckedInput, options: RunOptions & ScheduleOptions): Promise<EpochOutput> {
    const job = this.submit(input, options);
    await job.done;
    return job.output!;
  }

  async runGroup(jobs: readonly BatchJob[]): Promise<void> {
    const left = new Set(jobs);
    for (const { intermediates, bondsStay } of left) {
      const alike = [...left].filter((job) => job.intermediates === intermediates && job.bondsStay === bondsStay);
      for (const job of alike) left.delete(job);
      await this.runAlike(alike, { intermediates });
    }
  }

  runSplit(job: BatchJob): Promise<void> {
    return this.runGroup([job]);
  }

  async close(waitMs = LAST_WAIT_MS): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, waitMs);
    });
    await Promise.race([this.scheduler.close(), enough]);
    clearTimeout(timer);
    await this.backend.close();
  }

  private submit(input: CheckedInput, options: RunOptions & ScheduleOptions): BatchJob {
    const job = new BatchJob(input, options.intermediates ?? false, checkPriority(options.priority));
    this.scheduler.submit(job, options);
    return job;
  }

  private compute(
    input: HeldInput,
    options: RunOptions & ScheduleOptions,
    take: (output: EpochOutput) => void,
  ): Computation {
    const job = this.submit(input, options);
    return { done: job.done.then(() => take(job.output!)), whenOver: (callback) => job.whenOver(callback) };
  }

  private async runAlike(jobs: readonly BatchJob[], options: RunOptions): Promise<void> {
    try {
      const inputs = jobs.map(({ input }) => input);
      const outputs = await this.backend.run(inputs, options);
      for (const [at, job] of jobs.entries()) {
        job.output = outputs[at]!;
        job.end();
      }
    } catch (fault) {
      if (jobs.length === 1 || isGone(fault)) for (const job of jobs) job.end(fault);
      else for (const job of jobs) await this.runAlike([job], options);
    }
  }
}

/** The device is: nothing more can be had from it. */
const isGone = (fault: unknown): boolean =>
  fault instanceof YumaError && (fault.code === 'DEVICE_LOST' || fault.code === 'CLOSED');
