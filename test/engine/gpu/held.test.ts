/** Subnets held on a device: the same bits as in plain arrays, next to nothing across the bus, and nothing lost with it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '../../../src/backends/webgpu/device.js';
import { Trace } from '../../../src/bench/gpu/trace.js';
import { benchSubnet } from '../../../src/bench/subnet.js';
import { createEngineOn } from '../../../src/engine/engine.js';
import { EPOCHS_A_MIRROR } from '../../../src/engine/subnet/device.js';
import { createEngine, type Engine, type EpochInput, type Subnet } from '../../../src/index.js';
import { compareOutput } from '../../../src/verify/index.js';
import { describeOnGpu, MAIN_ADAPTERS } from '../../gpu.js';
import { owned, vectorsOf } from '../moves.js';
import { spiedHost } from './spied.js';

const SHAPE = { validators: 16, neurons: 256, fill: 1, pattern: 'columns' } as const;
const ENTRIES = SHAPE.validators * SHAPE.neurons;
const subnet = (mode: 'yuma3' | 'liquid' | 'yuma2' = 'yuma3', seed = 7): EpochInput =>
  benchSubnet(SHAPE, mode, 1, seed);
const step = (epoch: number) => ({ currentBlock: 7_000_000n + 360n * BigInt(epoch), emission: 1_000_000_000n });
const row = (seed: number): [number, number][] =>
  Array.from({ length: SHAPE.neurons }, (_, column) => [column, (column * 257 + seed) % 65_536]);

const exact = await createEngine({ backend: 'wasm' });
const same = (one: Subnet, other: Subnet) =>
  expect(Buffer.from(one.snapshot()).equals(Buffer.from(other.snapshot()))).toBe(true);

/** Bonds as they lie on the device; a snapshot has them from the CPU. */
const sameNext = async (held: Subnet, plain: Subnet, epoch: number) => {
  const want = await plain.runEpoch(step(epoch));
  expect(compareOutput(await held.runEpoch(step(epoch)), { out: want })).toBeNull();
  same(held, plain);
};

await describeOnGpu('a subnet held on a device', MAIN_ADAPTERS, ({ adapter }) => {
  let engine: Engine;
  let trace: Trace;
  let gpu: GPUDevice;
  let devices: GPUDevice[];
  let submissions = 0;
  let faulty = false;
  beforeAll(async () => {
    const spied = spiedHost();
    devices = spied.devices;
    engine = await createEngineOn(spied.host, { backend: 'webgpu', adapter });
    gpu = devices[0]!;
    const { queue } = gpu;
    const submit = queue.submit.bind(queue);
    const counted = (commands: Iterable<GPUCommandBuffer>) => {
      submissions += 1;
      if (faulty)
        gpu.createBuffer({ size: 16, usage: 0 }); // refused, as anything may be
      else submit(commands);
    };
    const write = queue.writeBuffer.bind(queue);
    const written: GPUQueue['writeBuffer'] = (...all: Parameters<typeof write>) => {
      if (!faulty) write(...all);
    };
    Object.defineProperty(queue, 'writeBuffer', { value: written, configurable: true });
    Object.defineProperty(queue, 'submit', { value: counted, configurable: true });
    trace = new Trace({ gpu, timestamps: false } as Device);
  });
  afterAll(() => engine.close());

  test.each(['yuma3', 'liquid', 'yuma2'] as const)('%s: carries bonds from epoch to epoch, exactly', async (mode) => {
    using held = await engine.open(subnet(mode));
    using plain = await exact.open(subnet(mode));
    for (let epoch = 0; epoch < EPOCHS_A_MIRROR + 3; epoch++) {
      if (epoch % 3 === 1)
        for (const each of [held, plain]) each.setWeights(epoch, row(epoch), step(epoch).currentBlock);
      if (epoch === 4) for (const each of [held, plain]) each.register(epoch, step(epoch).currentBlock);
      if (epoch === 6) for (const each of [held, plain]) each.register(each.n, step(epoch).currentBlock);
      for (const each of [held, plain]) await each.advance(step(epoch));
      expect(vectorsOf(held)).toEqual(vectorsOf(plain));
    }
    const last = step(EPOCHS_A_MIRROR + 3);
    const got = await held.runEpoch(last, { intermediates: true });
    expect(compareOutput(got, { out: await plain.runEpoch(last, { intermediates: true }) })).toBeNull();
    expect(got.bonds.columns.length).toBeGreaterThan(ENTRIES / 2);
    same(held, plain);
  });

  test('an epoch uploads what changed, and downloads no bonds unless asked', async () => {
    using held = await engine.open(subnet());
    const moved = async (act: () => Promise<unknown>) => {
      await trace.take();
      await act();
      const { uploadBytes, readBackBytes } = await trace.take();
      return { up: uploadBytes, down: readBackBytes };
    };
    const first = await moved(() => held.advance(step(0)));
    expect(first.up).toBeGreaterThan(8 * ENTRIES); // weights and bonds, a column and a value each
    const byNeuron = 60 * SHAPE.neurons + 8_000; // tables and their lists; tasks
    const next = 64; // blocks and the emission, in the tables
    const listed = 512; // and rows that have other places or lengths, in the lists
    expect((await moved(() => held.advance(step(1)))).up).toBeLessThan(byNeuron); // bonds have other places now
    const unchanged = await moved(() => held.advance(step(1)));
    expect(unchanged.up).toBeLessThan(next);
    expect(unchanged.down).toBeLessThan(33 * SHAPE.neurons);
    held.setWeights(3, row(1), 7_000_001n);
    const changed = await moved(() => held.advance(step(2)));
    expect(changed.up).toBeGreaterThanOrEqual(4 * SHAPE.neurons); // a column and a value each
    expect(changed.up).toBeLessThan(4 * SHAPE.neurons + next);
    held.setWeights(5, row(2).slice(0, 37), 7_000_002n); // shorter, in its place
    const shorter = await moved(() => held.advance(step(3)));
    expect(shorter.up).toBeLessThan(4 * 38 + listed);
    held.setWeights(5, row(3), 7_000_003n);
    held.setWeights(200, row(4).slice(0, 3), 7_000_003n); // longer than its place: behind all others, which stay
    const longer = await moved(() => held.advance(step(4)));
    expect(longer.up).toBeLessThan(4 * (SHAPE.neurons + 4) + 6 * listed);
    held.setStake(4, 3_000_000_000_000n << 64n); // everybody's share of it changes
    expect((await moved(() => held.advance(step(5)))).up).toBeLessThan(byNeuron);
    const asked = await moved(() => held.runEpoch(step(6)));
    expect(asked.up).toBeLessThan(byNeuron);
    expect(asked.down).toBeGreaterThan(2 * ENTRIES);
    for (let epoch = 7; epoch < 7 + EPOCHS_A_MIRROR - 1; epoch++) {
      const after = await moved(() => held.advance(step(epoch)));
      expect(after.up).toBeLessThan(next);
      expect(after.down).toBe(unchanged.down);
    }
    const eighth = await moved(() => held.advance(step(7 + EPOCHS_A_MIRROR - 1)));
    expect(eighth.down).toBe(asked.down);
  });

  test('subnets advanced in one tick share a batch', async () => {
    const all = await Promise.all([1, 2, 3].map((seed) => engine.open(subnet('yuma3', seed))));
    const plain = await Promise.all([1, 2, 3].map((seed) => exact.open(subnet('yuma3', seed))));
    for (const epoch of [0, 1, 2]) {
      const before = submissions;
      await Promise.all(all.map((each) => each.advance(step(epoch))));
      expect(submissions - before).toBe(1);
      for (const [at, each] of plain.entries()) {
        await each.advance(step(epoch));
        expect(vectorsOf(all[at]!)).toEqual(vectorsOf(each));
      }
    }
    for (const [at, each] of all.entries()) {
      expect(owned(each.view()).bonds).toEqual(owned(plain[at]!.view()).bonds);
      same(each, plain[at]!);
      each.close();
    }
  });

  test('an aborted epoch leaves it as it was; it is busy until the device has let go', async () => {
    using held = await engine.open(subnet(), { lenient: true });
    using plain = await exact.open(subnet(), { lenient: true });
    for (const each of [held, plain]) await each.advance(step(0));
    const controller = new AbortController();
    const aborted = held.advance(step(1), { signal: controller.signal });
    await new Promise(setImmediate);
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'ABORTED' });
    expect(() => held.setStake(0, 0n)).toThrow(expect.objectContaining({ code: 'BUSY' }));
    same(held, plain);
    await held.idle();
    for (const each of [held, plain]) {
      each.setHyperparameters({ bondsMovingAverage: 1_000_001n }); // for the core, which leaves nothing on the device
      await each.advance(step(2));
      each.setHyperparameters({ bondsMovingAverage: 900_000n });
    }
    await sameNext(held, plain, 3);
  });

  test('an epoch that the device refuses leaves it as it was; the next one uploads it anew', async () => {
    using held = await engine.open(subnet());
    using plain = await exact.open(subnet());
    for (const each of [held, plain]) await each.advance(step(0));
    for (const each of [held, plain]) each.setWeights(3, row(1), 7_000_001n);
    faulty = true;
    await expect(held.advance(step(1))).rejects.toMatchObject({ code: 'GPU_FAULT' });
    faulty = false;
    same(held, plain);
    for (const epoch of [1, 2]) await sameNext(held, plain, epoch);
  });

  test('lost on the third epoch: the second one stands, and goes on elsewhere, and here on another device', async () => {
    using held = await engine.open(subnet('liquid'));
    using plain = await exact.open(subnet('liquid'));
    for (const epoch of [0, 1]) for (const each of [held, plain]) await each.advance(step(epoch));
    const third = held.advance(step(2));
    await new Promise(setImmediate);
    gpu.destroy();
    await expect(third).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    same(held, plain);
    using elsewhere = await exact.restore(held.snapshot());
    const want = await plain.runEpoch(step(2));
    expect(await elsewhere.runEpoch(step(2))).toEqual(want);
    expect(await held.runEpoch(step(2))).toEqual(want);
    expect(devices).toHaveLength(2);
    await sameNext(held, plain, 3);
  });
});
