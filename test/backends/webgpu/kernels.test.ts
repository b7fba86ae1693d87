/** Every kernel in every form compiles, with nothing to say about it, on every adapter. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEXTS } from '../../../src/backends/webgpu/built/texts.js';
import { type Device, openDevice } from '../../../src/backends/webgpu/device.js';
import { KERNELS, Kernels, kernelText, PASSES } from '../../../src/backends/webgpu/kernels.js';
import { TASK, TASK_STRIDE } from '../../../src/backends/webgpu/layout.js';
import { nodeSource } from '../../../src/backends/webgpu/source-node.js';
import { ALL_ADAPTERS, describeOnGpu } from '../../gpu.js';

test('every file of kernels/ is built in, and used', () => {
  const files = readdirSync(new URL('../../../kernels', import.meta.url)).map((name) => name.replace('.wgsl', ''));
  expect(Object.keys(TEXTS).sort()).toEqual(files.sort());
  const used = new Set(['fixed', 'batch', 'alone', 'together', ...Object.values(PASSES).flatMap(({ files }) => files)]);
  expect([...used].sort()).toEqual(files);
});

test('no kernel knows floats', () => {
  for (const [name, text] of Object.entries(TEXTS)) {
    const code = text.replaceAll(/\/\/.*/g, '');
    expect(code, name).not.toMatch(/f32|f16|vec[234]f|\d\.\d/);
  }
});

test('a task fits its stride', () => expect(4 * TASK.length).toBeLessThanOrEqual(TASK_STRIDE));

await describeOnGpu('kernels', ALL_ADAPTERS, (adapter) => {
  let device: Device;
  let kernels: Kernels;
  beforeAll(async () => {
    device = await openDevice(nodeSource(), adapter.adapter);
    kernels = new Kernels(device);
  });
  afterAll(() => device.close());

  test.each(KERNELS.map((kernel) => [kernel.pass, kernel.lanes, kernel] as const))(
    '%s, %i threads a column',
    async (_pass, _lanes, kernel) => {
      device.gpu.pushErrorScope('validation');
      const module = device.gpu.createShaderModule({ code: kernelText(kernel) });
      const { messages } = await module.getCompilationInfo();
      await device.gpu.popErrorScope();
      expect(messages.map(({ message, lineNum }) => `${lineNum}: ${message}`)).toEqual([]);
      await kernels.pipeline(kernel);
    },
  );
});
