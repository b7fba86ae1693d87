/**
 * A backend computes epochs and knows nothing of files, queues or the network. `reference` decides what is right;
 * every other backend gives the same bits. Whoever writes the next one reads only this file: it is one file (or
 * folder) beside this one, plus one line in `backends.ts`.
 */
import type { CheckedInput, SparseRows } from '../epoch/input.js';
import type { EpochOutput } from '../epoch/output.js';
import type { Arenas } from './wasm/arena.js';
import type { AdapterInfo } from './webgpu/device.js';
import type { Held } from './webgpu/held.js';

export interface RunOptions {
  /** Also give the raw I32F32 vectors. */
  readonly intermediates?: boolean | undefined;
}

export interface Backend {
  /** Stable: the value of `--backend`, and of `engine.backend`. */
  readonly name: string;
  /** It refuses odd columns of an input by itself where `columnsToCheck` says so; others get inputs checked whole. */
  readonly checksColumns?: boolean;
  /**
   * Runs one epoch an input; output k belongs to inputs[k].
   * Shapes     vectors have length n, bonds n rows in the order of the spec (9)
   * Units      scores u16, 65535 = 1; amounts u64 in rao; intermediates raw I32F32, only if asked for
   * Ownership  inputs are borrowed until the promise settles and never written; outputs are the caller's
   * Errors     OUT_OF_MEMORY with the bytes needed, before any work. Inputs arrive checked, see above
   */
  run(inputs: readonly CheckedInput[], options: RunOptions): Promise<EpochOutput[]>;
  /** The same for one input in the caller's thread; a backend that cannot do that leaves it out. */
  runSync?(input: CheckedInput, options: RunOptions): EpochOutput;
  /** The GPU that computes. Such a backend is given as many epochs at once as there are. */
  readonly adapter?: AdapterInfo;
  /** Epochs so far by what computed them, where a backend hands some on to another one. */
  readonly computedBy?: Readonly<Partial<Record<'webgpu' | 'wasm', number>>>;
  /** Memory in which subnets stay between epochs; a backend that has none leaves it out, and gets whole inputs. */
  readonly arenas?: Arenas;
  /**
   * A place on its device where rows of a subnet stay: inputs that name it are computed there (`HeldInput`).
   * @param bonds gives the subnet's bonds when they are needed on the CPU
   */
  hold?(bonds: () => SparseRows): Held;
  /** One epoch of a held subnet before it returns, without its device. */
  runOnCore?(input: CheckedInput): EpochOutput;
  /** Frees memory, device and threads. Always settles; a second call does nothing. */
  close(): Promise<void>;
}
