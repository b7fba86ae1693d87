/** All backends by name: a new one is its own file or folder, and one line here. */
import { YumaError } from '../epoch/errors.js';
import type { Backend } from './backend.js';
import { createReferenceBackend } from './reference.js';
import { createWasmBackend } from './wasm/index.js';
import type { CoreBuild } from './wasm/module.js';

const FACTORIES = {
  wasm: createWasmBackend,
  reference: createReferenceBackend,
} as const satisfies Record<string, (build?: CoreBuild) => Backend>;

/** Value of `--backend`, and of `engine.backend`. */
export type BackendName = keyof typeof FACTORIES;

export const BACKENDS = Object.keys(FACTORIES) as readonly BackendName[];

/**
 * @param build of the WebAssembly core; default the fastest
 * @throws YumaError UNKNOWN_BACKEND, CORE_UNAVAILABLE
 */
export function createBackend(name: BackendName, build?: CoreBuild): Backend {
  if (!Object.hasOwn(FACTORIES, name)) {
    throw new YumaError('UNKNOWN_BACKEND', { backend: String(name), known: ['auto', ...BACKENDS] });
  }
  return FACTORIES[name](build);
}
