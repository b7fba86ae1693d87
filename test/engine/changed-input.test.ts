/**
 * Inputs that their caller changes while an epoch of them waits or runs, against what `Engine.runEpoch` asks for: the result is then
 * of no use, but it comes or is refused, and nobody else's epoch is touched.
 */
import { describe, expect, test } from 'vitest';
import { createEngine, YumaError } from '../../src/index.js';
import { WORKED_EXAMPLE } from '../worked-example.js';
import { CHANGES } from './changes.js';
import { largeSubnet } from './large.js';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe.each([0, 1, 2])('%i threads', (threads) => {
  test.each(CHANGES)('%s', async (_, change) => {
    await using engine = await createEngine({ threads });
    using held = await engine.open(WORKED_EXAMPLE);
    const before = held.snapshot();
    const want = engine.runEpochSync(WORKED_EXAMPLE);
    const busy = Array.from({ length: threads }, () => engine.runEpoch(largeSubnet(1_024)));
    const inputs = Array.from({ length: 6 }, () => structuredClone(WORKED_EXAMPLE));
    const runs = Promise.allSettled(inputs.map((input) => engine.runEpoch(input)));
    const others = Promise.all([engine.runEpoch(WORKED_EXAMPLE), engine.runEpoch(WORKED_EXAMPLE)]);
    for (const input of inputs.slice(0, 4)) change(input);
    await turn();
    for (const input of inputs.slice(4)) change(input);
    expect(await others).toEqual([want, want]);
    for (const run of await runs) {
      if (run.status === 'rejected') expect(run.reason).toBeInstanceOf(YumaError);
      else expect(run.value.n).toBe(WORKED_EXAMPLE.n);
    }
    await Promise.all(busy);
    expect(await engine.runEpoch(WORKED_EXAMPLE)).toEqual(want);
    expect(Buffer.from(held.snapshot()).equals(before)).toBe(true);
  });
});
