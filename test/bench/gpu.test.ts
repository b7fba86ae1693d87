import { expect, test } from 'vitest';
import { FloatEpoch } from '../../bench/gpu/float-epoch.js';
import { nameOf, SHAPES, scaled } from '../../bench/gpu/shapes.js';
import { PASSES } from '../../src/backends/webgpu/kernels.js';
import { benchSubnet, GpuPhases } from '../../src/bench/index.js';
import { createEngine } from '../../src/index.js';
import { ALL_ADAPTERS, describeOnGpu } from '../gpu.js';

const SHAPE = { validators: 8, neurons: 64, fill: 1, pattern: 'columns' } as const;
const inputs = [1, 2, 3].map((netuid) => benchSubnet(SHAPE, 'yuma3', 1, netuid));

await describeOnGpu('the phases of a batch', ALL_ADAPTERS, ({ adapter }) => {
  test('are all measured, each run by itself', async () => {
    const phases = await GpuPhases.open(adapter);
    for (let run = 0; run < 2; run++) {
      const { kernels, batches, uploadBytes, readBackBytes, ...times } = await phases.run(inputs);
      expect(batches).toBe(1);
      const entries = 2 * 3 * 8 * 64; // weights and bonds; a value of each goes there at least, bonds come back
      expect(uploadBytes).toBeGreaterThan(2 * entries);
      expect(uploadBytes).toBeLessThan(20 * entries);
      expect(readBackBytes).toBeGreaterThan(entries);
      expect(readBackBytes).toBeLessThan(20 * entries);
      for (const [name, ms] of Object.entries(times)) expect(ms, name).toBeGreaterThanOrEqual(0);
      expect(times.deviceMs).toBeGreaterThan(0);
      if (!phases.adapter.timestamps) expect(kernels).toBeNull();
      else {
        expect(Object.keys(PASSES)).toEqual(expect.arrayContaining(Object.keys(kernels!)));
        expect(Object.keys(kernels!)).toEqual(expect.arrayContaining(['weights', 'consensus', 'yuma3', 'dividends']));
      }
    }
    await phases.close();
  });
});

test('the float epoch of gpu.js comes near the exact result, and is not it', async () => {
  await using engine = await createEngine({ backend: 'wasm' });
  const [input] = inputs;
  const exact = await engine.runEpoch(input!, { intermediates: true });
  const epoch = new FloatEpoch({ neurons: 64, validators: 8 }, Number(input!.hyperparameters.bondsMovingAverage) / 1e6);
  const errors = epoch.errors(epoch.run(input!, exact), exact);
  expect(['webasm', 'cpu', 'gpu']).toContain(epoch.mode);
  expect(errors.rawError).toBeGreaterThan(0);
  expect(errors.rawError).toBeLessThan(2 ** 12); // of 2^32
  expect(errors.incentiveError).toBeLessThanOrEqual(1);
  expect(errors.bondError).toBeLessThanOrEqual(1);
  await epoch.close();
});

test('shapes scale by subnets, a lone one by its validators', () => {
  expect(SHAPES.map((shape) => nameOf(scaled(shape, 1 / 16)))).toEqual([
    '8 x (64 x 256)',
    '16 x (64 x 4096)',
    '1 x (1024 x 4096)',
    '1 x (256 x 4096)',
  ]);
});
