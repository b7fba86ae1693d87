/** The backend `webgpu`: a whole block of cases a batch. */
import { createBackend } from '#yuma/backends/backends.js';
import type { AdapterChoice } from '#yuma/backends/webgpu/source.js';
import { nodeHost } from '#yuma/engine/node.js';
import type { Contender } from '../contender.js';

/** @throws YumaError GPU_UNAVAILABLE */
export async function webgpuContender(adapter: AdapterChoice): Promise<Contender> {
  const backend = await createBackend('webgpu', nodeHost, { adapter });
  return {
    name: `webgpu on ${backend.adapter!.name}`,
    takes: () => true,
    run: async (cases) => {
      const outputs = await backend.run(
        cases.map(({ input }) => input),
        { intermediates: true },
      );
      return outputs.map((out) => ({ out, mid: out.intermediates }));
    },
    close: () => backend.close(),
  };
}
