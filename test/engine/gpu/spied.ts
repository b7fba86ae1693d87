/** Node's host with its GPU spied on: tests get hold of the devices, and can have the adapter pass for another one. */

import type { Host } from '../../../src/engine/host.js';
import { nodeHost } from '../../../src/engine/node.js';

export interface Disguise {
  /** Name of a GPU in hardware that the adapter passes for. */
  readonly name?: string;
  /** Limits that devices claim to have. */
  readonly limits?: Readonly<Record<string, number>>;
}

export interface SpiedHost {
  readonly host: Host;
  /** Those that were opened, the last one last. */
  readonly devices: GPUDevice[];
}

export function spiedHost({ name, limits }: Disguise = {}): SpiedHost {
  const devices: GPUDevice[] = [];
  const spied = (adapter: GPUAdapter) => ({
    info:
      name === undefined
        ? adapter.info
        : { vendor: '', architecture: '', device: name, description: '', isFallbackAdapter: false },
    features: adapter.features,
    limits: adapter.limits,
    requestDevice: async (wanted: GPUDeviceDescriptor) => {
      const device = await adapter.requestDevice(wanted);
      if (limits !== undefined)
        Object.defineProperty(device, 'limits', { value: { ...plain(device.limits), ...limits } });
      devices.push(device);
      return device;
    },
  });
  const routes: Host['gpu']['routes'] = async (choice) =>
    (await nodeHost.gpu.routes(choice)).map((route) => ({
      ...route,
      open: () => {
        const gpu = route.open();
        const requestAdapter = async (options: GPURequestAdapterOptions) => {
          const adapter = await gpu.requestAdapter(options);
          return adapter && spied(adapter);
        };
        return { requestAdapter } as unknown as GPU;
      },
    }));
  return { host: { ...nodeHost, gpu: { ...nodeHost.gpu, routes } }, devices };
}

/** Buffers of a device from now on that were not destroyed. */
export function liveBuffers(gpu: GPUDevice): Set<GPUBuffer> {
  const live = new Set<GPUBuffer>();
  const createBuffer = gpu.createBuffer.bind(gpu);
  const counted = (wanted: GPUBufferDescriptor): GPUBuffer => {
    const buffer = createBuffer(wanted);
    const destroy = buffer.destroy.bind(buffer);
    const forgotten = () => {
      live.delete(buffer);
      return destroy();
    };
    Object.defineProperty(buffer, 'destroy', { value: forgotten });
    live.add(buffer);
    return buffer;
  };
  Object.defineProperty(gpu, 'createBuffer', { value: counted, configurable: true });
  return live;
}

/** Limits are properties of a class. */
function plain(limits: GPUSupportedLimits): Record<string, number> {
  const all: Record<string, number> = {};
  for (const name in limits) all[name] = limits[name as 'maxBufferSize'];
  return all;
}
