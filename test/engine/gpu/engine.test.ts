/** Engines on the adapters at hand. Faults of a GPU in software tests: batches.test.ts and auto.test.ts. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createEngineOn, type EngineWarning } from '../../../src/engine/engine.js';
import { nodeHost } from '../../../src/engine/node.js';
import { createEngine, type EpochInput } from '../../../src/index.js';
import { fakeSource } from '../../backends/webgpu/fake-gpu.js';
import { ALL_ADAPTERS, describeOnGpu, MAIN_ADAPTERS } from '../../gpu.js';
import { WORKED_EXAMPLE } from '../../worked-example.js';

const reference = await createEngine({ backend: 'reference' });
const want = await reference.runEpoch(WORKED_EXAMPLE, { intermediates: true });

test('webgpu without a GPU is an error, not another backend', async () => {
  const without = createEngineOn({ ...nodeHost, gpu: fakeSource({ none: true }) }, { backend: 'webgpu' });
  await expect(without).rejects.toMatchObject({ code: 'GPU_UNAVAILABLE' });
  const refused = createEngineOn({ ...nodeHost, gpu: fakeSource({ refuses: 'no' }) }, { backend: 'webgpu' });
  await expect(refused).rejects.toMatchObject({ code: 'GPU_UNAVAILABLE' });
});

test('options of the GPU are checked', async () => {
  await expect(createEngine({ adapter: 'metal' as 'gl' })).rejects.toMatchObject({ code: 'WRONG_TYPE' });
  await expect(createEngine({ gpuCrossoverMs: -1 })).rejects.toMatchObject({ code: 'WRONG_TYPE' });
});

await describeOnGpu('an engine', ALL_ADAPTERS, ({ adapter }) => {
  test('with backend webgpu computes there, and says so', async () => {
    await using engine = await createEngine({ backend: 'webgpu', adapter });
    expect(await engine.runEpoch(WORKED_EXAMPLE, { intermediates: true })).toEqual(want);
    expect(engine.backend).toBe('webgpu');
    expect(engine.info()).toMatchObject({
      why: 'it was asked for',
      adapter: { software: true },
      threads: 0,
      computed: { webgpu: 1, wasm: 0 },
    });
  });

  test('with backend auto does not take a GPU in software', async () => {
    const warnings: EngineWarning[] = [];
    const onWarning = (warning: EngineWarning) => void warnings.push(warning);
    await using engine = await createEngine({ adapter, gpuCrossoverMs: 0, onWarning });
    const { intermediates: _, ...plain } = want;
    expect(await engine.runEpoch(WORKED_EXAMPLE)).toEqual(plain);
    expect(engine.info()).toMatchObject({ backend: 'wasm', adapter: null, computed: { wasm: 1 } });
    expect(engine.info().why).toContain('computes on the CPU');
    expect(warnings).toEqual([]);
  });
});

await describeOnGpu('an engine with backend webgpu', MAIN_ADAPTERS, ({ adapter }) => {
  const options = { backend: 'webgpu', adapter } as const;

  test('runs nothing at once, and says what to do', async () => {
    await using engine = await createEngine(options);
    expect(() => engine.runEpochSync(WORKED_EXAMPLE)).toThrow(
      'the backend "webgpu" cannot run in the caller\'s thread',
    );
    using subnet = await engine.open(WORKED_EXAMPLE);
    expect(() => subnet.advanceSync({ currentBlock: 1n, emission: 1n })).toThrow('take advance');
  });

  test('holds subnets', async () => {
    await using engine = await createEngine(options);
    using subnet = await engine.open(WORKED_EXAMPLE);
    using same = await reference.open(WORKED_EXAMPLE);
    for (const currentBlock of [10_360n, 10_720n, 11_080n]) {
      const step = { currentBlock, emission: 148_000_000_000n };
      expect(await subnet.runEpoch(step)).toEqual(await same.runEpoch(step));
    }
    expect(Buffer.from(subnet.snapshot())).toEqual(Buffer.from(same.snapshot()));
  });

  test('refuses one odd input of a batch, and computes the others', async () => {
    await using engine = await createEngine(options);
    const odd: EpochInput = {
      ...WORKED_EXAMPLE,
      weights: { ...WORKED_EXAMPLE.weights, columns: Uint16Array.of(3, 3, 4, 3, 3, 2) },
    };
    const runs = [WORKED_EXAMPLE, odd, WORKED_EXAMPLE].map((input) => engine.runEpoch(input, { intermediates: true }));
    const [first, second, third] = await Promise.allSettled(runs);
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'DUPLICATE_COLUMN' } });
    expect([first, third]).toEqual(Array(2).fill({ status: 'fulfilled', value: want }));
  });

  test('closed in the middle of its work, it settles everything', async () => {
    const engine = await createEngine(options);
    const runs = Promise.allSettled(Array.from({ length: 20 }, () => engine.runEpoch(WORKED_EXAMPLE)));
    await engine.close();
    for (const run of await runs) {
      if (run.status === 'rejected') expect(run.reason).toMatchObject({ code: 'CLOSED' });
    }
    await expect(engine.runEpoch(WORKED_EXAMPLE)).rejects.toMatchObject({ code: 'CLOSED' });
  });

  test('200 of them in one process: none is left over, nothing crashes', async () => {
    const script = new URL('open-close.mjs', import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, adapter, '200']);
    const { opened, grownMiB } = JSON.parse(stdout) as { opened: number; grownMiB: number };
    expect(opened).toBe(200);
    expect(grownMiB).toBeLessThan(60);
  });
});
