/** All backends by name: a new one is its own file or folder, and one line here. */
import { YumaError } from '../epoch/errors.js';
import type { Backend } from './backend.js';
import { createReferenceBackend } from './reference.js';
import { WasmCore } from './wasm/core.js';
import { instantiateCore } from './wasm/exports.js';
import { createWasmBackend } from './wasm/index.js';
import type { CoreBuild } from './wasm/module.js';
import { openDevice } from './webgpu/device.js';
import type { AdapterChoice, GpuSource } from './webgpu/source.js';

export interface BackendOptions {
  /** Of the WebAssembly core; default the fastest. */
  readonly build?: CoreBuild | undefined;
  /** Of the GPU; default `auto`. */
  readonly adapter?: AdapterChoice | undefined;
  /** A GPU that is lost is opened again with the next epoch; default no. */
  readonly reopen?: boolean | undefined;
}

/** What backends ask of where they run. */
export interface BackendHost {
  readonly gpu: GpuSource;
  /**
   * Bytes of the WebAssembly core in this build; by default the fastest for one thread that the host accepts.
   * @throws YumaError CORE_UNAVAILABLE
   */
  readCore(build?: CoreBuild): Promise<Uint8Array<ArrayBuffer>>;
}

const FACTORIES = {
  wasm: async (host, { build }) => createWasmBackend(await host.readCore(build)),
  reference: async () => createReferenceBackend(),
  webgpu: async (host, { adapter, build, reopen }) => {
    const { createWebgpuBackend } = await import('./webgpu/index.js');
    const core = new WasmCore(instantiateCore(await host.readCore(build)));
    const open = () => openDevice(host.gpu, adapter);
    return createWebgpuBackend(await open(), core, { reopen: reopen ? open : undefined });
  },
} as const satisfies Record<string, (host: BackendHost, options: BackendOptions) => Promise<Backend>>;

/** Value of `--backend`, and of `engine.backend`. */
export type BackendName = keyof typeof FACTORIES;

export const BACKENDS = Object.keys(FACTORIES) as readonly BackendName[];

/** @throws YumaError UNKNOWN_BACKEND, CORE_UNAVAILABLE, GPU_UNAVAILABLE */
export async function createBackend(
  name: BackendName,
  host: BackendHost,
  options: BackendOptions = {},
): Promise<Backend> {
  if (!Object.hasOwn(FACTORIES, name)) {
    throw new YumaError('UNKNOWN_BACKEND', { backend: String(name), known: ['auto', ...BACKENDS] });
  }
  return FACTORIES[name](host, options);
}
