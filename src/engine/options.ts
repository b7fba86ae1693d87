/** Options of an engine and of its epochs, as callers give them and as they were checked. */
import type { Backend, RunOptions } from '../backends/backend.js';
import type { BackendName } from '../backends/backends.js';
import { ADAPTERS, type AdapterChoice } from '../backends/webgpu/source.js';
import { YumaError } from '../epoch/errors.js';
import { wrongType } from '../epoch/types.js';
import type { CheckOptions } from '../epoch/validate.js';
import type { Host } from './host.js';
import type { Progress } from './sequence.js';
import type { ScheduleOptions } from './subnet/state.js';

/**
 * What computes: a backend by name, or `auto`. That is `wasm`, and `webgpu` for what comes in large batches where there is
 * a GPU in hardware.
 */
export type BackendChoice = BackendName | 'auto';

/** Something went wrong that the engine made good: results are as they would have been without. */
export interface EngineWarning {
  /** For people. */
  readonly message: string;
  readonly fault: YumaError;
}

export interface EngineOptions {
  /** Default `auto`. */
  readonly backend?: BackendChoice | undefined;
  /**
   * Worker threads, `auto` = one a core. Default 0: epochs run in the caller's thread, and an awaited one holds it up as
   * long as it takes. The backend `reference` takes 0 only.
   */
  readonly threads?: number | 'auto' | undefined;
  /** Most epochs that wait for a thread; one more rejects with QUEUE_FULL. Default 65 536. Not with 0 threads. */
  readonly queue?: number | undefined;
  /**
   * Run made-up epochs before the engine is given, so that the first real one meets optimised code: some 30 ms
   * in the caller's thread. Default true; workers are always warm.
   */
  readonly warm?: boolean | undefined;
  /** Which GPU adapter: the first of `auto` is the host's own choice, the second OpenGL ES. Default `auto`. */
  readonly adapter?: AdapterChoice | undefined;
  /**
   * With `auto`: milliseconds on the CPU that must come together before the GPU is taken. Default 50, a guess: a transfer
   * there and back costs a few of them, and the first batch a second for the pipelines.
   */
  readonly gpuCrossoverMs?: number | undefined;
  /** Called when a GPU failed and the CPU computed its epochs. Default: the host's own warning. */
  readonly onWarning?: ((warning: EngineWarning) => void) | undefined;
  /** Build of the WebAssembly core, for tests and benches. Default the fastest that this host accepts. */
  readonly build?: 'simd' | 'plain' | undefined;
}

/** How one epoch is to be run: lenient or strict, with or without the raw vectors, and when. */
export interface EpochOptions extends CheckOptions, RunOptions, ScheduleOptions {}

export interface SequenceOptions extends EpochOptions {
  /** Called with each result that is given. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface CheckedOptions {
  readonly backend: BackendChoice;
  readonly adapter: AdapterChoice;
  readonly gpuCrossoverMs: number;
  readonly onWarning: EngineOptions['onWarning'];
  readonly threads: number | 'auto';
  readonly queue: number;
  readonly build: 'simd' | 'plain' | undefined;
  readonly warm: boolean;
}

const OPTIONS: readonly string[] = [
  'backend',
  'threads',
  'queue',
  'warm',
  'build',
  'adapter',
  'gpuCrossoverMs',
  'onWarning',
] satisfies (keyof EngineOptions)[];
const MOST_THREADS = 1_024;
const DEFAULT_QUEUE = 65_536;
const DEFAULT_CROSSOVER_MS = 50;

/** @throws YumaError WRONG_TYPE, OUT_OF_RANGE, BAD_USAGE; an unknown backend is left to who creates it */
export function checkEngineOptions(options: EngineOptions): CheckedOptions {
  if (typeof options !== 'object' || options === null) throw wrongType({ field: 'options' }, 'an object', options);
  for (const name of Object.keys(options)) {
    if (!OPTIONS.includes(name)) {
      throw new YumaError('BAD_USAGE', { reason: `options: there is no "${name}". Known: ${OPTIONS.join(', ')}.` });
    }
  }
  const { backend = 'auto', threads = 0, queue = DEFAULT_QUEUE, build, warm = true } = options;
  const { adapter = 'auto', gpuCrossoverMs = DEFAULT_CROSSOVER_MS, onWarning } = options;
  checkCount('queue', queue, Number.MAX_SAFE_INTEGER);
  if (build !== undefined && build !== 'simd' && build !== 'plain') {
    throw wrongType({ field: 'build' }, '"simd" or "plain"', build);
  }
  if (threads !== 'auto') checkCount('threads', threads, MOST_THREADS);
  if (build === 'plain' && threads !== 0) {
    throw new YumaError('BAD_USAGE', { reason: 'build: worker threads take a build of their own; give threads: 0' });
  }
  if (typeof warm !== 'boolean') throw wrongType({ field: 'warm' }, 'a boolean', warm);
  if (!ADAPTERS.includes(adapter)) throw wrongType({ field: 'adapter' }, ADAPTERS.join(', '), adapter);
  if (!(typeof gpuCrossoverMs === 'number' && gpuCrossoverMs >= 0)) {
    throw wrongType({ field: 'gpuCrossoverMs' }, 'a number that is not negative', gpuCrossoverMs);
  }
  return { backend, adapter, gpuCrossoverMs, onWarning, threads, queue, build, warm };
}

/**
 * How many threads there are to be.
 * @throws YumaError BAD_USAGE where some are asked for and the backend takes none
 */
export function threadsFor(backend: Backend, wanted: number | 'auto', { workers }: Host): number {
  if (backend.arenas !== undefined && workers !== undefined) return wanted === 'auto' ? workers.count() : wanted;
  if (wanted === 'auto' || wanted === 0) return 0;
  const where = workers === undefined ? 'in a browser every backend' : `the backend "${backend.name}"`;
  throw new YumaError('BAD_USAGE', { reason: `threads: ${where} runs in the caller's thread only` });
}

function checkCount(field: string, value: unknown, largest: number): void {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType({ field }, 'an integer', value);
  if (value >= 0 && value <= largest) return;
  throw new YumaError('OUT_OF_RANGE', { field, value: String(value), least: '0', largest: String(largest) });
}
