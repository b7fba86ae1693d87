/**
 * Auto: epochs go to the GPU where a hardware adapter is there and enough of them come at once to pay, else to the CPU.
 * What the GPU fails at is computed by the CPU: the caller gets its results, and a warning.
 *
 *   runOnce ──► with all of this turn worth it, and a GPU is there? ──► GPU ──► results
 *                                         └── no ──► CPU ◄── lost, refused, no answer ┘
 *
 * Errors     faults of inputs and cancellations are the caller's, whoever finds them
 */
import type { RunOptions } from '../../backends/backend.js';
import type { BackendName } from '../../backends/backends.js';
import type { AdapterInfo } from '../../backends/webgpu/device.js';
import { type ErrorCode, YumaError } from '../../epoch/errors.js';
import type { CheckedInput } from '../../epoch/input.js';
import type { EpochOutput } from '../../epoch/output.js';
import { refuseIfCancelled } from '../cancellation.js';
import { costOf } from '../cost.js';
import type { Counts, Lane } from '../lane.js';
import type { Ahead } from '../sequence.js';
import type { ScheduleOptions } from '../subnet/state.js';

/** An open GPU. */
export interface GpuLane extends Lane {
  readonly adapter: AdapterInfo;
  /** @param waitMs how long what runs is waited for before the device goes */
  close(waitMs?: number): Promise<void>;
}

export interface AutoSettings {
  /** @throws YumaError GPU_UNAVAILABLE */
  readonly open: () => Promise<GpuLane>;
  /** Predicted time on one core from which on the GPU pays, ns; what the GPU has not done yet counts too. */
  readonly crossover: number;
  /** Settles in a later turn of the event loop. */
  readonly turn: () => Promise<void>;
  readonly warn: (fault: YumaError, message: string) => void;
  /** Milliseconds after which a GPU that failed is tried again. */
  readonly retryMs?: number;
  /** Milliseconds without any result after which it counts as failed. */
  readonly patienceMs?: number;
  readonly now?: () => number;
}

/** After so many crossovers' worth of epochs a GPU is opened even if they come one by one: then more are read ahead. */
const MANY = 40;
const RETRY_MS = 60_000;
const PATIENCE_MS = 30_000;

/** Faults that say nothing of the input: the CPU may do better. */
const OF_THE_GPU: readonly ErrorCode[] = ['DEVICE_LOST', 'GPU_FAULT', 'GPU_LIMIT', 'OUT_OF_MEMORY', 'CLOSED'];
/** Those of one epoch; others may go on. */
const OF_AN_EPOCH: readonly ErrorCode[] = ['GPU_LIMIT', 'OUT_OF_MEMORY'];

export class AutoLane implements Lane {
  /** Why the GPU computes, or why it does not. */
  why = 'there was no work yet that a GPU would pay for';
  private gpu: GpuLane | undefined;
  private opening: Promise<GpuLane | undefined> | undefined;
  /** 0 = none has failed yet. */
  private retryAt = 0;
  private gathered = 0;
  /** Predicted time of all epochs so far, ns. */
  private total = 0;
  /** Whether what came in this turn pays. */
  private turnEnd: Promise<boolean> | undefined;
  private outstanding = 0;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private closed = false;
  /** Of GPUs that failed. */
  private formerly: Counts = {};
  private readonly now: () => number;

  constructor(
    private readonly cpu: Lane,
    private readonly settings: AutoSettings,
  ) {
    this.now = settings.now ?? Date.now;
  }

  /** As far as keeps the CPU busy; once a GPU is open, enough for a batch and the next one. */
  get ahead(): Ahead {
    const { epochs, cost } = this.cpu.ahead;
    return { epochs, cost: this.gpu === undefined ? cost : Math.max(cost, 2 * this.settings.crossover) };
  }

  get computed(): Counts {
    return [this.cpu.computed, this.formerly, this.gpu?.computed ?? {}].reduce(sum);
  }

  /** Of the GPU in use. */
  get adapter(): AdapterInfo | null {
    return this.gpu?.adapter ?? null;
  }

  async runOnce(input: CheckedInput, options: RunOptions & ScheduleOptions): Promise<EpochOutput> {
    const opening = this.gpuFor(costOf(input));
    if (opening !== undefined) {
      const gpu = await opening;
      refuseIfCancelled(options);
      if (gpu !== undefined) {
        try {
          return await this.onGpu(gpu, input, options);
        } catch (fault) {
          if (this.closed || !(fault instanceof YumaError && OF_THE_GPU.includes(fault.code))) throw fault;
          this.fail(gpu, fault);
        }
      }
    }
    return this.cpu.runOnce(input, options);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.watchdog);
    if (this.turnEnd !== undefined) {
      await this.turnEnd;
      await this.settings.turn(); // what came in the last one is on its way
    }
    const gpu = await this.opening;
    await Promise.all([gpu?.close(), this.cpu.close()]);
  }

  /**
   * The GPU, if what comes in this turn is worth it and there is one. As long as none is open nothing waits for the end of
   * the turn, so that hosts without one lose nothing: the CPU gets its fill first.
   */
  private gpuFor(cost: number): Promise<GpuLane | undefined> | undefined {
    if (this.now() < this.retryAt) return undefined;
    const { crossover } = this.settings;
    this.gathered += cost;
    this.total += cost;
    this.turnEnd ??= this.settings.turn().then(() => {
      const pays = this.gathered + this.outstanding >= crossover;
      this.gathered = 0;
      this.turnEnd = undefined;
      return pays;
    });
    if (this.gpu !== undefined) return this.turnEnd.then((pays) => (pays ? this.opened() : undefined));
    if (this.gathered + this.outstanding >= crossover) return this.opened();
    if (this.total >= MANY * crossover) void this.opened(); // `why` says it
    return undefined;
  }

  private opened(): Promise<GpuLane | undefined> {
    if (this.gpu === undefined && (this.closed || this.now() < this.retryAt)) return Promise.resolve(undefined);
    this.opening ??= this.open();
    return this.opening;
  }

  private async open(): Promise<GpuLane | undefined> {
    try {
      const gpu = await this.settings.open();
      this.gpu = gpu;
      this.why = `${gpu.adapter.name} computes what comes in large batches`;
      return gpu;
    } catch (cause) {
      const fault = cause instanceof YumaError ? cause : notLoaded(cause as Error);
      if (fault !== cause) this.settings.warn(fault, `The CPU computes what a GPU might (${fault.message})`);
      this.why = fault.message;
      if (this.retryAt === 0) {
        this.retryAt = Number.POSITIVE_INFINITY; // no driver comes up while a process runs
      } else {
        this.opening = undefined; // one that was there may come back
        this.retryAt = this.now() + this.retryMs;
        this.why += ` It is tried again after ${this.retryMs / 1_000} s.`;
      }
      return undefined;
    }
  }

  private get retryMs(): number {
    return this.settings.retryMs ?? RETRY_MS;
  }

  private async onGpu(gpu: GpuLane, input: CheckedInput, options: RunOptions & ScheduleOptions): Promise<EpochOutput> {
    const cost = costOf(input);
    this.outstanding += cost;
    if (this.watchdog === undefined) this.watch(gpu);
    try {
      return await gpu.runOnce(input, options);
    } finally {
      this.outstanding -= cost;
      this.watch(gpu);
    }
  }

  /** From now on the GPU has its time anew. */
  private watch(gpu: GpuLane): void {
    clearTimeout(this.watchdog);
    this.watchdog = undefined;
    if (this.outstanding === 0 || this.gpu !== gpu) return;
    const patience = this.settings.patienceMs ?? PATIENCE_MS;
    this.watchdog = setTimeout(() => {
      this.fail(gpu, new YumaError('DEVICE_LOST', { reason: `no answer within ${patience} ms` }));
    }, patience);
  }

  /** What was on its way there rejects and comes back to `runOnce`. */
  private fail(gpu: GpuLane, fault: YumaError): void {
    if (this.gpu !== gpu) return; // said before
    if (OF_AN_EPOCH.includes(fault.code)) {
      this.settings.warn(fault, `The CPU computes an epoch that is not for the GPU (${fault.message})`);
      return;
    }
    const { retryMs } = this;
    this.formerly = sum(this.formerly, gpu.computed);
    this.gpu = undefined;
    this.opening = undefined;
    this.retryAt = this.now() + retryMs;
    this.why = `${gpu.adapter.name} failed (${fault.code}) and is tried again after ${retryMs / 1_000} s`;
    this.watch(gpu);
    gpu.close(0).catch((cause: Error) => this.settings.warn(fault, `The GPU could not be closed: ${cause.message}`));
    this.settings.warn(fault, `The GPU failed; the CPU computes its epochs (${fault.message})`);
  }
}

/** The code of the GPU is a part of its own, which a browser may fail to load. */
function notLoaded(cause: Error): YumaError<'GPU_UNAVAILABLE'> {
  const mend = 'Look for the cause; other epochs are computed all the same.';
  return new YumaError('GPU_UNAVAILABLE', { reason: cause.message, mend }, { cause });
}

function sum(some: Counts, others: Counts): Counts {
  const total: Partial<Record<BackendName, number>> = { ...some };
  for (const [name, count] of Object.entries(others) as [BackendName, number][])
    total[name] = (total[name] ?? 0) + count;
  return total;
}
