/** The catalogue on GPUs in software, each of which gets the epochs of all checks under way as one batch. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WebgpuBackend } from '../../src/backends/webgpu/index.js';
import { openBackend } from '../backends/webgpu/backend.js';
import { ALL_ADAPTERS, describeOnGpu } from '../gpu.js';
import { describeCatalogue, runInBatches } from './catalogue-on.js';

await describeOnGpu('the catalogue', ALL_ADAPTERS, (adapter) => {
  let backend: WebgpuBackend;
  beforeAll(async () => {
    backend = await openBackend(adapter);
  });
  afterAll(() => backend.close());

  describeCatalogue(
    [{ name: `webgpu, ${adapter.name}`, run: runInBatches(() => backend), together: Number.POSITIVE_INFINITY }],
    50,
  );

  test('most epochs were computed by the kernels', () => {
    const { webgpu, wasm } = backend.computedBy;
    console.info(`catalogue on ${adapter.name}: ${webgpu} epochs by the kernels, ${wasm} by WebAssembly`);
    expect(webgpu).toBeGreaterThan(wasm);
  });
});
