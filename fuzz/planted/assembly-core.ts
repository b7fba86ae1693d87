/** The core with a fault, compiled in memory: no file of the tree is written. */
import { readFileSync } from 'node:fs';
import { WasmCore } from '#yuma/backends/wasm/core.js';
import { type CoreExports, instantiateCore } from '#yuma/backends/wasm/exports.js';
import type { EpochInput } from '#yuma/epoch/input.js';
import type { EpochOutput } from '#yuma/epoch/output.js';
import { checkAllButColumns } from '#yuma/epoch/validate.js';
import { type Fault, planted } from './fault.js';

/** As `probeWay` takes them. */
const WAYS = { any: 0, tiles: 1, general: 2, cells: 3 };
/** Stages that only cells have; all others of tile/ are reached by tiles, which take any small subnet. */
const OF_CELLS = ['tile/cells', 'tile/expand', 'tile/sparse'];

/** What it finds decides whether tiles take an epoch. */
const DECIDES = 'rows';

/** Without its optimiser the compiler takes a tenth of the time, and the results are the same. */
const OPTIONS = ['--config', 'none', '--enable', 'simd', '--runtime', 'stub', '--use', 'abort=', '--noAssert'];

/** The little of the compiler's interface that is used: its own types redeclare globals such as `console`. */
interface Compiler {
  main(
    args: readonly string[],
    files: {
      readFile(name: string): string | null;
      writeFile(name: string, contents: Uint8Array | string): void;
      listFiles(): string[];
    },
  ): Promise<{ readonly error: Error | null; readonly stderr: object }>;
}

const COMPILER: string = 'assemblyscript/asc';
const asc = ((await import(COMPILER)) as { readonly default: Compiler }).default;

export async function faultyCore(fault: Fault): Promise<(input: EpochInput) => EpochOutput> {
  const exports = instantiateCore(await compiled(fault)) as CoreExports & { probeWay(way: number): void };
  exports.probeWay(wayTo(fault.file));
  const core = new WasmCore(exports);
  return (input) => core.run(checkAllButColumns(input, { lenient: true }), { intermediates: true });
}

function wayTo(file: string): number {
  if (OF_CELLS.includes(file)) return WAYS.cells;
  return file.startsWith('tile/') || file === DECIDES ? WAYS.tiles : WAYS.general;
}

async function compiled(fault: Fault): Promise<Uint8Array<ArrayBuffer>> {
  let module: Uint8Array<ArrayBuffer> | undefined;
  const file = `assembly/${fault.file}.ts`;
  const { error, stderr } = await asc.main(['assembly/index.ts', '--outFile', 'faulty.wasm', ...OPTIONS], {
    readFile: (name) => {
      const text = textOf(name);
      return text !== null && name === file ? planted(text, fault) : text;
    },
    writeFile: (_, bytes) => {
      module = new Uint8Array(bytes as Uint8Array);
    },
    listFiles: () => [],
  });
  if (error !== null || module === undefined) throw new Error(`${file}, "${fault.is}": ${error}\n${stderr}`);
  return module;
}

function textOf(name: string): string | null {
  try {
    return readFileSync(name, 'utf8');
  } catch {
    return null; // the compiler asks for names that there may be
  }
}
