/**
 * The GPU in Node: Dawn through the package `webgpu`, an optional peer dependency that is loaded when it is first asked
 * for. Dawn says on stderr, by itself, which drivers it did not find.
 */
import { YumaError } from '../../epoch/errors.js';
import type { AdapterChoice, GpuSource, Route } from './source.js';

const HIGH_PERFORMANCE = { powerPreference: 'high-performance' } as const;

/** Names of Dawn's own, and what to ask adapters for. */
const ROUTES = {
  default: { name: 'the default adapter', flags: [], options: HIGH_PERFORMANCE },
  vulkan: { name: 'Vulkan', flags: ['backend=vulkan'], options: HIGH_PERFORMANCE },
  gl: { name: 'OpenGL ES', flags: ['backend=opengles'], options: { featureLevel: 'compatibility' } },
} as const;

const CHOICES: { readonly [C in AdapterChoice]: readonly (keyof typeof ROUTES)[] } = {
  auto: ['default', 'gl'],
  vulkan: ['vulkan'],
  gl: ['gl'],
};

type Package = typeof import('webgpu');

/** @param load of the package; tests give one that fails */
export const nodeSource = (load: () => Promise<Package> = () => import('webgpu')): GpuSource => ({
  mend: 'Install the GPU\'s driver (Vulkan), or take the backend "wasm".',
  routes: async (choice) => {
    const { create } = await loaded(load);
    return CHOICES[choice].map((key): Route => {
      const { name, flags, options } = ROUTES[key];
      return { name, options, open: () => create([...flags]) };
    });
  },
});

async function loaded(load: () => Promise<Package>): Promise<Package> {
  try {
    return await load();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const missing = code === 'ERR_MODULE_NOT_FOUND';
    const reason = missing
      ? 'the package "webgpu" is not installed'
      : `the package "webgpu" cannot be loaded (${message})`;
    const mend = missing
      ? 'Install it: "npm install webgpu@0.6.2".'
      : 'Version 0.6.2 needs glibc 2.34 or later; take the backend "wasm" elsewhere.';
    throw new YumaError('GPU_UNAVAILABLE', { reason, mend }, { cause });
  }
}
