/** The golden vectors: each file is one call, so that subnets of all sizes and modes share batches. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WebgpuBackend } from '../../../src/backends/webgpu/index.js';
import { checkEpochInput } from '../../../src/epoch/validate.js';
import { type EpochCase, readCases } from '../../../src/formats/index.js';
import { compareOutput } from '../../../src/verify/index.js';
import { ALL_ADAPTERS, describeOnGpu } from '../../gpu.js';
import { CASE_FILES, DATA_FILES, vectorFile } from '../../vectors/manifest.js';
import { openBackend } from './backend.js';

/** Epochs of each file that the kernels do not take. */
const BY_WASM: Partial<Record<string, number>> = { 'handmade.jsonl.gz': 3, 'odd.jsonl.gz': 27 };

await describeOnGpu('golden vectors', ALL_ADAPTERS, (adapter) => {
  let backend: WebgpuBackend;
  beforeAll(async () => {
    backend = await openBackend(adapter);
  });
  afterAll(() => backend.close());

  async function expectAll(path: string): Promise<{ ran: number; byWasm: number }> {
    const cases: EpochCase[] = [];
    for await (const epoch of readCases(path)) cases.push(epoch);
    const before = backend.computedBy.wasm;
    const inputs = cases.map(({ input }) => checkEpochInput(input, { lenient: true }));
    const outputs = await backend.run(inputs, { intermediates: true });
    for (const [index, { name, expected }] of cases.entries()) {
      const difference = compareOutput(outputs[index]!, expected!);
      if (difference !== null) expect.fail(`${name}: ${JSON.stringify(difference)}`);
    }
    return { ran: cases.length, byWasm: backend.computedBy.wasm - before };
  }

  test.each(Object.entries(CASE_FILES))('%s: %i cases, bit for bit', async (file, cases) => {
    expect(await expectAll(vectorFile(file))).toEqual({ ran: cases, byWasm: BY_WASM[file] ?? 0 });
  });

  test.skipIf(process.env.YUMA_DATA === undefined).each(Object.entries(DATA_FILES))(
    '%s: %i epochs of a real subnet, bit for bit',
    async (file, cases) => {
      expect(await expectAll(join(process.env.YUMA_DATA!, file))).toEqual({ ran: cases, byWasm: 0 });
    },
  );
});
