/**
 * Subnets at which adapters fail silently: llvmpipe ends all loops of an invocation after 65 535 steps. As many rows as one
 * thread may walk, rows dealt to eight threads, long rows; weights over many powers of two, which make a median walk far.
 * The other side is the WebAssembly core, as the reference would take minutes.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WasmCore } from '../../../src/backends/wasm/core.js';
import { instantiateCore } from '../../../src/backends/wasm/exports.js';
import { readCoreModule } from '../../../src/backends/wasm/module.js';
import type { WebgpuBackend } from '../../../src/backends/webgpu/index.js';
import { lanesFor } from '../../../src/backends/webgpu/planner.js';
import { checkEpochInput } from '../../../src/epoch/validate.js';
import { type EpochInput, hyperparameters, stakeFromRao } from '../../../src/index.js';
import { Random } from '../../../src/sample/random.js';
import { compareOutput } from '../../../src/verify/index.js';
import { describeOnGpu, MAIN_ADAPTERS } from '../../gpu.js';
import { openBackend } from './backend.js';

const MODES = {
  Yuma3: { yuma3: true },
  Yuma2: { yuma3: false },
  'liquid alpha': { yuma3: true, liquidAlpha: true },
};

function subnet(rows: number, n: number, changes: object): EpochInput {
  const random = new Random(rows, n);
  const entries = rows * n;
  const offsets = Uint32Array.from({ length: n + 1 }, (_, uid) => Math.min(uid, rows) * n);
  const columns = Uint16Array.from({ length: entries }, (_, at) => at % n);
  const rawValues = () => Uint16Array.from({ length: entries }, () => 2 ** random.below(16) + random.below(2));
  return {
    rules: 'subtensor-425',
    n,
    currentBlock: 10_000n,
    lastStep: 9_639n,
    emission: 148_000_000_000n,
    ownerUid: null,
    hyperparameters: hyperparameters({ commitReveal: false, maxValidators: rows, ...changes }),
    stake: stakeFromRao(Array.from({ length: n }, (_, uid) => (uid < rows ? BigInt(1 + random.below(1_000)) : 0n))),
    lastUpdate: new BigUint64Array(n).fill(9_900n),
    registeredAt: new BigUint64Array(n).fill(100n),
    validatorPermit: Uint8Array.from({ length: n }, (_, uid) => Number(uid < rows)),
    weights: { offsets, columns, values: rawValues() },
    bonds: { offsets, columns, values: rawValues() },
  };
}

await describeOnGpu('the bits of the core', MAIN_ADAPTERS, (adapter) => {
  let backend: WebgpuBackend;
  const core = new WasmCore(instantiateCore(readCoreModule()));
  beforeAll(async () => {
    backend = await openBackend(adapter);
  });
  afterAll(() => backend.close());

  describe.each([
    [1_780, 1_792, 1],
    [2_000, 2_048, 8],
    [24, 20_000, 1],
  ])('%i rows of %i columns', (rows, n, lanes) => {
    test(`${lanes} threads share a column`, () => expect(lanesFor(rows)).toBe(lanes));

    test.each(Object.entries(MODES))('%s', async (_, changes) => {
      const input = checkEpochInput(subnet(rows, n, changes));
      const [got] = await backend.run([input], { intermediates: true });
      const want = core.run(input, { intermediates: true });
      expect(compareOutput(got!, { out: want, mid: want.intermediates })).toBeNull();
    });
  });
});
