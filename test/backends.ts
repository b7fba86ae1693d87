/**
 * All backends, each with its name for the test report, and the WebAssembly core once more in each of its two ways
 * through an epoch, which it else chooses by itself, and in its build without vectors. One that cannot be created fails
 * its suite: none is skipped.
 */
import type { Backend } from '../src/backends/backend.js';
import { BACKENDS, createBackend } from '../src/backends/backends.js';
import { WasmCore } from '../src/backends/wasm/core.js';
import { type CoreExports, instantiateCore } from '../src/backends/wasm/exports.js';
import { type CoreBuild, readCoreModule } from '../src/backends/wasm/module.js';

export interface BackendUnderTest {
  readonly name: string;
  readonly backend: Backend;
  /** Epochs that went through tiles so far; only where the way is chosen here. */
  readonly tiled?: () => number;
}

interface Ways extends CoreExports {
  probeWay(way: number): void;
  probeTiled(): number;
}

const TILES_WHERE_THEY_FIT = 1;
const NO_TILES = 2;

function wasmBy(name: string, build: CoreBuild, way: number): BackendUnderTest {
  const exports = instantiateCore(readCoreModule(build)) as Ways;
  exports.probeWay(way);
  const core = new WasmCore(exports);
  let tiled = 0;
  const runSync: NonNullable<Backend['runSync']> = (input, options) => {
    const output = core.run(input, options);
    tiled += exports.probeTiled();
    return output;
  };
  const run: Backend['run'] = async (inputs, options) => inputs.map((input) => runSync(input, options));
  return { name, backend: { name, run, runSync, close: async () => {} }, tiled: () => tiled };
}

export const backendsUnderTest = (): BackendUnderTest[] => [
  ...BACKENDS.map((name) => ({ name, backend: createBackend(name) })),
  wasmBy('wasm, tiles', 'simd', TILES_WHERE_THEY_FIT),
  wasmBy('wasm, no tiles', 'simd', NO_TILES),
  wasmBy('wasm, plain build', 'plain', TILES_WHERE_THEY_FIT),
];
