/**
 * Slot: the buffers of one batch on the device. They are kept and grow, so that batches of a size cost no allocation; two
 * slots let one batch be packed and read back while another is computed.
 * Ownership  a slot holds one batch from `submit` until `read` has settled
 */
import type { Device } from './device.js';
import type { Kernels } from './kernels.js';
import { TASK_STRIDE } from './layout.js';
import type { Packed } from './pack.js';

/** GPUBufferUsage and GPUMapMode; the names are no globals in Node. */
const USAGE = { mapRead: 1, copyFrom: 4, copyTo: 8, uniform: 64, storage: 128 } as const;
const READ = 1;

const STORAGE = USAGE.storage | USAGE.copyFrom | USAGE.copyTo;

/** Those of the bindings 0 to 8, and what is read back. */
const NAMES = ['tasks', 'tables', 'entries', 'weights', 'bonds', 'bondsOut', 'marks', 'vectors', 'results'] as const;
type Name = (typeof NAMES)[number] | 'readBack';

/** What comes back of a batch, as words. */
export interface ReadBack {
  readonly results: Uint32Array<ArrayBuffer>;
  /** Of each subnet what is odd, then the bitmap of kept zeros. */
  readonly marks: Uint32Array<ArrayBuffer>;
  readonly bondsOut: Uint16Array<ArrayBuffer>;
}

export class Slot {
  private readonly buffers = new Map<Name, GPUBuffer>();
  private group: GPUBindGroup | undefined;
  /** When what it holds has been read. */
  free: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly device: Device,
    private readonly kernels: Kernels,
  ) {}

  /**
   * Computes a batch.
   * @throws YumaError GPU_FAULT, DEVICE_LOST, CLOSED
   */
  async compute(packed: Packed, intermediates: boolean): Promise<ReadBack> {
    const pipelines = await Promise.all(packed.dispatches.map(({ kernel }) => this.kernels.pipeline(kernel)));
    const parts = partsOf(packed, intermediates);
    try {
      await this.device.submit(() => this.submit(packed, pipelines, parts));
    } catch (fault) {
      this.clear(); // a buffer that there was no memory for is of no use to the next batch
      throw fault;
    }
    const buffer = this.buffers.get('readBack')!;
    await this.device.until(buffer.mapAsync(READ, 0, parts.bytes));
    const bytes = buffer.getMappedRange(0, parts.bytes).slice(0);
    buffer.unmap();
    return {
      results: new Uint32Array(bytes, 0, parts.results / 4),
      marks: new Uint32Array(bytes, parts.results, parts.marks / 4),
      bondsOut: new Uint16Array(bytes, parts.results + parts.marks, parts.bondsOut / 2),
    };
  }

  private submit(packed: Packed, pipelines: readonly GPUComputePipeline[], parts: Parts): void {
    const { bytes, tasks, tables, entries } = packed;
    const { queue } = this.device.gpu;
    this.reserve('tasks', tasks.byteLength, USAGE.uniform | USAGE.copyTo);
    this.reserve('tables', bytes.tables, STORAGE);
    this.reserve('entries', bytes.entries, STORAGE);
    this.reserve('weights', bytes.matrix, STORAGE);
    this.reserve('bonds', bytes.matrix, STORAGE);
    this.reserve('bondsOut', bytes.bondsOut, STORAGE);
    this.reserve('marks', bytes.marks, STORAGE);
    this.reserve('vectors', bytes.vectors, STORAGE);
    this.reserve('results', bytes.results, STORAGE);
    this.reserve('readBack', bytes.readBack, USAGE.mapRead | USAGE.copyTo);
    queue.writeBuffer(this.buffer('tasks'), 0, tasks);
    queue.writeBuffer(this.buffer('tables'), 0, tables);
    queue.writeBuffer(this.buffer('entries'), 0, entries);

    const encoder = this.device.gpu.createCommandEncoder();
    encoder.clearBuffer(this.buffer('weights'), 0, bytes.matrix);
    encoder.clearBuffer(this.buffer('bonds'), 0, bytes.matrix);
    encoder.clearBuffer(this.buffer('marks'), 0, bytes.marks);
    encoder.clearBuffer(this.buffer('vectors'), 0, bytes.vectors);
    const pass = encoder.beginComputePass();
    const group = this.bindGroup();
    const most = this.device.limits.maxComputeWorkgroupsPerDimension;
    for (const [index, { count }] of packed.dispatches.entries()) {
      pass.setPipeline(pipelines[index]!);
      pass.setBindGroup(0, group, [index * TASK_STRIDE]);
      pass.dispatchWorkgroups(Math.min(count, most), Math.ceil(count / most));
    }
    pass.end();
    const readBack = this.buffer('readBack');
    encoder.copyBufferToBuffer(this.buffer('results'), 0, readBack, 0, parts.results);
    encoder.copyBufferToBuffer(this.buffer('marks'), 0, readBack, parts.results, parts.marks);
    if (parts.bondsOut > 0) {
      encoder.copyBufferToBuffer(this.buffer('bondsOut'), 0, readBack, parts.results + parts.marks, parts.bondsOut);
    }
    queue.submit([encoder.finish()]);
  }

  private buffer(name: Name): GPUBuffer {
    return this.buffers.get(name)!;
  }

  /** Makes the buffer at least so large; what it held is gone where it grows. */
  private reserve(name: Name, bytes: number, usage: number): void {
    const known = this.buffers.get(name);
    const size = Math.max(16, Math.ceil(bytes / 16) * 16);
    if (known !== undefined && known.size >= size) return;
    known?.destroy();
    this.group = undefined;
    this.buffers.set(name, this.device.gpu.createBuffer({ label: name, size, usage }));
  }

  private clear(): void {
    for (const buffer of this.buffers.values()) buffer.destroy();
    this.buffers.clear();
    this.group = undefined;
  }

  private bindGroup(): GPUBindGroup {
    this.group ??= this.device.gpu.createBindGroup({
      layout: this.kernels.groups,
      entries: NAMES.map((name, binding) => ({
        binding,
        resource: binding === 0 ? { buffer: this.buffer(name), size: TASK_STRIDE } : { buffer: this.buffer(name) },
      })),
    });
    return this.group;
  }
}

interface Parts {
  readonly results: number;
  readonly marks: number;
  readonly bondsOut: number;
  readonly bytes: number;
}

/** Bytes of what is read back; the raw vectors come last among the results. */
function partsOf({ offsets, bytes, cells, subnets }: Packed, intermediates: boolean): Parts {
  const results = intermediates ? bytes.results : 4 * offsets.consensus_raw;
  const marks = 4 * (subnets.length + cells / 32);
  const bondsOut = 2 * cells;
  return { results, marks, bondsOut, bytes: results + marks + bondsOut };
}
