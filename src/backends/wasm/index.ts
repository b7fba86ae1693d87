/** The `wasm` backend: the numeric core in WebAssembly, in the caller's thread. */

import { YumaError } from '../../epoch/errors.js';
import type { CheckedInput } from '../../epoch/input.js';
import type { EpochOutput } from '../../epoch/output.js';
import type { Backend, RunOptions } from '../backend.js';
import { WasmCore } from './core.js';
import { instantiateCore } from './exports.js';
import { readCoreModule } from './module.js';

/** @throws YumaError CORE_UNAVAILABLE if the core cannot be loaded */
export function createWasmBackend(): Backend {
  let core: WasmCore | undefined = new WasmCore(instantiateCore(readCoreModule()));
  const runSync = (input: CheckedInput, options: RunOptions): EpochOutput => {
    if (core === undefined) throw new YumaError('CLOSED', { what: 'the backend' });
    return core.run(input, options);
  };
  return {
    name: 'wasm',
    checksColumns: true,
    run: async (inputs, options) => inputs.map((input) => runSync(input, options)),
    runSync,
    close: async () => {
      core = undefined; // nothing else holds its memory
    },
  };
}
