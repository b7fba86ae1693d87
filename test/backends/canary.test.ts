/** Nothing is written beyond the bytes that the core says an epoch needs, whichever way the epoch takes. */
import { describe, expect, test } from 'vitest';
import { WasmCore } from '../../src/backends/wasm/core.js';
import { type CoreExports, instantiateCore } from '../../src/backends/wasm/exports.js';
import { readCoreModule } from '../../src/backends/wasm/module.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { type EpochInput, type Hyperparameters, hyperparameters, sparseRows, stakeFromRao } from '../../src/index.js';

interface Ways extends CoreExports {
  probeWay(way: number): void;
}

const CANARY = 0xab;
const N = 400;

/** Everybody votes. Each array of the arena is full in one of these: all weights, or weights and bonds in no column both. */
function subnet(weightColumns: number[], bondColumns: number[], mode: Partial<Hyperparameters>): EpochInput {
  const rows = (columns: number[]) =>
    sparseRows(Array.from({ length: N }, (_, uid) => columns.map((column) => [column, 1 + ((uid + column) % 9)])));
  return {
    rules: 'subtensor-425',
    n: N,
    currentBlock: 1_000n,
    lastStep: 899n,
    emission: 1_000_000_000n,
    ownerUid: null,
    hyperparameters: hyperparameters({ commitReveal: false, maxValidators: N, bondsPenalty: 0, ...mode }),
    stake: stakeFromRao(Array.from({ length: N }, (_, uid) => BigInt(10 ** 6 + uid))),
    lastUpdate: new BigUint64Array(N).fill(990n),
    registeredAt: new BigUint64Array(N).fill(10n),
    validatorPermit: new Uint8Array(N).fill(1),
    weights: rows(weightColumns),
    bonds: rows(bondColumns),
  };
}

const all = Array.from({ length: N }, (_, column) => column);
const even = all.filter((column) => column % 2 === 0);
const odd = all.filter((column) => column % 2 === 1);

const MODES: Partial<Hyperparameters>[] = [
  { yuma3: false },
  { yuma3: true },
  { yuma3: true, bondsPenalty: 30_000 },
  { yuma3: true, liquidAlpha: true },
];

describe.each([
  ['tiles wherever they can be', 1],
  ['the general stages', 2],
  ['cells', 3],
])('with %s', (_, way) => {
  test.each([
    ['all weights and no bonds', all, []],
    ['weights and bonds apart', even, odd],
    ['bonds alone', [], all],
    ['all of both', all, all],
  ])('%s: the memory behind the arena stays as it was', (_, weightColumns, bondColumns) => {
    const exports = instantiateCore(readCoreModule()) as Ways;
    const asked = instantiateCore(readCoreModule());
    exports.probeWay(way);
    const core = new WasmCore(exports);
    for (const mode of MODES) {
      const checked = checkEpochInput(subnet(weightColumns, bondColumns, mode));
      core.run(checked, {}); // lays the epoch out
      const end = asked.bytesNeeded(N, checked.weights.columns.length, checked.bonds.columns.length);
      const behind = new Uint8Array(exports.memory.buffer, end);
      behind.fill(CANARY);
      core.run(checked, {});
      expect(behind.every((byte) => byte === CANARY)).toBe(true);
    }
  });
});
