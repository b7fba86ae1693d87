/** Exports of the WebAssembly core that the backend calls (docs/abi.md), and their loading from module bytes. */
import { YumaError } from '../../epoch/errors.js';
import { ABI_VERSION, MEMORY_LIMIT } from './layout.js';

/** The least memory that an instance takes. */
const PAGE = 65_536;

export interface CoreExports {
  /** Grows in `prepare`; its buffer is then another one. */
  readonly memory: { readonly buffer: ArrayBuffer | SharedArrayBuffer };
  abiVersion(): number;
  /** Bytes of memory for n neurons, w stored weights and b stored bonds; undoes `prepare`. */
  bytesNeeded(n: number, w: number, b: number): number;
  prepare(n: number, w: number, b: number): number;
  address(field: number): number;
  run(): number;
}

/** What a core adds for subnets that lie where the host puts them. */
export interface ArenaExports extends CoreExports {
  readonly memory: WebAssembly.Memory;
  /** First address that is the host's. */
  arenaStart(): number;
  stateBytes(n: number, w: number, b: number): number;
  /** Scratch that any such epoch may need; `tileScratchBytes` is far less and enough for most. */
  scratchBytes(n: number, w: number, b: number): number;
  tileScratchBytes(n: number, rows: number, w: number, b: number): number;
  place(base: number, scratch: number, scratchBytes: number, n: number, w: number, b: number): number;
}

/** What the shared build adds: parts of one epoch, computed at the same time. */
export interface SharedExports extends ArenaExports {
  splitBytes(n: number, rows: number): number;
  placePart(
    base: number,
    scratch: number,
    scratchBytes: number,
    common: number,
    commonBytes: number,
    n: number,
    w: number,
    b: number,
    part: number,
  ): number;
  tilesPart(): number;
  dividendsPart(): number;
  finish(): number;
}

/** A host without memory for a module or an instance throws a RangeError; bytes that are none another error. */
function unavailable(cause: unknown): YumaError {
  if (cause instanceof RangeError) return outOfMemory(PAGE, { cause });
  return new YumaError('CORE_UNAVAILABLE', { reason: (cause as Error).message }, { cause });
}

export const outOfMemory = (bytes: number, options?: ErrorOptions): YumaError =>
  new YumaError('OUT_OF_MEMORY', { bytes: String(bytes), limit: String(MEMORY_LIMIT) }, options);

/** @throws YumaError CORE_UNAVAILABLE if the bytes are no module; OUT_OF_MEMORY */
export function compileCore(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    throw unavailable(cause);
  }
}

/**
 * Compiles and instantiates the core in the caller's thread.
 * @throws YumaError CORE_UNAVAILABLE if the bytes are no module, or one of another ABI version; OUT_OF_MEMORY
 */
export function instantiateCore(bytes: Uint8Array<ArrayBuffer>): CoreExports {
  return instantiate<CoreExports>(compileCore(bytes), {});
}

/** The same with a memory of its own for subnets. */
export function instantiateArena(module: WebAssembly.Module): ArenaExports {
  return instantiate<ArenaExports>(module, {});
}

/** The same in a memory that other threads map too. */
export function instantiateShared(module: WebAssembly.Module, memory: WebAssembly.Memory): SharedExports {
  return { ...instantiate<SharedExports>(module, { env: { memory } }), memory };
}

function instantiate<E extends CoreExports>(module: WebAssembly.Module, imports: object): E {
  let exports: E;
  try {
    exports = new WebAssembly.Instance(module, imports).exports as E;
  } catch (cause) {
    throw unavailable(cause);
  }
  if (exports.abiVersion?.() !== ABI_VERSION) {
    throw new YumaError('CORE_UNAVAILABLE', { reason: `it does not speak ABI version ${ABI_VERSION}` });
  }
  return exports;
}
