/** A made-up GPU: what a driver may answer, and faults when a test wants them. It computes nothing. */
import type { GpuSource } from '../../../src/backends/webgpu/source.js';

export interface Fake {
  /** No adapter. */
  readonly none?: boolean;
  /** What `requestDevice` rejects with. */
  readonly refuses?: string;
  readonly features?: readonly string[];
  readonly limits?: Readonly<Record<string, number>>;
  readonly info?: Partial<GPUAdapterInfo>;
}

export class FakeDevice extends EventTarget {
  readonly features: Set<string>;
  readonly limits: Readonly<Record<string, number>>;
  readonly lost: Promise<{ reason: string; message: string }>;
  /** Errors of the scopes that are open; a test adds to the last. */
  readonly scopes: (GPUError | null)[] = [];
  destroyed = 0;
  private crashed = false;
  private lose!: (how: { reason: string; message: string }) => void;

  constructor(readonly wanted: GPUDeviceDescriptor) {
    super();
    this.features = new Set(wanted.requiredFeatures);
    this.limits = wanted.requiredLimits as Record<string, number>;
    this.lost = new Promise((resolve) => {
      this.lose = resolve;
    });
  }

  pushErrorScope(): void {
    this.scopes.push(null);
  }

  async popErrorScope(): Promise<GPUError | null> {
    const error = this.scopes.pop()!;
    if (this.crashed) throw new Error('the device is lost');
    return error;
  }

  destroy(): void {
    this.destroyed += 1;
    this.lose({ reason: 'destroyed', message: 'device was destroyed' });
  }

  /** As a driver that crashes. */
  crash(message: string): void {
    this.crashed = true;
    this.lose({ reason: 'unknown', message });
  }

  /** As for a command outside of any scope. Gives whether the host would print it. */
  uncaptured(error: GPUError): boolean {
    return this.dispatchEvent(Object.assign(new Event('uncapturederror', { cancelable: true }), { error }));
  }
}

/** An error as browsers and Dawn name them. */
export function gpuError(name: 'GPUValidationError' | 'GPUOutOfMemoryError' | 'GPUInternalError', message: string) {
  const type = { [name]: class {} }[name]!;
  return Object.assign(new type(), { message }) as GPUError;
}

/** A source with a route for each fake, and the devices that it gave. */
export function fakeSource(...fakes: readonly Fake[]): GpuSource & { readonly devices: FakeDevice[] } {
  const devices: FakeDevice[] = [];
  const adapterOf = ({ refuses, features = [], limits = {}, info = {} }: Fake) => ({
    info: { vendor: '', architecture: '', device: 'fake', description: '', isFallbackAdapter: false, ...info },
    features: new Set(features),
    limits,
    requestDevice: async (wanted: GPUDeviceDescriptor) => {
      if (refuses !== undefined) throw new Error(refuses);
      devices.push(new FakeDevice(wanted));
      return devices.at(-1);
    },
  });
  return {
    devices,
    mend: 'Buy one.',
    routes: async () =>
      fakes.map((fake, at) => ({
        name: `route ${at}`,
        options: {},
        open: () => ({ requestAdapter: async () => (fake.none ? null : adapterOf(fake)) }) as unknown as GPU,
      })),
  };
}
