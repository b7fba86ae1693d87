/** Exports of the WebAssembly core that the backend calls (docs/abi.md), and their loading from module bytes. */
import { YumaError } from '../../epoch/errors.js';
import { ABI_VERSION } from './layout.js';

export interface CoreExports {
  /** Grows in `prepare`; its buffer is then another one. */
  readonly memory: { readonly buffer: ArrayBuffer };
  abiVersion(): number;
  /** Bytes of memory for n neurons, w stored weights and b stored bonds; undoes `prepare`. */
  bytesNeeded(n: number, w: number, b: number): number;
  prepare(n: number, w: number, b: number): number;
  address(field: number): number;
  run(): number;
}

/**
 * Compiles and instantiates the core in the caller's thread.
 * @throws YumaError CORE_UNAVAILABLE if the bytes are no module, or one of another ABI version
 */
export function instantiateCore(bytes: Uint8Array<ArrayBuffer>): CoreExports {
  let exports: CoreExports;
  try {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
    exports = instance.exports as CoreExports;
  } catch (cause) {
    throw new YumaError('CORE_UNAVAILABLE', { reason: (cause as Error).message }, { cause });
  }
  if (exports.abiVersion?.() !== ABI_VERSION) {
    throw new YumaError('CORE_UNAVAILABLE', { reason: `it does not speak ABI version ${ABI_VERSION}` });
  }
  return exports;
}
