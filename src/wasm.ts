/**
 * `yuma-engine/wasm`: the synchronous WebAssembly core alone, for code inside a block transition that cannot await.
 * Rules, types and errors are those of the whole package.
 */

import type { RunOptions } from './backends/backend.js';
import { WasmCore } from './backends/wasm/core.js';
import { instantiateCore } from './backends/wasm/exports.js';
import { readCoreModule } from './backends/wasm/module.js';
import type { EpochInput } from './epoch/input.js';
import type { EpochOutput } from './epoch/output.js';
import { type CheckOptions, checkAllButColumns } from './epoch/validate.js';

/** A ready core. It keeps its memory; drop the reference to free it. */
export interface Core {
  /**
   * Runs one epoch before it returns. The output is the caller's.
   * @throws YumaError the first fault of the input; OUT_OF_MEMORY
   */
  runEpochSync(input: EpochInput, options?: CheckOptions & RunOptions): EpochOutput;
}

/**
 * Compiles the core, here and now.
 * @param module bytes of `yuma.wasm`; by default those in this package
 * @throws YumaError CORE_UNAVAILABLE
 */
export function createCore(module: Uint8Array<ArrayBuffer> = readCoreModule()): Core {
  const core = new WasmCore(instantiateCore(module));
  return { runEpochSync: (input, options = {}) => core.run(checkAllButColumns(input, options), options) };
}

export * from './epoch/index.js';
