/**
 * Engine: checks inputs and has a backend compute them, in the caller's thread or by workers.
 * Spec   docs/spec/yuma-epoch.md; docs/engine.md says how it schedules, holds subnets and writes snapshots
 */
import type { Backend } from '../backends/backend.js';
import { type BackendName, createBackend } from '../backends/backends.js';
import type { AdapterInfo } from '../backends/webgpu/device.js';
import { YumaError } from '../epoch/errors.js';
import type { CheckedInput, EpochInput } from '../epoch/input.js';
import type { EpochOutput } from '../epoch/output.js';
import { type CheckOptions, checkAllButColumns, checkEpochInput, checkOptions } from '../epoch/validate.js';
import { refuseIfCancelled } from './cancellation.js';
import { AutoLane } from './gpu/auto.js';
import { BatchLane } from './gpu/batches.js';
import type { Host } from './host.js';
import { type Counts, type Lane, localLane, poolLane } from './lane.js';
import { LocalExecutor } from './local.js';
import {
  type CheckedOptions,
  checkEngineOptions,
  type EngineOptions,
  type EpochOptions,
  type SequenceOptions,
  threadsFor,
} from './options.js';
import { checkPriority } from './pool/job.js';
import { type Inputs, runInOrder } from './sequence.js';
import { SubnetHandle } from './subnet/handle.js';
import { PlainState } from './subnet/plain.js';
import { type Executor, ResidentState } from './subnet/resident.js';
import { parseSnapshot } from './subnet/snapshot.js';
import type { SubnetState } from './subnet/state.js';
import type { Subnet } from './subnet/subnet.js';
import { warmUpEngine } from './warm-up.js';

export type { BackendChoice, EngineOptions, EngineWarning, EpochOptions, SequenceOptions } from './options.js';

/** What computes, and why. */
export interface EngineInfo {
  /** With `auto`: `webgpu` as long as a GPU is open, which gets what is worth it. */
  readonly backend: BackendName;
  readonly why: string;
  /** The open GPU. */
  readonly adapter: AdapterInfo | null;
  readonly threads: number;
  /** Epochs so far by what computed them, those of held subnets apart. */
  readonly computed: Counts;
}

export interface Engine {
  /** The backend that computes: `info().backend`. */
  readonly backend: BackendName;
  info(): EngineInfo;
  /** Worker threads; 0 = epochs run in the caller's thread. */
  readonly threads: number;
  /**
   * Runs one epoch. The input is checked first and never written; it may be changed once the promise has settled. One that is
   * changed sooner gives a result of no use or is refused (docs/engine.md).
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

/** The engine on a host. @throws YumaError as `createEngine` */
export async function createEngineOn(host: Host, options: EngineOptions = {}): Promise<Engine> {
  const checked = checkEngineOptions(options);
  const engine = await start(host, checked);
  if (checked.warm && engine.holds) await warmUpEngine(engine, engine.threads === 0 ? WARM_UP_MS : 0);
  return engine;
}

async function start(host: Host, checked: CheckedOptions): Promise<BackendEngine> {
  const { backend: choice, threads: wanted, queue, build, adapter } = checked;
  const runner = await createBackend(choice === 'auto' ? 'wasm' : choice, host, { build, adapter, reopen: true });
  const threads = threadsFor(runner, wanted, host);
  if (runner.adapter !== undefined) return new BackendEngine(runner, new BatchLane(runner, queue), queue + 1);
  if (threads > 0) {
    const pool = await host.workers!.start(threads, queue);
    const lane = poolLane(pool, threads);
    const first = choice === 'auto' ? autoLane(lane, host, checked, threads) : lane;
    return new BackendEngine(runner, first, queue + threads, pool, threads);
  }
  const lane = localLane(runner);
  const executor = runner.arenas && new LocalExecutor(runner.arenas);
  const first = choice === 'auto' ? autoLane(lane, host, checked, 1) : lane;
  return new BackendEngine(runner, first, queue + 1, executor);
}

/** @param cores that the CPU lane makes use of */
function autoLane(cpu: Lane, host: Host, options: CheckedOptions, cores: number): AutoLane {
  return new AutoLane(cpu, {
    crossover: options.gpuCrossoverMs * 1e6 * cores,
    turn: () => host.turn(),
    warn: (fault, message) => (options.onWarning ? options.onWarning({ fault, message }) : host.warn(message)),
    open: async () => {
      const backend = await createBackend('webgpu', host, { adapter: options.adapter });
      if (!backend.adapter!.software) return new BatchLane(backend, options.queue);
      await backend.close();
      const reason = `${backend.adapter!.name} computes on the CPU`;
      throw new YumaError('GPU_UNAVAILABLE', { reason, mend: 'Ask for it by name: backend "webgpu".' });
    },
  });
}

class BackendEngine implements Engine {
  private closing: Promise<void> | undefined;

  constructor(
    private readonly runner: Backend,
    private readonly lane: Lane,
    /** Most epochs that can be on their way at once. */
    private readonly room: number,
    private readonly executor?: Executor,
    readonly threads = 0,
  ) {}

  /** Subnets that are opened lie in the core's memory. */
  get holds(): boolean {
    return this.executor !== undefined;
  }

  get backend(): BackendName {
    return this.info().backend;
  }

  info(): EngineInfo {
    const { runner, lane, threads } = this;
    const { computed } = lane;
    if (!(lane instanceof AutoLane)) {
      const backend = runner.name as BackendName;
      return { backend, why: 'it was asked for', adapter: runner.adapter ?? null, threads, computed };
    }
    const { adapter, why } = lane;
    return { backend: adapter === null ? 'wasm' : 'webgpu', why, adapter, threads, computed };
  }

  async runEpoch(input: EpochInput, options: EpochOptions = {}): Promise<EpochOutput> {
    this.refuseIfClosed();
    checkOptions(options);
    refuseIfCancelled(options);
    checkPriority(options.priority);
    return this.lane.runOnce(this.check(input, options), options);
  }

  async *runEpochs(inputs: Inputs, options: SequenceOptions = {}): AsyncGenerator<EpochOutput, void, undefined> {
    this.refuseIfClosed();
    if (!isIterable(inputs)) {
      throw new YumaError('WRONG_TYPE', { field: 'inputs', expected: 'an iterable of inputs', got: typeof inputs });
    }
    checkOptions(options);
    refuseIfCancelled(options);
    const run = (input: EpochInput, signal: AbortSignal) => this.runEpoch(input, { ...options, signal });
    yield* runInOrder(inputs, () => this.lane.ahead, this.room, run, options);
  }

  runEpochSync(input: EpochInput, options: EpochOptions = {}): EpochOutput {
    this.refuseIfClosed();
    if (this.runner.runSync === undefined) {
      throw new YumaError('BAD_USAGE', {
        reason: `the backend "${this.runner.name}" cannot run in the caller's thread`,
      });
    }
    checkOptions(options);
    refuseIfCancelled(options);
    return this.runner.runSync(this.check(input, options), options);
  }

  async open(input: EpochInput, options: CheckOptions = {}): Promise<Subnet> {
    this.refuseIfClosed();
    const checked = checkEpochInput(input, options);
    const check: CheckOptions = { lenient: options.lenient ?? false };
    return new SubnetHandle(await this.stateOf(checked, check), check, () => this.closing !== undefined);
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
    await this.lane.close();
    await this.runner.close();
  }

  private async stateOf(checked: CheckedInput, check: CheckOptions): Promise<SubnetState> {
    if (this.executor !== undefined) return new ResidentState(checked, this.executor);
    const onDevice = this.lane instanceof BatchLane ? this.lane.holder : undefined;
    if (onDevice !== undefined) {
      const { DeviceState } = await import('./subnet/device.js'); // with the code of the GPU, not before
      return new DeviceState(checked, onDevice);
    }
    return new PlainState(checked, this.lane, this.runner, check);
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
