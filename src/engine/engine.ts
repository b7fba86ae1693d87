/**
 * Engine: checks inputs and has a backend compute them.
 * Spec   docs/spec/yuma-epoch.md
 */
import type { Backend, RunOptions } from '../backends/backend.js';
import { type BackendName, createBackend } from '../backends/backends.js';
import { YumaError } from '../epoch/errors.js';
import type { CheckedInput, EpochInput } from '../epoch/input.js';
import type { EpochOutput } from '../epoch/output.js';
import { type CheckOptions, checkAllButColumns, checkEpochInput } from '../epoch/validate.js';

/** What computes: a backend by name, or `auto` for the fastest one at hand. */
export type BackendChoice = BackendName | 'auto';

export interface EngineOptions {
  /** Default `auto`. */
  readonly backend?: BackendChoice | undefined;
}

/** How one epoch is to be run: lenient or strict, with or without the raw vectors. */
export interface EpochOptions extends CheckOptions, RunOptions {}

export interface Engine {
  /** The backend that computes. */
  readonly backend: BackendName;
  /**
   * Runs one epoch. The input is checked first and never written; it may be changed once the promise has settled.
   * The output is the caller's.
   * @throws YumaError the first fault of the input; OUT_OF_MEMORY; CLOSED
   */
  runEpoch(input: EpochInput, options?: EpochOptions): Promise<EpochOutput>;
  /** Runs epochs one after the other, outputs in the order of the inputs. The next input is asked for when its turn comes. */
  runEpochs(
    inputs: Iterable<EpochInput> | AsyncIterable<EpochInput>,
    options?: EpochOptions,
  ): AsyncGenerator<EpochOutput, void, undefined>;
  /** Runs one epoch before it returns, for code that cannot await. Every backend so far can. */
  runEpochSync(input: EpochInput, options?: EpochOptions): EpochOutput;
  /** Frees what the backend holds. Later runs throw CLOSED; a second call does nothing. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** @throws YumaError UNKNOWN_BACKEND; CORE_UNAVAILABLE if the WebAssembly core was not built */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  if (typeof options !== 'object' || options === null) {
    throw new YumaError('WRONG_TYPE', { field: 'options', expected: 'an object', got: String(options) });
  }
  const choice = options.backend ?? 'auto';
  const name = choice === 'auto' ? 'wasm' : choice;
  return new BackendEngine(name, createBackend(name));
}

class BackendEngine implements Engine {
  private closed = false;

  constructor(
    readonly backend: BackendName,
    private readonly runner: Backend,
  ) {}

  async runEpoch(input: EpochInput, options: EpochOptions = {}): Promise<EpochOutput> {
    this.refuseIfClosed();
    const [output] = await this.runner.run([this.check(input, options)], options);
    return output!;
  }

  async *runEpochs(
    inputs: Iterable<EpochInput> | AsyncIterable<EpochInput>,
    options: EpochOptions = {},
  ): AsyncGenerator<EpochOutput, void, undefined> {
    this.refuseIfClosed();
    if (!isIterable(inputs)) {
      throw new YumaError('WRONG_TYPE', { field: 'inputs', expected: 'an iterable of inputs', got: typeof inputs });
    }
    for await (const input of inputs) yield await this.runEpoch(input, options);
  }

  runEpochSync(input: EpochInput, options: EpochOptions = {}): EpochOutput {
    this.refuseIfClosed();
    if (this.runner.runSync === undefined) {
      throw new YumaError('BAD_USAGE', { reason: `the backend "${this.backend}" cannot run in the caller's thread` });
    }
    return this.runner.runSync(this.check(input, options), options);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.runner.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  private check(input: EpochInput, options: EpochOptions): CheckedInput {
    return this.runner.checksColumns ? checkAllButColumns(input, options) : checkEpochInput(input, options);
  }

  private refuseIfClosed(): void {
    if (this.closed) throw new YumaError('CLOSED', { what: 'the engine' });
  }
}

function isIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
}
