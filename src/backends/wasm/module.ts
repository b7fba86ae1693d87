/** Reads the WebAssembly core that lies in this package; the one place of the backend that knows Node. */
import { readFileSync } from 'node:fs';
import { YumaError } from '../../epoch/errors.js';

/**
 * Builds of one source, with the same results: with 128-bit vectors, without them for hosts that lack them, and with
 * them in a memory that is imported and shared by threads.
 */
export type CoreBuild = 'simd' | 'plain' | 'shared';

const FILE: Record<CoreBuild, URL> = {
  simd: new URL('../../../wasm/yuma.wasm', import.meta.url),
  plain: new URL('../../../wasm/yuma-plain.wasm', import.meta.url),
  shared: new URL('../../../wasm/yuma-shared.wasm', import.meta.url),
};

/**
 * The module's bytes: those of the build asked for, or of the fastest for one thread that this host accepts.
 * @throws YumaError CORE_UNAVAILABLE if it was not built
 */
export function readCoreModule(build?: CoreBuild): Uint8Array<ArrayBuffer> {
  if (build !== undefined) return readBytes(FILE[build]);
  const simd = readBytes(FILE.simd);
  return WebAssembly.validate(simd) ? simd : readBytes(FILE.plain);
}

function readBytes(file: URL): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (cause) {
    throw new YumaError('CORE_UNAVAILABLE', { reason: (cause as Error).message }, { cause });
  }
}
