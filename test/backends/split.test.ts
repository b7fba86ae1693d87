/** One epoch by several threads gives the bits of the reference (docs/abi.md, "One epoch by several threads"). */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReferenceBackend } from '../../src/backends/reference.js';
import { compileCore, instantiateShared, type SharedExports } from '../../src/backends/wasm/exports.js';
import { STATUS } from '../../src/backends/wasm/layout.js';
import { readCoreModule } from '../../src/backends/wasm/module.js';
import { viewsOf, writeInput } from '../../src/backends/wasm/views.js';
import { hyperparameters } from '../../src/epoch/hyperparameters.js';
import type { EpochInput } from '../../src/epoch/input.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { inputs } from '../arbitrary/inputs.js';
import { assertForInputs, SEED } from '../counterexamples.js';
import { denseSubnet } from './dense-subnet.js';

console.info(`split: SEED=${SEED}`);
const reference = createReferenceBackend();
const PARTS = 3;
const aligned = (bytes: number): number => (bytes + 15) & ~15;

let core: SharedExports;
let control: number;
let workers: Worker[];

beforeAll(async () => {
  const memory = new WebAssembly.Memory({ initial: 2_000, maximum: 65_536, shared: true });
  const bytes = readCoreModule('shared');
  core = instantiateShared(compileCore(bytes), memory);
  control = core.arenaStart();
  workers = Array.from({ length: PARTS }, (_, part) => {
    const workerData = { bytes, memory, part, parts: PARTS, control };
    return new Worker(new URL('./split-worker.mjs', import.meta.url), { workerData });
  });
  await Promise.all(workers.map((worker) => once(worker, 'message')));
});

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.terminate()));
});

let split = 0;

/** Gives whether the epoch could be split; if so, its results were compared. */
async function compare(input: EpochInput): Promise<boolean> {
  const checked = checkEpochInput(input);
  const { n } = checked;
  const [w, b] = [checked.weights.columns.length, checked.bonds.columns.length];
  const room = w + b;
  const base = control + 64;
  const common = aligned(base + core.stateBytes(n, w, room));
  const commonBytes = aligned(core.splitBytes(n, n));
  const scratch = common + commonBytes;
  const scratchBytes = aligned(core.tileScratchBytes(n, n, w, b));
  expect(scratch + PARTS * scratchBytes).toBeLessThan(core.memory.buffer.byteLength);
  new Uint8Array(core.memory.buffer, common, 64).fill(0);
  core.placePart(base, scratch, scratchBytes, common, commonBytes, n, w, room, 0);
  const views = viewsOf(core, n, w, room, room);
  writeInput(views, checked);
  const replies = workers.map((worker) => once(worker, 'message'));
  for (const worker of workers) {
    worker.postMessage({ base, scratch, scratchBytes, common, commonBytes, n, w, b: room });
  }
  const statuses = (await Promise.all(replies)).map(([status]) => STATUS[status as number]);
  if (statuses.includes('the epoch cannot be split')) return false;
  expect(statuses).toEqual(Array.from({ length: PARTS }, () => 'ok'));
  const [want] = await reference.run([checked], { intermediates: true });
  const { bonds, intermediates, meta: _, stake, ...vectors } = want!;
  for (const [name, vector] of Object.entries(vectors)) {
    if (name !== 'n') expect(views[name as 'emission'], name).toEqual(vector);
  }
  expect(views.wholeStake).toEqual(stake);
  expect(views.rawIncentive).toEqual(intermediates!.incentive);
  expect(views.rawDividends).toEqual(intermediates!.dividends);
  expect(views.rawValidatorTrust).toEqual(intermediates!.validatorTrust);
  expect(views.bondsOut.offsets).toEqual(bonds.offsets);
  expect(views.bondsOut.columns.subarray(0, bonds.columns.length)).toEqual(bonds.columns);
  expect(views.bondsOut.values.subarray(0, bonds.values.length)).toEqual(bonds.values);
  split += 1;
  return true;
}

test('on arbitrary inputs in ascending columns, of one tile and of several', async () => {
  const before = split;
  for (const [neurons, times] of [
    [12, 250],
    [150, 80],
  ] as const) {
    await assertForInputs('split', inputs({ sorted: true, neurons }), times, async (input) => {
      await compare(input);
    });
  }
  expect(split - before).toBeGreaterThan(20);
});

const MODES = {
  Yuma2: { yuma3: false },
  Yuma3: { yuma3: true },
  'liquid alpha': { yuma3: true, liquidAlpha: true },
  'a penalty between': { yuma3: true, bondsPenalty: 30_000 },
};

test.each(Object.entries(MODES))('on a dense subnet of many chunks: %s', async (_, mode) => {
  const input = denseSubnet(24, 1_500);
  expect(await compare({ ...input, hyperparameters: hyperparameters({ commitReveal: false, ...mode }) })).toBe(true);
});

test('an epoch whose medians are all 0 under liquid alpha is not split', async () => {
  const input = denseSubnet(3, 40);
  const weights = { ...input.weights, values: input.weights.values.map(() => 0) };
  const parameters = hyperparameters({ commitReveal: false, yuma3: true, liquidAlpha: true });
  expect(await compare({ ...input, weights, hyperparameters: parameters })).toBe(false);
});
