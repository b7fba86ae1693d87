/**
 * Phases: where the time of epochs on a GPU goes. The steps are those of the backend (`../../backends/webgpu/index.ts`), one
 * after the other instead of overlapped.
 */
import { WasmCore } from '../../backends/wasm/core.js';
import { instantiateCore } from '../../backends/wasm/exports.js';
import { readCoreModule } from '../../backends/wasm/module.js';
import { type AdapterInfo, type Device, openDevice } from '../../backends/webgpu/device.js';
import { Kernels } from '../../backends/webgpu/kernels.js';
import { pack } from '../../backends/webgpu/pack.js';
import { plan } from '../../backends/webgpu/planner.js';
import { type Prepared, prepare } from '../../backends/webgpu/prepare.js';
import { Slot } from '../../backends/webgpu/slot.js';
import type { AdapterChoice } from '../../backends/webgpu/source.js';
import { nodeSource } from '../../backends/webgpu/source-node.js';
import { unpack } from '../../backends/webgpu/unpack.js';
import type { EpochInput } from '../../epoch/input.js';
import { checkAllButColumns } from '../../epoch/validate.js';
import { Trace, type Traced } from './trace.js';

/** Milliseconds of one run of all inputs. */
export interface Phases extends Traced {
  /** What is by neuron, and the cut into batches. */
  readonly prepareMs: number;
  /** Rows copied side by side. */
  readonly packMs: number;
  /** From when the device is done until its results are in the caller's memory. */
  readonly readBackMs: number;
  /** Results into the vectors and rows that callers get. */
  readonly unpackMs: number;
  readonly batches: number;
}

const WANTED = { intermediates: false, bondsStay: false };

export class GpuPhases {
  private readonly core = new WasmCore(instantiateCore(readCoreModule()));
  private readonly trace: Trace;
  private readonly slot: Slot;

  private constructor(private readonly device: Device) {
    this.trace = new Trace(device);
    this.slot = new Slot(device, new Kernels(device));
  }

  /** @throws YumaError GPU_UNAVAILABLE */
  static async open(adapter: AdapterChoice): Promise<GpuPhases> {
    return new GpuPhases(await openDevice(nodeSource(), adapter));
  }

  get adapter(): AdapterInfo & { readonly timestamps: boolean } {
    return { ...this.device.adapter, timestamps: this.device.timestamps };
  }

  /** @throws YumaError GPU_LIMIT, GPU_FAULT, DEVICE_LOST */
  async run(inputs: readonly EpochInput[]): Promise<Phases> {
    const { limits } = this.device;
    const checked = inputs.map((input) => checkAllButColumns(input, {}));
    const started = performance.now();
    const prepared = checked.map((input) => prepare(input, this.core)!);
    const batches = plan(
      prepared.map(({ size }) => size),
      limits,
    );
    const prepareMs = performance.now() - started;
    let [packMs, computeMs, unpackMs] = [0, 0, 0];
    for (const members of batches) {
      const batch: Prepared[] = members.map((member) => prepared[member]!);
      const start = performance.now();
      const packed = pack(batch, limits.maxComputeWorkgroupsPerDimension);
      const packedAt = performance.now();
      const read = await this.slot.compute(packed, WANTED);
      const readAt = performance.now();
      for (const at of batch.keys()) unpack(packed, at, read, WANTED);
      packMs += packedAt - start;
      computeMs += readAt - packedAt;
      unpackMs += performance.now() - readAt;
    }
    const traced = await this.trace.take();
    const readBackMs = Math.max(0, computeMs - traced.uploadMs - traced.deviceMs);
    return { prepareMs, packMs, readBackMs, unpackMs, batches: batches.length, ...traced };
  }

  async close(): Promise<void> {
    await this.device.close();
  }
}
