/** The backend under test on one of the adapters; whoever opens it closes it. */

import { WasmCore } from '../../../src/backends/wasm/core.js';
import { instantiateCore } from '../../../src/backends/wasm/exports.js';
import { readCoreModule } from '../../../src/backends/wasm/module.js';
import { type Device, openDevice } from '../../../src/backends/webgpu/device.js';
import { createWebgpuBackend, type WebgpuBackend, type WebgpuSettings } from '../../../src/backends/webgpu/index.js';
import type { Lanes } from '../../../src/backends/webgpu/layout.js';
import { nodeSource } from '../../../src/backends/webgpu/source-node.js';
import type { AdapterUnderTest } from '../../gpu.js';

export async function openBackend({ adapter }: AdapterUnderTest, lanes?: Lanes): Promise<WebgpuBackend> {
  return backendOn(await openDevice(nodeSource(), adapter), { lanes });
}

export function backendOn(device: Device, settings: WebgpuSettings): WebgpuBackend {
  return createWebgpuBackend(device, new WasmCore(instantiateCore(readCoreModule())), settings);
}
