/** What becomes of engines whose GPU fails, on a real adapter. Without one: auto.test.ts, batches.test.ts. */
import { expect, test } from 'vitest';
import { benchSubnet } from '../../../src/bench/subnet.js';
import { createEngineOn, type EngineWarning } from '../../../src/engine/engine.js';
import { createEngine, type EpochInput } from '../../../src/index.js';
import { compareOutput } from '../../../src/verify/index.js';
import { describeOnGpu, MAIN_ADAPTERS } from '../../gpu.js';
import { spiedHost } from './spied.js';

const SUBNETS = 24;
const inputs: EpochInput[] = Array.from({ length: SUBNETS }, (_, at) =>
  benchSubnet({ validators: 16, neurons: 128, fill: 1, pattern: 'columns' }, 'yuma3', 1, at + 1),
);
const exact = await createEngine({ backend: 'wasm' });
const want = await Promise.all(inputs.map((input) => exact.runEpoch(input)));

const step = (epoch: number) => ({ currentBlock: 7_000_000n + 360n * BigInt(epoch), emission: 1_000_000_000n });

await describeOnGpu('a GPU that fails', MAIN_ADAPTERS, ({ adapter }) => {
  test('destroyed in the middle of a batch: webgpu rejects every epoch; the next one opens a GPU anew', async () => {
    const { host, devices } = spiedHost();
    const engine = await createEngineOn(host, { backend: 'webgpu', adapter });
    const runs = Promise.allSettled(inputs.map((input) => engine.runEpoch(input)));
    await host.turn();
    devices[0]!.destroy();
    for (const run of await runs) expect(run).toMatchObject({ status: 'rejected', reason: { code: 'DEVICE_LOST' } });
    const again = await Promise.all(inputs.map((input) => engine.runEpoch(input)));
    for (const [at, output] of again.entries()) expect(compareOutput(output, { out: want[at]! })).toBeNull();
    expect(devices).toHaveLength(2);
    expect(engine.info().computed).toEqual({ webgpu: SUBNETS, wasm: 0 });
    await engine.close();
  });

  test('lost for good: webgpu says so, epoch by epoch, and closes', async () => {
    const { host, devices } = spiedHost();
    let there = true;
    const gpu = { ...host.gpu, routes: async (choice: 'auto') => (there ? host.gpu.routes(choice) : []) };
    const engine = await createEngineOn({ ...host, gpu }, { backend: 'webgpu', adapter });
    using subnet = await engine.open(inputs[0]!);
    using same = await exact.open(inputs[0]!);
    for (const each of [subnet, same]) await each.advance(step(0));
    devices[0]!.destroy();
    there = false;
    for (let tries = 0; tries < 2; tries++) {
      await expect(subnet.advance(step(1))).rejects.toMatchObject({ code: 'GPU_UNAVAILABLE' });
      await expect(engine.runEpoch(inputs[1]!)).rejects.toMatchObject({ code: 'GPU_UNAVAILABLE' });
    }
    expect(Buffer.from(subnet.snapshot())).toEqual(Buffer.from(same.snapshot()));
    there = true;
    expect(await subnet.runEpoch(step(1))).toEqual(await same.runEpoch(step(1)));
    await engine.close();
  });

  test('destroyed in the middle of a batch: auto gives every result, warns once, and takes the GPU up later', async () => {
    const { host, devices } = spiedHost({ name: 'made-up hardware' });
    const warnings: EngineWarning[] = [];
    await using engine = await createEngineOn(host, {
      adapter,
      gpuCrossoverMs: 0.001, // everything pays
      onWarning: (warning) => void warnings.push(warning),
    });
    const runAll = async () => {
      const got = await Promise.all(inputs.map((input) => engine.runEpoch(input)));
      for (const [at, output] of got.entries()) expect(compareOutput(output, { out: want[at]! })).toBeNull();
    };
    await runAll();
    expect(engine.info()).toMatchObject({ backend: 'webgpu', adapter: { name: 'made-up hardware', software: false } });
    expect(engine.info().computed).toEqual({ wasm: 0, webgpu: SUBNETS });
    const running = runAll();
    await host.turn();
    await host.turn();
    devices[0]!.destroy();
    await running;
    expect(warnings.map(({ fault }) => fault.code)).toEqual(['DEVICE_LOST']);
    expect(warnings[0]!.message).toContain('the CPU computes its epochs');
    expect(engine.info()).toMatchObject({ backend: 'wasm', adapter: null });
    expect(engine.info().why).toBe('made-up hardware failed (DEVICE_LOST) and is tried again after 60 s');
    await runAll();
    expect(engine.info().computed).toEqual({ wasm: 2 * SUBNETS, webgpu: SUBNETS });
  });

  test('limits too small for one subnet: webgpu says so, and computes the others', async () => {
    const { host } = spiedHost({ limits: { maxStorageBufferBindingSize: 200_000 } });
    await using engine = await createEngineOn(host, { backend: 'webgpu', adapter });
    const large = benchSubnet({ validators: 128, neurons: 512, fill: 1, pattern: 'columns' }, 'yuma3', 1, 99);
    const [first, second] = await Promise.allSettled([engine.runEpoch(inputs[0]!), engine.runEpoch(large)]);
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'GPU_LIMIT' } });
    expect(first.status === 'fulfilled' && compareOutput(first.value, { out: want[0]! })).toBeNull();
  });

  test('aborted in the middle of a batch: the others are computed', async () => {
    const { host } = spiedHost();
    await using engine = await createEngineOn(host, { backend: 'webgpu', adapter });
    const controller = new AbortController();
    const aborted = engine.runEpoch(inputs[0]!, { signal: controller.signal });
    const other = engine.runEpoch(inputs[1]!);
    await host.turn();
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'ABORTED' });
    expect(compareOutput(await other, { out: want[1]! })).toBeNull();
  });
});
