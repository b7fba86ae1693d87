/** The `wasm` backend: the numeric core in WebAssembly, in the caller's thread. */

import { YumaError } from '../../epoch/errors.js';
import type { CheckedInput } from '../../epoch/input.js';
import type { EpochOutput } from '../../epoch/output.js';
import type { Backend, RunOptions } from '../backend.js';
import { Arenas } from './arena.js';
import { WasmCore } from './core.js';
import { compileCore, instantiateArena } from './exports.js';

/**
 * @param bytes of the core
 * @throws YumaError CORE_UNAVAILABLE if they are none
 */
export function createWasmBackend(bytes: Uint8Array<ArrayBuffer>): Backend {
  const module = compileCore(bytes);
  let core: WasmCore | undefined = new WasmCore(instantiateArena(module));
  const runSync = (input: CheckedInput, options: RunOptions): EpochOutput => {
    if (core === undefined) throw new YumaError('CLOSED', { what: 'the backend' });
    return core.run(input, options);
  };
  return {
    name: 'wasm',
    checksColumns: true,
    arenas: new Arenas(module, false),
    run: async (inputs, options) => inputs.map((input) => runSync(input, options)),
    runSync,
    close: async () => {
      core = undefined; // nothing else holds its memory
    },
  };
}
