import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReferenceBackend } from '../../../src/backends/reference.js';
import type { WebgpuBackend } from '../../../src/backends/webgpu/index.js';
import { checkEpochInput } from '../../../src/epoch/validate.js';
import { compareOutput } from '../../../src/verify/index.js';
import { ALL_ADAPTERS, describeOnGpu } from '../../gpu.js';
import { openBackend } from './backend.js';
import { DIRECTED } from './directed.js';

const reference = createReferenceBackend();

await describeOnGpu('the bits of the reference', ALL_ADAPTERS, (adapter) => {
  let backend: WebgpuBackend;
  beforeAll(async () => {
    backend = await openBackend(adapter);
  });
  afterAll(() => backend.close());

  test.each(Object.entries(DIRECTED))('for %s', async (_, input) => {
    const checked = [checkEpochInput(input)];
    const [want] = await reference.run(checked, { intermediates: true });
    const [got] = await backend.run(checked, { intermediates: true });
    expect(compareOutput(got!, { out: want!, mid: want!.intermediates })).toBeNull();
  });

  test('and all of them were computed by the kernels', () => expect(backend.computedBy.wasm).toBe(0));
});
