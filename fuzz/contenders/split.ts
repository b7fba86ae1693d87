/**
 * An epoch in two parts, by two instances of the shared build over one memory, in the caller's thread: the steps of
 * docs/abi.md one after the other, so that millions of cases can be split. It takes what tiles can take; the races of real
 * threads are for `pool.ts`.
 */
import { Arenas } from '#yuma/backends/wasm/arena.js';
import { compileCore, instantiateShared, type SharedExports } from '#yuma/backends/wasm/exports.js';
import { CANNOT_SPLIT_STATUS, STATUS } from '#yuma/backends/wasm/layout.js';
import { readCoreModule } from '#yuma/backends/wasm/module.js';
import { roomOnce, SubnetMemory } from '#yuma/backends/wasm/subnet-memory.js';
import type { Contender, Outcome } from '../contender.js';
import type { Drawn } from '../draw/case.js';

interface Probed extends SharedExports {
  probeWay(way: number): void;
}

const TILES = 1;
const PARTS = 2;
/** The head of what the parts share is zero when they begin. */
const ZEROED_BYTES = 64;

export function splitContender(): Contender {
  const module = compileCore(readCoreModule('shared'));
  const arenas = new Arenas(module, true);
  const { first } = arenas;
  const cores = Array.from({ length: PARTS }, () => instantiateShared(module, first.memory) as Probed);
  for (const core of cores) core.probeWay(TILES);

  /** Status of all parts: the first that is not 0. */
  function inParts(memory: SubnetMemory, turned: boolean): number {
    const { n, rows, room } = memory;
    const { w, b } = memory.entries;
    const scratchBytes = first.exports.tileScratchBytes(n, rows, w, b);
    const commonBytes = cores[0]!.splitBytes(n, rows);
    const common = first.take(commonBytes);
    const scratches = cores.map(() => first.take(scratchBytes));
    new Uint8Array(first.memory.buffer, common, ZEROED_BYTES).fill(0);
    const order = turned ? [1, 0] : [0, 1]; // who comes first takes all columns
    const step = (run: (core: Probed, part: number) => number): number =>
      order.reduce((status, part) => status || run(cores[part]!, part), 0);
    try {
      return (
        step((core, part) =>
          core.placePart(memory.place.at, scratches[part]!, scratchBytes, common, commonBytes, n, room.w, room.b, part),
        ) ||
        step((core) => core.tilesPart()) ||
        step((core) => core.dividendsPart()) ||
        cores[0]!.finish()
      );
    } finally {
      for (const at of [common, ...scratches]) first.free(at);
    }
  }

  function run({ index, input }: Drawn): Outcome {
    const room = roomOnce(input.weights.columns.length, input.bonds.columns.length);
    const memory = new SubnetMemory(arenas, input, room);
    try {
      const status = inParts(memory, index % 2 === 1);
      if (status === CANNOT_SPLIT_STATUS) return null;
      if (status !== 0) throw new Error(`split: ${STATUS[status] ?? status}`);
      const out = memory.output(false, { intermediates: true });
      return { out, mid: out.intermediates };
    } finally {
      memory.free();
    }
  }

  return {
    name: 'wasm, two parts',
    takes: ({ odd }) => !odd,
    run: async (cases) => cases.map(run),
    close: async () => {},
  };
}
