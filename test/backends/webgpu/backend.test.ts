/** What the backend does beside computing: what it routes, refuses and counts, and how it ends. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReferenceBackend } from '../../../src/backends/reference.js';
import { type Device, openDevice } from '../../../src/backends/webgpu/device.js';
import type { WebgpuBackend } from '../../../src/backends/webgpu/index.js';
import { nodeSource } from '../../../src/backends/webgpu/source-node.js';
import { checkAllButColumns, checkEpochInput } from '../../../src/epoch/validate.js';
import { type EpochInput, hyperparameters, sparseRows, stakeFromRaw } from '../../../src/index.js';
import { compareOutput } from '../../../src/verify/index.js';
import { liveBuffers } from '../../engine/gpu/spied.js';
import { describeOnGpu, MAIN_ADAPTERS } from '../../gpu.js';
import { backendOn, openBackend } from './backend.js';

const reference = createReferenceBackend();
const twice = [
  [2, 7],
  [2, 9],
] as const;

function three(changes: Partial<EpochInput> = {}): EpochInput {
  return {
    rules: 'subtensor-425',
    n: 3,
    currentBlock: 1_000n,
    lastStep: 900n,
    emission: 1_000_000_000n,
    ownerUid: null,
    hyperparameters: hyperparameters({ commitReveal: false }),
    stake: stakeFromRaw([5n << 64n, 3n << 64n, 0n]),
    lastUpdate: BigUint64Array.of(999n, 999n, 999n),
    registeredAt: new BigUint64Array(3),
    validatorPermit: Uint8Array.of(1, 1, 0),
    weights: sparseRows([[[2, 7]], [[2, 9]], []]),
    bonds: sparseRows([[[2, 700]], [], []]),
    ...changes,
  };
}

await describeOnGpu('the backend', MAIN_ADAPTERS, (adapter) => {
  let backend: WebgpuBackend;
  beforeAll(async () => {
    backend = await openBackend(adapter);
  });
  afterAll(() => backend.close());

  test.each([
    ['a moving average above one', three({ hyperparameters: hyperparameters({ bondsMovingAverage: 1_000_001n }) })],
    ['negative stake', three({ stake: stakeFromRaw([5n << 64n, -3n << 64n, 0n]) })],
    ['stake whose sum wraps', three({ stake: stakeFromRaw([2n ** 126n, 2n ** 126n, 2n ** 126n]) })],
    ['a weight named twice', three({ weights: sparseRows([[...twice], [], []]) })],
    ['a bond named twice', three({ bonds: sparseRows([[...twice], [], []]) })],
  ])('gives %s to the core, and counts it', async (_, input) => {
    const before = { ...backend.computedBy };
    const inputs = [three(), input].map((subnet) => checkEpochInput(subnet, { lenient: true }));
    const outputs = await backend.run(inputs, { intermediates: true });
    for (const [index, want] of (await reference.run(inputs, { intermediates: true })).entries()) {
      expect(compareOutput(outputs[index]!, { out: want, mid: want.intermediates })).toBeNull();
    }
    expect(backend.computedBy).toEqual({ webgpu: before.webgpu + 1, wasm: before.wasm + 1 });
  });

  test.each([
    ['COLUMN_OUT_OF_RANGE', three({ weights: sparseRows([[], [[3, 1]], []]) })],
    ['COLUMN_OUT_OF_RANGE', three({ bonds: sparseRows([[], [[3, 1]], []]) })],
    ['DUPLICATE_COLUMN', three({ weights: sparseRows([[], [], [...twice]]) })], // a row without a permit
    ['DUPLICATE_COLUMN', three({ bonds: sparseRows([[], [...twice], []]) })],
  ])('refuses %s as the other backends do', async (code, input) => {
    const checked = [three(), input].map((subnet) => checkAllButColumns(subnet));
    await expect(backend.run(checked, {})).rejects.toMatchObject({ code });
  });

  test('gives raw vectors only where they are asked for', async () => {
    const [output] = await backend.run([checkEpochInput(three({ meta: { netuid: 4 } }))], {});
    expect(output!.intermediates).toBeUndefined();
    expect(output!.meta).toEqual({ netuid: 4 });
  });

  test('nothing gives nothing', async () => expect(await backend.run([], {})).toEqual([]));

  test('calls at the same time do not disturb each other', async () => {
    const inputs = Array.from({ length: 6 }, (_, at) => checkEpochInput(three({ emission: BigInt(1_000 + at) })));
    const outputs = await Promise.all(inputs.map((input) => backend.run([input], {})));
    const want = await reference.run(inputs, {});
    for (const [index, [output]] of outputs.entries()) {
      expect(compareOutput(output!, { out: want[index]! })).toBeNull();
    }
  });

  test('calls at the same time take both slots; one after the other takes one', async () => {
    const device = await openDevice(nodeSource(), adapter.adapter);
    const live = liveBuffers(device.gpu);
    const tables = () => [...live].filter(({ label }) => label === 'tables').length;
    const other = backendOn(device, {});
    const input = checkEpochInput(three());
    for (let epoch = 0; epoch < 3; epoch++) await other.run([input], {});
    expect(tables()).toBe(1);
    await Promise.all([other.run([input], {}), other.run([input], {})]);
    expect(tables()).toBe(2);
    await other.close();
  });

  test('is closed once and for all', async () => {
    const other = await openBackend(adapter);
    await other.close();
    await expect(other.run([checkEpochInput(three())], {})).rejects.toMatchObject({ code: 'CLOSED' });
  });

  test('closed while it opens another device, it waits for none, and closes that one when it comes', async () => {
    const [first, second] = await Promise.all([0, 1].map(() => openDevice(nodeSource(), adapter.adapter)));
    let come!: (device: Device) => void;
    const reopened = new Promise<Device>((resolve) => {
      come = resolve;
    });
    const other = backendOn(first!, { reopen: () => reopened });
    first!.gpu.destroy();
    await first!.gpu.lost;
    const runs = [0, 1].map(() => other.run([checkEpochInput(three())], {}));
    const outcomes = Promise.allSettled(runs);
    await other.close();
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'CLOSED' } });
    }
    come(second!);
    await expect(second!.gpu.lost).resolves.toMatchObject({ reason: 'destroyed' });
  });

  test('without a way to another device it stays as broken as its own', async () => {
    const device = await openDevice(nodeSource(), adapter.adapter);
    const other = backendOn(device, {});
    device.gpu.destroy();
    for (let tries = 0; tries < 2; tries++) {
      await expect(other.run([checkEpochInput(three())], {})).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    }
    await other.close();
  });
});
