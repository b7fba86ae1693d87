/** Batches of arbitrary subnets against the reference: mixed sizes and modes, odd rows, unsorted ones under liquid alpha. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createReferenceBackend } from '../../../src/backends/reference.js';
import type { WebgpuBackend } from '../../../src/backends/webgpu/index.js';
import { FORMS } from '../../../src/backends/webgpu/layout.js';
import type { Hyperparameters } from '../../../src/epoch/hyperparameters.js';
import type { EpochInput } from '../../../src/epoch/input.js';
import { checkEpochInput } from '../../../src/epoch/validate.js';
import { compareOutput } from '../../../src/verify/index.js';
import { type InputOptions, inputs } from '../../arbitrary/inputs.js';
import { assertForInputs, runs, SEED } from '../../counterexamples.js';
import { describeOnGpu, MAIN_ADAPTERS } from '../../gpu.js';
import { openBackend } from './backend.js';

const reference = createReferenceBackend();
console.info(`webgpu agreement: SEED=${SEED}`);

/** What the kernels do not take is not to be drawn often. */
const TAKEN = { bondsMovingAverage: 900_000n };

describe.each(FORMS)('$lanes threads a column', async ({ lanes }) => {
  await describeOnGpu('the bits of the reference', MAIN_ADAPTERS, (adapter) => {
    let backend: WebgpuBackend;
    beforeAll(async () => {
      backend = await openBackend(adapter, lanes);
    });
    afterAll(() => backend.close());

    async function differenceOf(subnets: readonly EpochInput[], lenient: boolean): Promise<string | null> {
      const checked = subnets.map((input) => checkEpochInput(input, { lenient }));
      const got = await backend.run(checked, { intermediates: true });
      const want = await reference.run(checked, { intermediates: true });
      for (const [index, output] of want.entries()) {
        const difference = compareOutput(got[index]!, { out: output, mid: output.intermediates });
        if (difference !== null) return `subnet ${index}, n = ${output.n}: ${JSON.stringify(difference)}`;
        expect(got[index]!.stake).toEqual(output.stake);
      }
      return null;
    }

    /** Batches of a hundred; one that fails is tried subnet by subnet, so that the counterexample is one. */
    async function agrees(options: InputOptions, changes: Partial<Hyperparameters>, batches: number): Promise<void> {
      const subnet = inputs(options).map((input) => ({
        ...input,
        hyperparameters: { ...input.hyperparameters, ...changes },
      }));
      const drawn = fc.sample(subnet, { seed: SEED + lanes, numRuns: 100 * runs(batches) });
      for (let start = 0; start < drawn.length; start += 100) {
        const batch = drawn.slice(start, start + 100);
        const difference = await differenceOf(batch, options.odd ?? false);
        if (difference === null) continue;
        await assertForInputs('webgpu-agreement', fc.constantFrom(...batch), 1_000, async (input) => {
          const single = await differenceOf([input], options.odd ?? false);
          if (single !== null) throw new Error(single);
        });
        throw new Error(`only in a batch: ${difference}`);
      }
    }

    test('on arbitrary inputs', () => agrees({}, {}, 3));
    test('on odd inputs, read leniently', () => agrees({ odd: true }, {}, 4));
    test('on tiny inputs', () => agrees({ neurons: 4 }, TAKEN, 4));
    test('on sorted rows of several words', () => agrees({ sorted: true, neurons: 100 }, TAKEN, 2));
    test('under liquid alpha, rows in any order', () =>
      agrees({ odd: true }, { ...TAKEN, yuma3: true, liquidAlpha: true }, 4));
    test('in Yuma2', () => agrees({}, { ...TAKEN, yuma3: false }, 4));
    test.each([0n, 1n, 500_000n, 999_999n, 1_000_000n])('with a moving average of %i', (bondsMovingAverage) =>
      agrees({}, { bondsMovingAverage }, 1),
    );
    test.each([0, 1, 65_534, 65_535])('with a majority of %i', (kappa) => agrees({}, { ...TAKEN, kappa }, 1));

    test('most of them were computed by the kernels', () => {
      const { webgpu, wasm } = backend.computedBy;
      console.info(`webgpu agreement: ${webgpu} epochs by the kernels, ${wasm} by WebAssembly`);
      expect(webgpu).toBeGreaterThan(wasm);
    });
  });
});
