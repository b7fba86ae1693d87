/** The GPU in a browser: `navigator.gpu`, in windows and workers. The browser chooses among its adapters by itself. */
import { YumaError } from '../../epoch/errors.js';
import type { GpuSource } from './source.js';

export const browserSource: GpuSource = {
  mend: 'Look at chrome://gpu or about:support, or take the backend "wasm".',
  routes: async (choice) => {
    const { gpu } = (globalThis as { navigator?: { gpu?: GPU } }).navigator ?? {};
    if (gpu === undefined) {
      const reason = 'this browser has no WebGPU here';
      const mend = 'Serve the page over HTTPS or from localhost, in a browser with WebGPU.';
      throw new YumaError('GPU_UNAVAILABLE', { reason, mend });
    }
    if (choice !== 'auto') {
      const reason = `a browser takes no choice of adapter ("${choice}")`;
      throw new YumaError('GPU_UNAVAILABLE', { reason, mend: 'Take adapter: "auto".' });
    }
    const open = () => gpu;
    return [
      { name: 'the default adapter', options: { powerPreference: 'high-performance' }, open },
      { name: 'compatibility mode', options: { featureLevel: 'compatibility' }, open },
    ];
  },
};
