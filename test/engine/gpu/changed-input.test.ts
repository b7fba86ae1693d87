/** Inputs that their caller changes while they wait for their batch, as in test/engine/changed-input.test.ts. */
import { expect, test } from 'vitest';
import { createEngine, YumaError } from '../../../src/index.js';
import { describeOnGpu, MAIN_ADAPTERS } from '../../gpu.js';
import { WORKED_EXAMPLE } from '../../worked-example.js';
import { CHANGES } from '../changes.js';

await describeOnGpu('an input changed while it waits', MAIN_ADAPTERS, ({ adapter }) => {
  // Arrays that were given away end the whole batch with a TypeError.
  test.each(CHANGES.filter(([name]) => name !== 'arrays given away'))('%s', async (_, change) => {
    await using engine = await createEngine({ backend: 'webgpu', adapter });
    const want = await engine.runEpoch(WORKED_EXAMPLE);
    const inputs = Array.from({ length: 4 }, () => structuredClone(WORKED_EXAMPLE));
    const runs = Promise.allSettled(inputs.map((input) => engine.runEpoch(input)));
    const others = Promise.all([engine.runEpoch(WORKED_EXAMPLE), engine.runEpoch(WORKED_EXAMPLE)]);
    for (const input of inputs) change(input);
    expect(await others).toEqual([want, want]);
    for (const run of await runs) {
      if (run.status === 'rejected') expect(run.reason).toBeInstanceOf(YumaError);
      else expect(run.value.n).toBe(WORKED_EXAMPLE.n);
    }
  });
});
