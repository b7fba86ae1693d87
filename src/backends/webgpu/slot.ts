/**
 * Slot: the buffers of one batch on the device. They are kept and grow, so that batches of a size cost no allocation; two
 * slots let one batch be packed and read back while another is computed.
 * Ownership  words that were handed over are not written any more: the next ones are compared with them
 *            a slot holds one batch from `submit` until `read` has settled
 */
import { changesOf } from './changes.js';
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
  /** Of each subnet what is odd; then, where bonds are read back, the bitmap of kept zeros. */
  readonly marks: Uint32Array<ArrayBuffer>;
  readonly bondsOut: Uint16Array<ArrayBuffer>;
}

/** What of a batch is asked for. */
export interface Wanted {
  readonly intermediates: boolean;
  /** No bonds: those of held subnets stay on the device. */
  readonly bondsStay: boolean;
}

export class Slot {
  private readonly buffers = new Map<Name, GPUBuffer>();
  private group: GPUBindGroup | undefined;
  /** What some of the buffers hold. */
  private readonly known = new Map<Name, Uint32Array>();
  /** Batches that it has or that wait for it. */
  batches = 0;
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
  async compute(packed: Packed, wanted: Wanted): Promise<ReadBack> {
    const pipelines = await Promise.all(packed.dispatches.map(({ kernel }) => this.kernels.pipeline(kernel)));
    const parts = partsOf(packed, wanted);
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
    const { bytes, tasks, tables, entries, uploads, subnets, offsets } = packed;
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
    this.write('tasks', tasks);
    this.write('tables', tables);
    for (const { from, to } of uploads) queue.writeBuffer(this.buffer('entries'), 2 * from, entries.subarray(from, to));

    const encoder = this.device.gpu.createCommandEncoder();
    for (const { prepared, columns } of subnets) {
      const at = { columns: columns.weights, values: columns.weights + offsets.weight_values, bonds: columns.bonds };
      prepared.held?.load(encoder, prepared.input.weights, this.buffer('entries'), at);
    }
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
    for (const { prepared, cell } of subnets) {
      const { held, uids, neurons } = prepared;
      if (held?.keeps) held.keep(encoder, this.buffer('bondsOut'), cell, uids, neurons.newValidatorPermit);
    }
    const readBack = this.buffer('readBack');
    encoder.copyBufferToBuffer(this.buffer('results'), 0, readBack, 0, parts.results);
    encoder.copyBufferToBuffer(this.buffer('marks'), 0, readBack, parts.results, parts.marks);
    if (parts.bondsOut > 0) {
      encoder.copyBufferToBuffer(this.buffer('bondsOut'), 0, readBack, parts.results + parts.marks, parts.bondsOut);
    }
    queue.submit([encoder.finish()]);
  }

  /**
   * Hands over what of the words is not there yet: where the same subnets come again that is next to nothing. A buffer that
   * grew is given more words than before, and so all of them.
   */
  private write(name: Name, words: Uint32Array<ArrayBuffer>): void {
    const { queue } = this.device.gpu;
    for (const { from, to } of changesOf(this.known.get(name), words)) {
      queue.writeBuffer(this.buffer(name), 4 * from, words.subarray(from, to));
    }
    this.known.set(name, words);
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
    this.known.clear();
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
function partsOf({ offsets, bytes, cells, subnets }: Packed, { intermediates, bondsStay }: Wanted): Parts {
  const results = intermediates ? bytes.results : 4 * offsets.consensus_raw;
  const marks = 4 * (subnets.length + (bondsStay ? 0 : cells / 32));
  const bondsOut = bondsStay ? 0 : 2 * cells;
  return { results, marks, bondsOut, bytes: results + marks + bondsOut };
}
