/** The `wasm` backend: the numeric core in WebAssembly, in the caller's thread. */
import type { Backend } from '../backend.js';
import { WasmCore } from './core.js';
import { instantiateCore } from './exports.js';
import { readCoreModule } from './module.js';

/** @throws YumaError CORE_UNAVAILABLE if the core cannot be loaded */
export function createWasmBackend(): Backend {
  const core = new WasmCore(instantiateCore(readCoreModule()));
  return {
    name: 'wasm',
    checksColumns: true,
    run: async (inputs, options) => inputs.map((input) => core.run(input, options)),
    runSync: (input, options) => core.run(input, options),
    close: async () => {},
  };
}
