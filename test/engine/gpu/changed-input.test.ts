/** Inputs that their caller changes while they wait for their batch, as in test/engine/changed-input.test.ts. */
import { expect, test } from 'vitest';
import { createEngineOn } from '../../../src/engine/engine.js';
import { createEngine, type EpochInput, hyperparameters, YumaError } from '../../../src/index.js';
import { describeOnGpu, MAIN_ADAPTERS } from '../../gpu.js';
import { WORKED_EXAMPLE } from '../../worked-example.js';
import { CHANGES } from '../changes.js';
import { spiedHost } from './spied.js';

const ARRAYS: readonly (readonly [string, (input: EpochInput) => ArrayBufferView])[] = [
  ['stake', ({ stake }) => stake],
  ['lastUpdate', ({ lastUpdate }) => lastUpdate],
  ['registeredAt', ({ registeredAt }) => registeredAt],
  ['validatorPermit', ({ validatorPermit }) => validatorPermit],
  ['commitBlock', ({ commitBlock }) => commitBlock!],
  ...(['weights', 'bonds'] as const).flatMap((rows) =>
    (['offsets', 'columns', 'values'] as const).map(
      (part) => [`${rows}.${part}`, (input: EpochInput) => input[rows][part]] as const,
    ),
  ),
];

const giveAway = (array: ArrayBufferView): void =>
  void structuredClone(null, { transfer: [array.buffer as ArrayBuffer] });

/** Its bonds keep the order of the stored weights, which are read once more for that. */
const IN_ORDER: EpochInput = {
  ...WORKED_EXAMPLE,
  hyperparameters: hyperparameters({ minStake: 1_000n, yuma3: true, liquidAlpha: true, bondsPenalty: 0 }),
};

await describeOnGpu('an input changed while it waits', MAIN_ADAPTERS, ({ adapter }) => {
  test.each(CHANGES)('%s', async (_, change) => {
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

  test.each(ARRAYS)('%s given away: that epoch is refused, the others are computed', async (_, arrayOf) => {
    await using engine = await createEngine({ backend: 'webgpu', adapter });
    const want = await engine.runEpoch(WORKED_EXAMPLE);
    const input = structuredClone(WORKED_EXAMPLE);
    const runs = [WORKED_EXAMPLE, input, WORKED_EXAMPLE].map((each) => engine.runEpoch(each));
    const settled = Promise.allSettled(runs);
    giveAway(arrayOf(input));
    const [before, refused, after] = await settled;
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'BAD_USAGE' } });
    for (const run of [before, after]) expect(run).toEqual({ status: 'fulfilled', value: want });
  });

  test.each(ARRAYS)('%s given away while the device computes', async (name, arrayOf) => {
    const { host, devices } = spiedHost();
    await using engine = await createEngineOn(host, { backend: 'webgpu', adapter });
    const want = await engine.runEpoch(IN_ORDER);
    const { queue } = devices[0]!;
    const submit = queue.submit.bind(queue);
    const input = structuredClone(IN_ORDER);
    queue.submit = (commands) => {
      submit(commands);
      queue.submit = submit;
      giveAway(arrayOf(input));
    };
    const [refused, other] = await Promise.allSettled([engine.runEpoch(input), engine.runEpoch(IN_ORDER)]);
    expect(refused, name).toMatchObject({ status: 'rejected', reason: { code: 'BAD_USAGE' } });
    expect(other).toEqual({ status: 'fulfilled', value: want });
  });
});
