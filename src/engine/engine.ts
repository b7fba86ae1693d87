/**
 * Engine: checks inputs and has a backend compute them, in the caller's thread or by workers.
 * Spec   docs/spec/yuma-epoch.md; docs/engine.md says how it schedules, holds subnets and writes snapshots
 */
import type { Backend } from '../backends/backend.js';
import { type BackendName, createBackend } from '../backends/backends.js';
import { YumaError } from '../epoch/errors.js';
import type { CheckedInput, EpochInput } from '../epoch/input.js';
import type { EpochOutput } from '../epoch/output.js';
import { type CheckOptions, checkAllButColumns, checkEpochInput } from '../epoch/validate.js';
import { refuseIfCancelled } from './cancellation.js';
import { LocalExecutor } from './local.js';
import {
  checkEngineOptions,
  type EngineOptions,
  type EpochOptions,
  type SequenceOptions,
  threadsFor,
} from './options.js';
import type { PoolExecutor } from './pool/executor.js';
import { checkPriority } from './pool/job.js';
import { type Ahead, type Inputs, runInOrder } from './sequence.js';
import { SubnetHandle } from './subnet/handle.js';
import { PlainState } from './subnet/plain.js';
import { type Executor, ResidentState } from './subnet/resident.js';
import { parseSnapshot } from './subnet/snapshot.js';
import type { SubnetState } from './subnet/state.js';
import type { Subnet } from './subnet/subnet.js';
import { warmUpEngine } from './warm-up.js';

export type { BackendChoice, EngineOptions, EpochOptions, SequenceOptions } from './options.js';

export interface Engine {
  /** The backend that computes. */
  readonly backend: BackendName;
  /** Worker threads; 0 = epochs run in the caller's thread. */
  readonly threads: number;
  /**
   * Runs one epoch. The input is checked first and never written; it may be changed once the promise has settled.
   * The output is the caller's.
   * @throws YumaError the first fault of the input; OUT_OF_MEMORY; ABORTED; DEADLINE_EXCEEDED; QUEUE_FULL;
   *         WORKER_CRASHED; CLOSED
   */
  runEpoch(input: EpochInput, options?: EpochOptions): Promise<EpochOutput>;
  /**
   * Runs epochs, outputs in the order of the inputs. With worker threads inputs are read ahead, as far as keeps the
   * threads busy; without, the next input is asked for when its turn comes. The first error ends it.
   */
  runEpochs(inputs: Inputs, options?: SequenceOptions): AsyncGenerator<EpochOutput, void, undefined>;
  /** Runs one epoch in the caller's thread before it returns, for code that cannot await. Every backend so far can. */
  runEpochSync(input: EpochInput, options?: EpochOptions): EpochOutput;
  /**
   * Holds a subnet between its epochs. The input is checked and copied.
   * @throws YumaError the first fault of the input; OUT_OF_MEMORY; CLOSED
   */
  open(input: EpochInput, options?: CheckOptions): Promise<Subnet>;
  /** The subnet of a snapshot, checked as strictly or leniently as it was opened. @throws YumaError BAD_SNAPSHOT, as `open` */
  restore(snapshot: Uint8Array): Promise<Subnet>;
  /**
   * Frees what the engine holds: epochs that wait reject with CLOSED, those that run are waited for, workers end.
   * Later runs and all its subnets throw CLOSED; a second call does nothing.
   */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** In the caller's thread, which waits: most of the way to optimised code, and no longer than a start may take. */
const WARM_UP_MS = 18;

/** @throws YumaError UNKNOWN_BACKEND; BAD_USAGE; CORE_UNAVAILABLE if the WebAssembly core was not built */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  const { backend, threads: wanted, queue, build, warm } = checkEngineOptions(options);
  const runner = createBackend(backend, build);
  const threads = threadsFor(runner, wanted);
  const engine = await start(backend, runner, threads, queue);
  if (warm && runner.arenas !== undefined) await warmUpEngine(engine, threads === 0 ? WARM_UP_MS : 0);
  return engine;
}

async function start(name: BackendName, runner: Backend, threads: number, queue: number): Promise<BackendEngine> {
  if (threads === 0) return new BackendEngine(name, runner, undefined);
  const { PoolExecutor } = await import('./pool/executor.js');
  return new BackendEngine(name, runner, await PoolExecutor.start(threads, queue), threads);
}

/** Enough predicted time for each thread's next tasks, and two epochs each however long they are. */
const NS_AHEAD_A_THREAD = 6_000_000;
const EPOCHS_AHEAD_A_THREAD = 2;

class BackendEngine implements Engine {
  private closing: Promise<void> | undefined;
  private readonly executor: Executor | undefined;
  private readonly ahead: Ahead;

  constructor(
    readonly backend: BackendName,
    private readonly runner: Backend,
    private readonly pool: PoolExecutor | undefined,
    readonly threads = 0,
  ) {
    this.executor = pool ?? (runner.arenas && new LocalExecutor(runner.arenas));
    this.ahead = { epochs: Math.max(1, EPOCHS_AHEAD_A_THREAD * threads), cost: NS_AHEAD_A_THREAD * threads };
  }

  async runEpoch(input: EpochInput, options: EpochOptions = {}): Promise<EpochOutput> {
    this.refuseIfClosed();
    refuseIfCancelled(options);
    checkPriority(options.priority);
    const checked = this.check(input, options);
    if (this.pool !== undefined) return this.pool.runOnce(checked, options);
    const [output] = await this.runner.run([checked], options);
    return output!;
  }

  async *runEpochs(inputs: Inputs, options: SequenceOptions = {}): AsyncGenerator<EpochOutput, void, undefined> {
    this.refuseIfClosed();
    if (!isIterable(inputs)) {
      throw new YumaError('WRONG_TYPE', { field: 'inputs', expected: 'an iterable of inputs', got: typeof inputs });
    }
    refuseIfCancelled(options);
    const run = (input: EpochInput, signal: AbortSignal) => this.runEpoch(input, { ...options, signal });
    yield* runInOrder(inputs, this.ahead, run, options);
  }

  runEpochSync(input: EpochInput, options: EpochOptions = {}): EpochOutput {
    this.refuseIfClosed();
    if (this.runner.runSync === undefined) {
      throw new YumaError('BAD_USAGE', { reason: `the backend "${this.backend}" cannot run in the caller's thread` });
    }
    refuseIfCancelled(options);
    return this.runner.runSync(this.check(input, options), options);
  }

  async open(input: EpochInput, options: CheckOptions = {}): Promise<Subnet> {
    this.refuseIfClosed();
    const checked = checkEpochInput(input, options);
    const check: CheckOptions = { lenient: options.lenient ?? false };
    const state: SubnetState =
      this.executor === undefined
        ? new PlainState(checked, this.runner, check)
        : new ResidentState(checked, this.executor);
    return new SubnetHandle(state, check, () => this.closing !== undefined);
  }

  async restore(snapshot: Uint8Array): Promise<Subnet> {
    this.refuseIfClosed();
    const { input, check } = parseSnapshot(snapshot);
    return this.open(input, check);
  }

  async close(): Promise<void> {
    this.closing ??= this.end();
    await this.closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  private async end(): Promise<void> {
    await this.pool?.close();
    await this.runner.close();
  }

  private check(input: EpochInput, options: EpochOptions): CheckedInput {
    return this.runner.checksColumns ? checkAllButColumns(input, options) : checkEpochInput(input, options);
  }

  private refuseIfClosed(): void {
    if (this.closing !== undefined) throw new YumaError('CLOSED', { what: 'the engine' });
  }
}

function isIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
}
