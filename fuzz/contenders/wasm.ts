/** The WebAssembly core in the caller's thread: each build, and each way through an epoch, which it else chooses itself. */
import { WasmCore } from '#yuma/backends/wasm/core.js';
import { type CoreExports, compileCore, instantiateCore, instantiateShared } from '#yuma/backends/wasm/exports.js';
import { type CoreBuild, readCoreModule } from '#yuma/backends/wasm/module.js';
import type { Contender } from '../contender.js';

interface Probed extends CoreExports {
  probeWay(way: number): void;
}

/** As `probeWay` takes them. */
const WAYS = { any: 0, tiles: 1, general: 2, cells: 3 } as const;

/** 64 KiB each. */
const MOST_PAGES = 65_536;

export const wasmContenders = (): Contender[] => [
  wasmBy('wasm', 'simd', WAYS.any),
  wasmBy('wasm, tiles', 'simd', WAYS.tiles),
  wasmBy('wasm, cells', 'simd', WAYS.cells),
  wasmBy('wasm, general stages', 'simd', WAYS.general),
  wasmBy('wasm, shared build', 'shared', WAYS.any),
];

/** Without vectors, entry by entry: the oracle where the reference is left out. */
export const plainContender = (): Contender => wasmBy('wasm, plain build', 'plain', WAYS.any);

function wasmBy(name: string, build: CoreBuild, way: number): Contender {
  const exports = instantiate(build);
  exports.probeWay(way);
  const core = new WasmCore(exports);
  return {
    name,
    takes: () => true,
    run: async (cases) =>
      cases.map(({ input }) => {
        const out = core.run(input, { intermediates: true });
        return { out, mid: out.intermediates };
      }),
    close: async () => {},
  };
}

function instantiate(build: CoreBuild): Probed {
  const bytes = readCoreModule(build);
  if (build !== 'shared') return instantiateCore(bytes) as Probed;
  const memory = new WebAssembly.Memory({ initial: 16, maximum: MOST_PAGES, shared: true });
  return instantiateShared(compileCore(bytes), memory) as CoreExports as Probed;
}
