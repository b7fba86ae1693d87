/** Whatever holds a subnet, the same changes and epochs leave the same subnet and give the same results. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine, type Engine, type EngineOptions, type EpochInput } from '../../src/index.js';
import { inputs } from '../arbitrary/inputs.js';
import { runs, SEED } from '../counterexamples.js';
import { type Move, play, sequences } from './moves.js';

const HOLDERS: readonly (readonly [name: string, options: EngineOptions, usualRuns: number])[] = [
  ['in this thread', {}, 150],
  ['in this thread, plain build', { build: 'plain' }, 80],
  ['with 1 worker', { threads: 1 }, 40],
  ['with 2 workers', { threads: 2 }, 40],
  ['with 4 workers', { threads: 4 }, 40],
];

let reference: Engine;
beforeAll(async () => {
  reference = await createEngine({ backend: 'reference' });
});
afterAll(() => reference.close());

describe.each(HOLDERS)('subnets held %s', (_, options, usualRuns) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine(options);
  });
  afterAll(() => engine.close());

  const sameAs = async (input: EpochInput, sequence: readonly Move[], lenient: boolean) => {
    using held = await engine.open(input, { lenient });
    using plain = await reference.open(input, { lenient });
    const got = await play(held, sequence, input.currentBlock);
    const want = await play(plain, sequence, input.currentBlock);
    expect(got).toEqual(want);
    expect(Buffer.from(held.snapshot()).equals(Buffer.from(plain.snapshot()))).toBe(true);
  };

  const assertFor = (arbitrary: fc.Arbitrary<EpochInput>, lenient: boolean) =>
    fc.assert(
      fc.asyncProperty(arbitrary, sequences, (input, sequence) => sameAs(input, sequence, lenient)),
      { seed: SEED, numRuns: runs(usualRuns) },
    );

  test('match the plain handle after any changes and epochs', () =>
    assertFor(inputs({ neurons: 24 }).filter(leavesRoom), false));

  test('match it on odd inputs held leniently', () =>
    assertFor(inputs({ neurons: 12, odd: true }).filter(leavesRoom), true));
});

/** Blocks of the epochs to come fit u64. */
function leavesRoom({ currentBlock }: EpochInput): boolean {
  return currentBlock < 2n ** 63n;
}
