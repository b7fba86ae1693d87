/**
 * Device: opens the GPU and watches over it. One device a process is enough for any number of engines' work; each
 * engine opens its own.
 * Ownership  who opens it closes it. Until then this module holds what Dawn needs: were that collected before the
 *            device is destroyed, the process would crash
 * Errors     GPU_UNAVAILABLE from `openDevice`; DEVICE_LOST and GPU_FAULT from everything that waits for the device.
 *            A loss that nobody waits for is kept and told to the next who does; none is an unhandled rejection
 */
import { YumaError } from '../../epoch/errors.js';
import type { AdapterChoice, GpuSource, Route } from './source.js';

/** What computes, for people. */
export interface AdapterInfo {
  readonly name: string;
  /** How it was found: "Vulkan", "OpenGL ES", "the default adapter". */
  readonly route: string;
  /** It computes on the CPU. */
  readonly software: boolean;
}

/** Limits above WebGPU's defaults have to be asked for; of these the adapter's own are taken. */
const LIMITS = [
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
] as const;

const TIMESTAMPS = 'timestamp-query';
const SOFTWARE = /llvmpipe|softpipe|lavapipe|swiftshader|basic render/i;

/** What the devices of this process stand on. */
const held = new Set<GPU>();

/**
 * Opens the first device that a route of the source leads to, with all that its adapter can do.
 * @throws YumaError GPU_UNAVAILABLE with what was tried
 */
export async function openDevice(source: GpuSource, choice: AdapterChoice = 'auto'): Promise<Device> {
  const refusals: string[] = [];
  for (const route of await source.routes(choice)) {
    const gpu = route.open();
    held.add(gpu);
    try {
      return new Device(gpu, route, ...(await deviceOf(gpu, route)));
    } catch (fault) {
      held.delete(gpu);
      refusals.push(`${route.name}: ${(fault as Error).message}`);
    }
  }
  throw new YumaError('GPU_UNAVAILABLE', { reason: refusals.join('; '), mend: source.mend });
}

async function deviceOf(gpu: GPU, { options }: Route): Promise<[GPUDevice, GPUAdapterInfo]> {
  const adapter = await gpu.requestAdapter(options);
  if (adapter === null) throw new Error('there is none');
  const { info } = adapter;
  try {
    const device = await adapter.requestDevice({
      requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
      requiredFeatures: adapter.features.has(TIMESTAMPS) ? [TIMESTAMPS] : [],
    });
    return [device, info];
  } catch (cause) {
    throw new Error(`${nameOf(info)} refuses a device (${(cause as Error).message})`, { cause });
  }
}

export class Device {
  readonly adapter: AdapterInfo;
  /** GPU time can be measured. */
  readonly timestamps: boolean;
  private broken: YumaError | undefined;
  private closing = false;
  /** Settles when the device is gone, closed or lost. */
  private readonly gone: Promise<void>;
  private readonly waiting = new Set<(reason: YumaError) => void>();

  constructor(
    private readonly instance: GPU,
    route: Route,
    readonly gpu: GPUDevice,
    info: GPUAdapterInfo,
  ) {
    this.adapter = { name: nameOf(info), route: route.name, software: isSoftware(info) };
    this.timestamps = gpu.features.has(TIMESTAMPS);
    gpu.addEventListener('uncapturederror', this.onUncaptured);
    this.gone = gpu.lost.then(({ message }) => {
      this.break(
        this.closing
          ? new YumaError('CLOSED', { what: 'the GPU device' })
          : new YumaError('DEVICE_LOST', { reason: message || 'no reason given' }),
      );
    });
  }

  get limits(): GPUSupportedLimits {
    return this.gpu.limits;
  }

  /** Nothing more can be had from it. */
  get isBroken(): boolean {
    return this.broken !== undefined;
  }

  /** @throws YumaError what made the device useless: DEVICE_LOST, GPU_FAULT, CLOSED */
  refuseIfBroken(): void {
    if (this.broken !== undefined) throw this.broken;
  }

  /**
   * Calls `work`, which records or submits but does not wait, and settles when the device has accepted all of it.
   * @throws YumaError GPU_FAULT where the device refuses a part of it; DEVICE_LOST; CLOSED
   */
  async submit<T>(work: () => T): Promise<T> {
    this.refuseIfBroken();
    for (const filter of ['internal', 'out-of-memory', 'validation'] as const) this.gpu.pushErrorScope(filter);
    let errors: Promise<GPUError | null>[];
    let result: T;
    try {
      result = work();
    } finally {
      errors = [this.gpu.popErrorScope(), this.gpu.popErrorScope(), this.gpu.popErrorScope()];
      for (const error of errors) error.catch(() => {}); // where `work` throws, that is what counts
    }
    const fault = (await this.until(Promise.all(errors))).find((error) => error !== null);
    if (fault) throw faultOf(fault);
    return result;
  }

  /**
   * What the promise gives, or the end of the device if that comes first: no wait outlives it.
   * @throws YumaError DEVICE_LOST, CLOSED; GPU_FAULT where the promise rejects for another reason
   */
  async until<T>(promise: Promise<T>): Promise<T> {
    this.refuseIfBroken();
    let stop!: (reason: YumaError) => void;
    const end = new Promise<never>((_, reject) => {
      stop = reject;
    });
    this.waiting.add(stop);
    try {
      return await Promise.race([promise, end]);
    } catch (cause) {
      if (cause instanceof YumaError) throw cause;
      throw new YumaError('GPU_FAULT', { kind: 'internal', reason: (cause as Error).message }, { cause });
    } finally {
      this.waiting.delete(stop);
    }
  }

  /** Destroys the device and whatever lies on it; who waits for it gets CLOSED. Settles always. */
  async close(): Promise<void> {
    this.closing = true;
    this.gpu.destroy();
    await this.gone;
    this.gpu.removeEventListener('uncapturederror', this.onUncaptured); // else Dawn keeps us, and we it
    held.delete(this.instance);
  }

  private readonly onUncaptured = (event: GPUUncapturedErrorEvent): void => {
    event.preventDefault(); // it is told to who waits, so the console need not
    this.break(faultOf(event.error));
  };

  /** The first reason stays. */
  private break(reason: YumaError): void {
    this.broken ??= reason;
    for (const stop of this.waiting) stop(this.broken);
  }
}

function faultOf(error: GPUError): YumaError<'GPU_FAULT'> {
  const kinds = { GPUValidationError: 'validation', GPUOutOfMemoryError: 'out-of-memory' } as const;
  const kind = kinds[error.constructor.name as keyof typeof kinds] ?? 'internal';
  return new YumaError('GPU_FAULT', { kind, reason: error.message.trim() });
}

const partsOf = (info: GPUAdapterInfo) => [info.vendor, info.architecture, info.device, info.description];

const nameOf = (info: GPUAdapterInfo): string => partsOf(info).filter(Boolean).join(' ') || 'an adapter without a name';

const isSoftware = (info: GPUAdapterInfo): boolean =>
  info.isFallbackAdapter || partsOf(info).some((part) => SOFTWARE.test(part));
