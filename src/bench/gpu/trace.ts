/**
 * Trace: what a device is given, and how long it works on it; by kernel where it has time stamps. The device's own methods
 * are overlaid, so what is measured knows nothing of it.
 * Exact   time stamps are in ns, rounded by the adapter (often to 100 ns or more)
 */
import type { Device } from '../../backends/webgpu/device.js';

export interface Traced {
  readonly uploadBytes: number;
  readonly readBackBytes: number;
  /** In the calls that hand bytes over. */
  readonly uploadMs: number;
  /** From each submission until the device is done: the transfer there and all kernels. */
  readonly deviceMs: number;
  /** By kernel; `null` without time stamps. */
  readonly kernels: Readonly<Record<string, number>> | null;
}

/** GPUBufferUsage: MAP_READ, COPY_SRC, COPY_DST, QUERY_RESOLVE. */
const USAGE = { mapRead: 1, copyFrom: 4, copyTo: 8, resolve: 512 } as const;
const READ = 1;
const MOST_DISPATCHES = 1_024;
const STAMP_BYTES = 8;

export class Trace {
  private uploadBytes = 0;
  private readBackBytes = 0;
  private uploadMs = 0;
  private deviceMs = 0;
  private readonly kernels: Record<string, number> = {};
  private readonly pending: Promise<void>[] = [];

  constructor(private readonly device: Device) {
    const { gpu } = device;
    const { queue } = gpu;
    const writeBuffer = queue.writeBuffer.bind(queue);
    const submit = queue.submit.bind(queue);
    const createBuffer = gpu.createBuffer.bind(gpu);
    overlay(queue, 'writeBuffer', (buffer, offset, data: ArrayBufferView, ...rest) => {
      const start = performance.now();
      writeBuffer(buffer, offset, data as Uint8Array<ArrayBuffer>, ...rest);
      this.uploadMs += performance.now() - start;
      this.uploadBytes += data.byteLength;
    });
    overlay(queue, 'submit', (commands) => {
      const start = performance.now();
      submit(commands);
      const done = queue.onSubmittedWorkDone().then(() => {
        this.deviceMs += performance.now() - start;
      });
      this.pending.push(done);
    });
    overlay(gpu, 'createBuffer', (wanted) => {
      const buffer = createBuffer(wanted);
      const mapAsync = buffer.mapAsync.bind(buffer);
      overlay(buffer, 'mapAsync', (mode, offset, size) => {
        this.readBackBytes += size ?? buffer.size;
        return mapAsync(mode, offset, size);
      });
      return buffer;
    });
    if (device.timestamps) this.stampDispatches();
  }

  /** What was traced since the last call. */
  async take(): Promise<Traced> {
    await Promise.all(this.pending.splice(0));
    const { uploadBytes, readBackBytes, uploadMs, deviceMs } = this;
    const kernels = this.device.timestamps ? { ...this.kernels } : null;
    this.uploadBytes = this.readBackBytes = this.uploadMs = this.deviceMs = 0;
    for (const name of Object.keys(this.kernels)) delete this.kernels[name];
    return { uploadBytes, readBackBytes, uploadMs, deviceMs, kernels };
  }

  /** Every dispatch gets a pass of its own, with a stamp at either end. */
  private stampDispatches(): void {
    const { gpu } = this.device;
    const createCommandEncoder = gpu.createCommandEncoder.bind(gpu);
    const createBuffer = Object.getPrototypeOf(gpu).createBuffer.bind(gpu) as GPUDevice['createBuffer'];
    overlay(gpu, 'createCommandEncoder', (wanted) => {
      const encoder = createCommandEncoder(wanted);
      const names: string[] = [];
      const stamps = gpu.createQuerySet({ type: 'timestamp', count: 2 * MOST_DISPATCHES });
      const beginComputePass = encoder.beginComputePass.bind(encoder);
      const finish = encoder.finish.bind(encoder);
      overlay(encoder, 'beginComputePass', () => passes(beginComputePass, stamps, names));
      overlay(encoder, 'finish', (how) => {
        const bytes = 2 * STAMP_BYTES * names.length;
        if (bytes === 0) return finish(how);
        const resolved = createBuffer({ size: bytes, usage: USAGE.resolve | USAGE.copyFrom });
        const read = createBuffer({ size: bytes, usage: USAGE.mapRead | USAGE.copyTo });
        encoder.resolveQuerySet(stamps, 0, 2 * names.length, resolved, 0);
        encoder.copyBufferToBuffer(resolved, 0, read, 0, bytes);
        const commands = finish(how);
        queueMicrotask(() => this.pending.push(this.read(read, resolved, stamps, names)));
        return commands;
      });
      return encoder;
    });
  }

  private async read(
    read: GPUBuffer,
    resolved: GPUBuffer,
    stamps: GPUQuerySet,
    names: readonly string[],
  ): Promise<void> {
    await read.mapAsync(READ);
    const times = new BigUint64Array(read.getMappedRange());
    for (const [at, name] of names.entries()) {
      const ns = Number(times[2 * at + 1]! - times[2 * at]!);
      this.kernels[name] = (this.kernels[name] ?? 0) + ns / 1e6;
    }
    for (const gone of [read, resolved, stamps]) gone.destroy();
  }
}

/** Stands for one pass, and makes one of each dispatch. */
function passes(begin: GPUCommandEncoder['beginComputePass'], querySet: GPUQuerySet, names: string[]) {
  let pipeline: GPUComputePipeline;
  let group: Parameters<GPUComputePassEncoder['setBindGroup']>;
  return {
    setPipeline: (next: GPUComputePipeline) => {
      pipeline = next;
    },
    setBindGroup: (...next: Parameters<GPUComputePassEncoder['setBindGroup']>) => {
      group = next;
    },
    dispatchWorkgroups: (...count: Parameters<GPUComputePassEncoder['dispatchWorkgroups']>) => {
      const at = 2 * names.push(pipeline.label || 'unnamed') - 2;
      const pass = begin({ timestampWrites: { querySet, beginningOfPassWriteIndex: at, endOfPassWriteIndex: at + 1 } });
      pass.setPipeline(pipeline);
      pass.setBindGroup(...group);
      pass.dispatchWorkgroups(...count);
      pass.end();
    },
    end: () => {},
  } as unknown as GPUComputePassEncoder;
}

/** Puts a method before that of the object's class. */
function overlay<T extends object, K extends keyof T>(object: T, name: K, method: T[K]): void {
  Object.defineProperty(object, name, { value: method, configurable: true });
}
