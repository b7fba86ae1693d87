/** Arenas: memory that grows under the subnets in it, addresses beyond 2 GiB, and a further arena when one is full. */
import { afterEach, describe, expect, test } from 'vitest';
import { type Arena, Arenas } from '../../src/backends/wasm/arena.js';
import { compileCore } from '../../src/backends/wasm/exports.js';
import { MEMORY_LIMIT } from '../../src/backends/wasm/layout.js';
import { readCoreModule } from '../../src/backends/wasm/module.js';
import { LocalExecutor } from '../../src/engine/local.js';
import { PoolExecutor } from '../../src/engine/pool/executor.js';
import { type Executor, ResidentState } from '../../src/engine/subnet/resident.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { createEngine } from '../../src/index.js';
import { WORKED_EXAMPLE } from '../worked-example.js';

const STEP = { currentBlock: 10_360n, emission: 148_000_000_000n };
/** Never touched, so it takes address space and no memory. */
const BEYOND_2_GIB = 2 ** 31 + 2 ** 20;

let pool: PoolExecutor | undefined;
afterEach(async () => {
  await pool?.close();
  pool = undefined;
});

const EXECUTORS: readonly (readonly [name: string, make: () => Promise<Executor>])[] = [
  ['in this thread', async () => new LocalExecutor(new Arenas(compileCore(readCoreModule()), false))],
  [
    'with workers',
    async () => {
      pool = await PoolExecutor.start(1, 10);
      return pool;
    },
  ],
];

describe.each(EXECUTORS)('subnets in arenas, computed %s', (_, make) => {
  async function runsRight(executor: Executor): Promise<ResidentState> {
    await using engine = await createEngine({ backend: 'reference' });
    const state = new ResidentState(checkEpochInput(WORKED_EXAMPLE), executor);
    await state.compute(STEP, {}).done;
    state.accept(STEP);
    expect(state.output({})).toEqual(await engine.runEpoch({ ...WORKED_EXAMPLE, ...STEP }));
    return state;
  }

  test('stay where they are when the memory grows', async () => {
    const executor = await make();
    const state = await runsRight(executor);
    const before = state.input();
    const size = executor.arenas.first.memory.buffer.byteLength;
    executor.arenas.allocate(2 * size);
    expect(executor.arenas.first.memory.buffer.byteLength).toBeGreaterThan(2 * size);
    expect(state.input()).toEqual(before);
    expect(state.view().n).toBe(5);
    await state.compute(STEP, {}).done;
  });

  test('may lie beyond 2 GiB', async () => {
    const executor = await make();
    executor.arenas.allocate(BEYOND_2_GIB);
    const state = await runsRight(executor);
    state.free();
  });

  test('go to a further arena when the first is full, and back when there is room', async () => {
    const executor = await make();
    const { at } = executor.arenas.allocate(MEMORY_LIMIT - 2 ** 20);
    executor.arenas.allocate(2 ** 19);
    const { arena } = executor.arenas.allocate(2 ** 20);
    expect(arena.id).toBe(1);
    const rest: Arena = executor.arenas.first;
    while (rest.allocate(1_024) !== undefined); // full to the last kilobyte
    await runsRight(executor);
    executor.arenas.first.free(at);
    expect(executor.arenas.allocate(2 ** 20).arena.id).toBe(0);
  });

  test('are refused, with what they need, beyond what one arena can hold', async () => {
    const { arenas } = await make();
    expect(() => arenas.allocate(2 ** 32)).toThrow('needs 4294967296 bytes');
    arenas.allocate(16);
  });
});
