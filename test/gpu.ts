/**
 * The adapters that WebGPU tests run on: two in software, which have to compute the same bits as any hardware. One that
 * does not open is skipped and its reason printed; with YUMA_REQUIRE_GPU=1 (.ci/run) that is a failure. YUMA_GPU=own
 * takes this machine's own adapter instead.
 */
import { describe, test } from 'vitest';
import { openDevice } from '../src/backends/webgpu/device.js';
import type { AdapterChoice } from '../src/backends/webgpu/source.js';
import { nodeSource } from '../src/backends/webgpu/source-node.js';

export interface AdapterUnderTest {
  readonly name: string;
  readonly adapter: AdapterChoice;
}

const OWN = process.env.YUMA_GPU === 'own';
const REQUIRED = process.env.YUMA_REQUIRE_GPU === '1';

// Both drivers can be named at once; processes that a test starts inherit them.
if (!OWN) {
  process.env.EGL_PLATFORM ??= 'surfaceless';
  process.env.VK_ICD_FILENAMES ??= '/usr/lib/chromium/vk_swiftshader_icd.json'; // of Debian's package chromium
}

const LLVMPIPE: AdapterUnderTest = { name: 'llvmpipe, OpenGL ES', adapter: 'gl' };
const SWIFTSHADER: AdapterUnderTest = { name: 'SwiftShader, Vulkan', adapter: 'vulkan' };

/** Fast enough for everything; the other one is for a part of it. */
export const MAIN_ADAPTERS: readonly AdapterUnderTest[] = [OWN ? { name: 'own adapter', adapter: 'auto' } : LLVMPIPE];
export const ALL_ADAPTERS: readonly AdapterUnderTest[] = OWN ? MAIN_ADAPTERS : [LLVMPIPE, SWIFTSHADER];

/** A suite for each of the adapters that opens, and what became of the others. Await it. */
export async function describeOnGpu(
  title: string,
  adapters: readonly AdapterUnderTest[],
  suite: (adapter: AdapterUnderTest) => void,
): Promise<void> {
  for (const adapter of adapters) {
    const name = `${title} on ${adapter.name}`;
    const reason = await whyNot(adapter);
    if (reason === null) describe(name, () => suite(adapter));
    else if (REQUIRED) {
      test(name, () => {
        throw new Error(`YUMA_REQUIRE_GPU=1, but: ${reason}`);
      });
    } else {
      console.warn(`skipped: ${name}: ${reason}`);
      test.skip(name);
    }
  }
}

const reasons = new Map<string, string | null>();

/** `null` = it opens. */
async function whyNot({ name, adapter }: AdapterUnderTest): Promise<string | null> {
  if (!reasons.has(name)) {
    try {
      const device = await openDevice(nodeSource(), adapter);
      await device.close();
      reasons.set(name, null);
    } catch (fault) {
      reasons.set(name, (fault as Error).message);
    }
  }
  return reasons.get(name)!;
}
