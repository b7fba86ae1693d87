import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Device, openDevice } from '../../../src/backends/webgpu/device.js';
import type { AdapterChoice } from '../../../src/backends/webgpu/source.js';
import { browserSource } from '../../../src/backends/webgpu/source-browser.js';
import { nodeSource } from '../../../src/backends/webgpu/source-node.js';
import { ALL_ADAPTERS, describeOnGpu } from '../../gpu.js';
import { type Fake, type FakeDevice, fakeSource, gpuError } from './fake-gpu.js';

async function fakeDevice(fake: Fake = {}): Promise<{ device: Device; gpu: FakeDevice }> {
  const source = fakeSource(fake);
  const device = await openDevice(source);
  return { device, gpu: source.devices[0]! };
}

const never = new Promise<never>(() => {});

describe('no device', () => {
  test('without an adapter the error names every way that was tried, and what may help', async () => {
    const opened = openDevice(fakeSource({ none: true }, { none: true }));
    await expect(opened).rejects.toMatchObject({
      code: 'GPU_UNAVAILABLE',
      message: 'no GPU can be used: route 0: there is none; route 1: there is none. Buy one.',
    });
  });

  test('an adapter that refuses is told by its name with its reason', async () => {
    const opened = openDevice(fakeSource({ refuses: 'too many devices', info: { vendor: 'acme' } }));
    await expect(opened).rejects.toThrow('route 0: acme fake refuses a device (too many devices)');
  });

  test('where the first way fails the next one is taken', async () => {
    for (const first of [{ none: true }, { refuses: 'busy' }]) {
      const device = await openDevice(fakeSource(first, { info: { device: 'second' } }));
      expect(device.adapter).toEqual({ name: 'second', route: 'route 1', software: false });
    }
  });

  test('a missing package, and one that does not load, are told apart', async () => {
    const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    const opened = (fault: Error) => openDevice(nodeSource(() => Promise.reject(fault)));
    await expect(opened(missing)).rejects.toThrow('is not installed. Install it: "npm install webgpu@0.6.2".');
    await expect(opened(new Error('GLIBC_2.38 not found'))).rejects.toThrow('cannot be loaded (GLIBC_2.38 not found)');
  });

  test('a browser without WebGPU, and one that is asked for more than it gives', async () => {
    const opened = (choice?: AdapterChoice) => openDevice(browserSource, choice);
    await expect(opened()).rejects.toMatchObject({
      code: 'GPU_UNAVAILABLE',
      message: expect.stringContaining('HTTPS'),
    });
    Object.defineProperty(globalThis, 'navigator', { value: { gpu: {} }, configurable: true });
    onTestFinished(() => void Reflect.deleteProperty(globalThis, 'navigator'));
    await expect(opened('gl')).rejects.toMatchObject({
      code: 'GPU_UNAVAILABLE',
      message: expect.stringContaining('gl'),
    });
  });
});

describe('what is asked of an adapter', () => {
  test('its own limits, and time stamps only where it has them', async () => {
    const limits = { maxStorageBufferBindingSize: 2 ** 30, maxBufferSize: 2 ** 31, maxTextureDimension1D: 7 };
    const plain = await fakeDevice({ limits });
    expect(plain.gpu.wanted.requiredLimits).toMatchObject({
      maxStorageBufferBindingSize: 2 ** 30,
      maxBufferSize: 2 ** 31,
    });
    expect(plain.gpu.wanted.requiredLimits).not.toHaveProperty('maxTextureDimension1D');
    expect([plain.gpu.wanted.requiredFeatures, plain.device.timestamps]).toEqual([[], false]);
    const timed = await fakeDevice({ features: ['timestamp-query', 'shader-f16'] });
    expect([timed.gpu.wanted.requiredFeatures, timed.device.timestamps]).toEqual([['timestamp-query'], true]);
  });

  test.each([
    [{ device: 'llvmpipe-llvm-15-0-6-256-bits-' }, true],
    [{ vendor: 'google', architecture: 'swiftshader' }, true],
    [{ description: 'Microsoft Basic Render Driver' }, true],
    [{ isFallbackAdapter: true }, true],
    [{ vendor: 'nvidia', architecture: 'hopper', description: 'NVIDIA H200' }, false],
  ])('%j is software: %s', async (info, software) => {
    expect((await fakeDevice({ info })).device.adapter.software).toBe(software);
  });
});

describe('a device that fails', () => {
  test('lost: who waits is told, and so is whoever asks later', async () => {
    const { device, gpu } = await fakeDevice();
    const waiting = device.until(never);
    gpu.crash('the driver was reset');
    const lost = { code: 'DEVICE_LOST', data: { reason: 'the driver was reset' } };
    await expect(waiting).rejects.toMatchObject(lost);
    await expect(device.until(Promise.resolve(1))).rejects.toMatchObject(lost);
    await expect(device.submit(() => 1)).rejects.toMatchObject(lost);
    expect(() => device.refuseIfBroken()).toThrow('the driver was reset');
    await device.close();
  });

  test('lost while nobody waits: nothing is left unhandled', async () => {
    const { device, gpu } = await fakeDevice();
    gpu.crash('');
    await gpu.lost;
    expect(() => device.refuseIfBroken()).toThrow('no reason given');
  });

  test('work that it refuses rejects with kind and reason, and the device goes on', async () => {
    const { device, gpu } = await fakeDevice();
    const refused = (error: GPUError) => device.submit(() => void gpu.scopes.splice(-1, 1, error));
    await expect(refused(gpuError('GPUValidationError', ' no such binding\n'))).rejects.toMatchObject({
      code: 'GPU_FAULT',
      data: { kind: 'validation', reason: 'no such binding' },
    });
    await expect(refused(gpuError('GPUOutOfMemoryError', 'x'))).rejects.toMatchObject({
      data: { kind: 'out-of-memory' },
    });
    await expect(refused(gpuError('GPUInternalError', 'x'))).rejects.toMatchObject({ data: { kind: 'internal' } });
    await expect(device.submit(() => 'done')).resolves.toBe('done');
    expect(gpu.scopes).toEqual([]);
  });

  test('work that throws keeps its error and leaves no scope open', async () => {
    const { device, gpu } = await fakeDevice();
    const submitted = device.submit(() => {
      throw new RangeError('mine');
    });
    await expect(submitted).rejects.toThrow(new RangeError('mine'));
    expect(gpu.scopes).toEqual([]);
  });

  test('an error outside of all scopes breaks the device instead of being lost', async () => {
    const { device, gpu } = await fakeDevice();
    const waiting = device.until(never);
    const printed = gpu.uncaptured(gpuError('GPUValidationError', 'too late'));
    expect(printed).toBe(false); // who waits is told
    await expect(waiting).rejects.toMatchObject({
      code: 'GPU_FAULT',
      data: { kind: 'validation', reason: 'too late' },
    });
    await expect(device.submit(() => 1)).rejects.toThrow('too late');
  });

  test('the first fault is the one that is told', async () => {
    const { device, gpu } = await fakeDevice();
    gpu.crash('the driver was reset');
    await gpu.lost;
    gpu.uncaptured(gpuError('GPUValidationError', 'a consequence'));
    expect(() => device.refuseIfBroken()).toThrow('the driver was reset');
  });

  test('lost while work throws: the error of the work, and nothing unhandled', async () => {
    const { device, gpu } = await fakeDevice();
    const submitted = device.submit(() => {
      gpu.crash('the driver was reset');
      throw new RangeError('mine');
    });
    await expect(submitted).rejects.toThrow(new RangeError('mine'));
  });

  test('waits that are over leave nothing behind', async () => {
    const { device } = await fakeDevice();
    for (let at = 0; at < 3; at++) await device.until(Promise.resolve(at));
    expect((device as unknown as { waiting: Set<unknown> }).waiting.size).toBe(0);
  });

  test('a promise that rejects for another reason is a fault, not a loss', async () => {
    const { device } = await fakeDevice();
    const cause = new Error('the buffer is mapped');
    await expect(device.until(Promise.reject(cause))).rejects.toMatchObject({ code: 'GPU_FAULT', cause });
  });

  test('closed: who waits is told; a second close does nothing', async () => {
    const { device } = await fakeDevice();
    const waiting = device.until(never);
    const closing = device.close();
    await expect(waiting).rejects.toMatchObject({ code: 'CLOSED' });
    await closing;
    await device.close();
    await expect(device.submit(() => 1)).rejects.toMatchObject({ code: 'CLOSED' });
  });
});

/** Numbers 0 to 63 doubled, in a buffer that is about to be mapped. */
function doubled({ gpu }: Device): GPUBuffer {
  const code = `@group(0) @binding(0) var<storage, read_write> cells: array<u32>;
    @compute @workgroup_size(64) fn main(@builtin(local_invocation_index) at: u32) { cells[at] = 2 * at; }`;
  const pipeline = gpu.createComputePipeline({ layout: 'auto', compute: { module: gpu.createShaderModule({ code }) } });
  const cells = gpu.createBuffer({ size: 256, usage: 0x80 | 0x04 }); // STORAGE, COPY_SRC
  const read = gpu.createBuffer({ size: 256, usage: 0x01 | 0x08 }); // MAP_READ, COPY_DST
  const entries = [{ binding: 0, resource: { buffer: cells } }];
  const bindings = gpu.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  const commands = gpu.createCommandEncoder();
  const pass = commands.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindings);
  pass.dispatchWorkgroups(1);
  pass.end();
  commands.copyBufferToBuffer(cells, 0, read, 0, 256);
  gpu.queue.submit([commands.finish()]);
  return read;
}

const MAP_READ = 1;

await describeOnGpu('a device', ALL_ADAPTERS, ({ adapter }) => {
  test('opens, says what it is, and computes', async () => {
    const device = await openDevice(nodeSource(), adapter);
    if (process.env.YUMA_GPU !== 'own') expect(device.adapter.software).toBe(true);
    expect(device.limits.maxComputeInvocationsPerWorkgroup).toBeGreaterThanOrEqual(256);
    expect(device.limits.maxBufferSize).toBeGreaterThan(2 ** 28); // the default
    const buffer = await device.submit(() => doubled(device));
    await device.until(buffer.mapAsync(MAP_READ));
    const numbers = [...new Uint32Array(buffer.getMappedRange())];
    expect(numbers).toEqual(Array.from({ length: 64 }, (_, at) => 2 * at));
    await device.close();
  });

  test('refuses what is not valid, with its reason', async () => {
    const device = await openDevice(nodeSource(), adapter);
    const refused = device.submit(() => device.gpu.createBuffer({ size: 2 ** 40, usage: 0x80 }));
    await expect(refused).rejects.toMatchObject({ code: 'GPU_FAULT', data: { kind: 'validation' } });
    device.gpu.createBuffer({ size: 16, usage: 0x01 | 0x02 }); // mapped for reading and writing: not in any scope
    await expect(device.until(device.gpu.queue.onSubmittedWorkDone().then(() => never))).rejects.toMatchObject({
      code: 'GPU_FAULT',
      data: { kind: 'validation' },
    });
    await device.close();
  });

  test('destroyed in the middle of its work rejects who waits, and closes', async () => {
    const device = await openDevice(nodeSource(), adapter);
    const buffer = await device.submit(() => doubled(device));
    const mapped = device.until(buffer.mapAsync(MAP_READ));
    device.gpu.destroy();
    await expect(mapped).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    await device.close();
  });

  test('is closed in the middle of its work', async () => {
    const device = await openDevice(nodeSource(), adapter);
    const buffer = await device.submit(() => doubled(device));
    const mapped = device.until(buffer.mapAsync(MAP_READ));
    await device.close();
    await expect(mapped).rejects.toMatchObject({ code: 'CLOSED' });
  });

  test('200 of them in one process: none is left over, nothing crashes', async () => {
    const script = new URL('open-close.mjs', import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, adapter, '200']);
    const { opened, alive, grownMiB } = JSON.parse(stdout) as Record<string, number>;
    expect([opened, alive]).toEqual([200, 0]);
    expect(grownMiB).toBeLessThan(40);
  });

  test('forgotten and collected: the process lives on', async () => {
    const script = new URL('open-close.mjs', import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, adapter, '20', 'forget']);
    expect(JSON.parse(stdout)).toMatchObject({ opened: 20, alive: 20 }); // what Dawn stands on stays
  });

  test('does not keep a process alive that forgets to close it', async () => {
    const script = `const { openDevice } = await import('./dist/backends/webgpu/device.js');
      const { nodeSource } = await import('./dist/backends/webgpu/source-node.js');
      await openDevice(nodeSource(), '${adapter}');
      console.log('open');`;
    const args = ['--input-type=module', '-e', script];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
    expect(stdout).toBe('open\n');
  });
});
