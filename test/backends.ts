/**
 * All backends, each with its name for the test report, and the WebAssembly core once more in each of its three ways
 * through an epoch, which it else chooses by itself, in its build without vectors, and on a pool of workers. One that
 * cannot be created fails its suite: none is skipped.
 */
import type { Backend } from '../src/backends/backend.js';
import { createBackend } from '../src/backends/backends.js';
import { WasmCore } from '../src/backends/wasm/core.js';
import { type CoreExports, instantiateCore } from '../src/backends/wasm/exports.js';
import { type CoreBuild, readCoreModule } from '../src/backends/wasm/module.js';
import { nodeHost } from '../src/engine/node.js';
import { PoolExecutor } from '../src/engine/pool/executor.js';

export interface BackendUnderTest {
  readonly name: string;
  readonly backend: Backend;
  /** Epochs so far that went the way this backend is made to take where it can; only where one is chosen here. */
  readonly went?: () => number;
}

interface Ways extends CoreExports {
  probeWay(way: number): void;
  probeWent(): number;
}

/** As `probeWay` takes them and `probeWent` gives them. */
const TILES = { way: 1, went: 1 };
const GENERAL = { way: 2, went: 0 };
const CELLS = { way: 3, went: 2 };

function wasmBy(name: string, build: CoreBuild, { way, went }: typeof TILES): BackendUnderTest {
  const exports = instantiateCore(readCoreModule(build)) as Ways;
  exports.probeWay(way);
  const core = new WasmCore(exports);
  let count = 0;
  const runSync: NonNullable<Backend['runSync']> = (input, options) => {
    const output = core.run(input, options);
    count += Number(exports.probeWent() === went);
    return output;
  };
  const run: Backend['run'] = async (inputs, options) => inputs.map((input) => runSync(input, options));
  return { name, backend: { name, run, runSync, close: async () => {} }, went: () => count };
}

/** Two workers, started with the first epoch; they do not keep the process alive. */
function wasmByWorkers(): BackendUnderTest {
  const name = 'wasm, workers';
  let pool: Promise<PoolExecutor> | undefined;
  const run: Backend['run'] = async (inputs, options) => {
    pool ??= PoolExecutor.start(2, 1_000);
    const executor = await pool;
    return Promise.all(inputs.map((input) => executor.runOnce(input, options)));
  };
  return { name, backend: { name, run, close: async () => {} } };
}

export const backendsUnderTest = async (): Promise<BackendUnderTest[]> => [
  { name: 'wasm', backend: await createBackend('wasm', nodeHost) },
  { name: 'reference', backend: await createBackend('reference', nodeHost) },
  wasmBy('wasm, tiles', 'simd', TILES),
  wasmBy('wasm, cells', 'simd', CELLS),
  wasmBy('wasm, general stages', 'simd', GENERAL),
  wasmBy('wasm, plain build', 'plain', TILES),
  wasmByWorkers(),
];
