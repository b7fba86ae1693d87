/**
 * Inputs that their caller changes while an epoch of them waits or runs, against what `Engine.runEpoch` asks for: the result is then
 * of no use, but it comes or is refused, and nobody else's epoch is touched.
 */
import { describe, expect, test } from 'vitest';
import { createEngine, type EpochInput, YumaError } from '../../src/index.js';
import { WORKED_EXAMPLE } from '../worked-example.js';
import { largeSubnet } from './large.js';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

type Change = (input: EpochInput) => void;

const CHANGES: readonly (readonly [string, Change])[] = [
  ['columns beyond n', ({ weights }) => void weights.columns.fill(65_535)],
  ['the same column twice', ({ weights, bonds }) => [weights, bonds].forEach(({ columns }) => void columns.fill(3))],
  ['rows that end before they begin', ({ weights }) => void weights.offsets.reverse()],
  [
    'rows beyond the last entry',
    ({ weights, bonds }) => [weights, bonds].forEach((rows) => void rows.offsets.fill(2 ** 31)),
  ],
  ['a last row without end', ({ n, bonds }) => void bonds.offsets.fill(0xffff_ffff, n)],
  ['negative stake', ({ stake }) => void stake.fill(2n ** 64n - 1n)],
  ['permits of 255', ({ validatorPermit }) => void validatorPermit.fill(255)],
  ['other rules', ({ hyperparameters }) => void Object.assign(hyperparameters, { kappa: -1, bondsMovingAverage: 7n })],
  ['a number of neurons', (input) => void Object.assign(input, { n: 32_768 })],
  [
    'arrays given away',
    ({ weights, stake }) =>
      void structuredClone(null, { transfer: [weights.values.buffer, stake.buffer] as ArrayBuffer[] }),
  ],
];

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
