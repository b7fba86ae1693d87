/** How subnets held on a device end, and what they leave: no buffer, no promise that waits. And where a device has no room. */
import { afterAll, expect, test } from 'vitest';
import { benchSubnet } from '../../../src/bench/subnet.js';
import { createEngineOn } from '../../../src/engine/engine.js';
import { createEngine, type EpochInput, type Subnet } from '../../../src/index.js';
import { compareOutput } from '../../../src/verify/index.js';
import { describeOnGpu, MAIN_ADAPTERS } from '../../gpu.js';
import { vectorsOf } from '../moves.js';
import { type Disguise, liveBuffers, spiedHost } from './spied.js';

const subnet = (seed = 1, fill = 1): EpochInput =>
  benchSubnet({ validators: 8, neurons: 64, fill, pattern: 'random' }, 'yuma3', seed, 1);
const step = (epoch: number) => ({ currentBlock: 7_000_000n + 360n * BigInt(epoch), emission: 1_000_000_000n });
const MANY = 200;

const exact = await createEngine({ backend: 'wasm' });
afterAll(() => exact.close());
const same = (one: Subnet, other: Subnet) =>
  expect(Buffer.from(one.snapshot()).equals(Buffer.from(other.snapshot()))).toBe(true);

await describeOnGpu('the end of a subnet held on a device', MAIN_ADAPTERS, ({ adapter }) => {
  const open = async (disguise?: Disguise) => {
    const { host, devices } = spiedHost(disguise);
    const engine = await createEngineOn(host, { backend: 'webgpu', adapter });
    return { host, engine, devices, gpu: devices[0]! };
  };

  test(`${MANY} of them, opened and closed, leave no buffer on the device; nor does the engine`, async () => {
    const { engine, gpu } = await open();
    const live = liveBuffers(gpu);
    let ofBatches: number | undefined;
    for (let round = 0; round < 2; round++) {
      const all = await Promise.all(Array.from({ length: MANY }, (_, seed) => engine.open(subnet(seed))));
      for (const epoch of [0, 1]) await Promise.all(all.map((each) => each.advance(step(epoch))));
      const held = [...live].filter(({ label }) => label === 'held').length;
      expect(held).toBe(3 * MANY); // weights, bonds, and room for the next ones
      all[0]!.register(all[0]!.n, 7_000_400n); // rows grow, and so do its buffers
      await all[0]!.advance(step(2));
      for (const each of all) each.close();
      ofBatches ??= live.size;
      expect(live.size).toBe(ofBatches);
      expect([...live].every(({ label }) => label !== 'held')).toBe(true);
    }
    using left = await engine.open(subnet());
    await left.advance(step(0));
    await engine.close();
    await expect(gpu.lost).resolves.toMatchObject({ reason: 'destroyed' });
    left.close();
  });

  test('closed with an epoch under way: that one rejects, and its buffers go when the device has let go', async () => {
    const { host, engine, gpu } = await open();
    const live = liveBuffers(gpu);
    const held = await engine.open(subnet());
    await held.advance(step(0));
    const second = held.advance(step(1));
    await host.turn();
    held.close();
    expect([...live].some(({ label }) => label === 'held')).toBe(true);
    await expect(second).rejects.toMatchObject({ code: 'CLOSED' });
    expect([...live].filter(({ label }) => label === 'held')).toHaveLength(0);
    await engine.close();
  });

  test('its engine closed with an epoch under way: all settles, and it takes its close', async () => {
    for (const turns of [0, 1, 2, 4]) {
      const { host, engine } = await open();
      const held = await engine.open(subnet());
      await held.advance(step(0));
      const second = Promise.allSettled([held.advance(step(1))]);
      for (let turn = 0; turn < turns; turn++) await host.turn();
      await engine.close();
      const [outcome] = await second;
      if (outcome!.status === 'rejected') expect(outcome!.reason).toMatchObject({ code: 'CLOSED' });
      expect(() => held.snapshot()).toThrow(expect.objectContaining({ code: 'CLOSED' }));
      await held.idle();
      held.close();
    }
  });

  test('its device lost and its engine closed at once: all settles', async () => {
    const { host, engine, gpu } = await open();
    const held = await engine.open(subnet());
    await held.advance(step(0));
    const second = Promise.allSettled([held.advance(step(1))]);
    await host.turn();
    gpu.destroy();
    await engine.close();
    const [outcome] = await second;
    expect(outcome).toMatchObject({ status: 'rejected' });
    expect(['DEVICE_LOST', 'CLOSED']).toContain((outcome as PromiseRejectedResult).reason.code);
    held.close();
  });

  test('lost after an abort, while the device was still at it: the epoch before stands, and the next one runs', async () => {
    const { host, engine, gpu } = await open();
    using held = await engine.open(subnet());
    using plain = await exact.open(subnet());
    for (const each of [held, plain]) await each.advance(step(0));
    const controller = new AbortController();
    const aborted = held.advance(step(1), { signal: controller.signal });
    await host.turn();
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'ABORTED' });
    gpu.destroy();
    await held.idle();
    same(held, plain);
    held.setStake(1, 5n << 64n);
    plain.setStake(1, 5n << 64n);
    expect(await held.runEpoch(step(1))).toEqual(await plain.runEpoch(step(1)));
    await engine.close();
  });

  test('too large for the device: GPU_LIMIT, it stays as it was, and goes on where there is room', async () => {
    const { engine } = await open({ limits: { maxStorageBufferBindingSize: 20_000 } });
    using small = await engine.open(
      benchSubnet({ validators: 2, neurons: 16, fill: 1, pattern: 'columns' }, 'yuma3', 1, 1),
    );
    using large = await engine.open(
      benchSubnet({ validators: 32, neurons: 256, fill: 1, pattern: 'columns' }, 'yuma3', 1, 1),
    );
    const before = Buffer.from(large.snapshot());
    const [first, second] = await Promise.allSettled([small.runEpoch(step(0)), large.runEpoch(step(0))]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'GPU_LIMIT' } });
    expect(Buffer.from(large.snapshot()).equals(before)).toBe(true);
    using elsewhere = await exact.restore(large.snapshot());
    await elsewhere.advance(step(0));
    await engine.close();
  });

  test('bonds by column that no longer fit come back with each epoch', async () => {
    const sparse = benchSubnet({ validators: 64, neurons: 256, fill: 0.1, pattern: 'random' }, 'yuma3', 1, 1);
    const { engine } = await open({ limits: { maxStorageBufferBindingSize: 4 * 64 * 256 + 64 } }); // a matrix, just
    using held = await engine.open(sparse);
    using plain = await exact.open(sparse);
    for (let epoch = 0; epoch < 4; epoch++) {
      for (const each of [held, plain]) await each.advance(step(epoch));
      expect(vectorsOf(held)).toEqual(vectorsOf(plain));
      same(held, plain);
    }
    expect(compareOutput(await held.runEpoch(step(4)), { out: await plain.runEpoch(step(4)) })).toBeNull();
    expect(engine.info().computed).toEqual({ webgpu: 5, wasm: 0 });
    await engine.close();
  });
});
