/** Subnets held on a device match the plain handle after any changes and epochs. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { benchSubnet } from '../../../src/bench/subnet.js';
import { createEngine, type Engine, type EpochInput, listRows, type Subnet, sparseRows } from '../../../src/index.js';
import { inputs } from '../../arbitrary/inputs.js';
import { runs, SEED } from '../../counterexamples.js';
import { describeOnGpu, MAIN_ADAPTERS } from '../../gpu.js';
import { type Move, owned, play, sequences, vectorsOf } from '../moves.js';

const reference = await createEngine({ backend: 'reference' });
const same = (one: Subnet, other: Subnet) =>
  expect(Buffer.from(one.snapshot()).equals(Buffer.from(other.snapshot()))).toBe(true);
const step = (epoch: number) => ({ currentBlock: 7_000_000n + 360n * BigInt(epoch), emission: 1_000_000_000n });

await describeOnGpu('a subnet held on a device', MAIN_ADAPTERS, ({ adapter }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine({ backend: 'webgpu', adapter });
  });
  afterAll(() => engine.close());

  const sameAs = async (input: EpochInput, sequence: readonly Move[], lenient: boolean) => {
    using held = await engine.open(input, { lenient });
    using plain = await reference.open(input, { lenient });
    expect(await play(held, sequence, input.currentBlock)).toEqual(await play(plain, sequence, input.currentBlock));
    same(held, plain);
  };

  /** Epochs without a look at their bonds, some changes between them, and all that is left of it. */
  const sameUnseen = async (input: EpochInput, sequence: readonly Move[], lenient: boolean) => {
    using held = await engine.open(input, { lenient });
    using plain = await reference.open(input, { lenient });
    let { currentBlock } = input;
    for (const move of sequence) {
      if (move.kind !== 'advance' && move.kind !== 'runEpoch') {
        for (const each of [held, plain]) await play(each, [move], 0n);
        continue;
      }
      currentBlock += move.blocks;
      for (const each of [held, plain]) await each.advance({ currentBlock, emission: move.emission });
      expect(vectorsOf(held)).toEqual(vectorsOf(plain));
    }
    same(held, plain);
  };

  const assertFor = (play: typeof sameAs, arbitrary: fc.Arbitrary<EpochInput>, lenient: boolean, usual: number) =>
    fc.assert(
      fc.asyncProperty(arbitrary.filter(leavesRoom), sequences, (input, sequence) => play(input, sequence, lenient)),
      { seed: SEED, numRuns: runs(usual) },
    );

  test('matches the plain handle after any changes and epochs', () =>
    assertFor(sameAs, inputs({ neurons: 24 }), false, 60));
  test('matches it on odd inputs held leniently', () =>
    assertFor(sameAs, inputs({ neurons: 12, odd: true }), true, 60));
  test('matches it where bonds are not looked at', () => assertFor(sameUnseen, inputs({ neurons: 24 }), false, 60));
  test('matches it on odd inputs where bonds are not looked at', () =>
    assertFor(sameUnseen, inputs({ neurons: 12, odd: true }), true, 60));

  const odd = (changes: (input: EpochInput) => Partial<EpochInput>): EpochInput => {
    const input = benchSubnet({ validators: 8, neurons: 37, fill: 1, pattern: 'columns' }, 'liquid', 1, 3);
    return { ...input, ...changes(input) };
  };
  const backwards = ({ weights }: EpochInput) => sparseRows(listRows(weights).map((row) => row.reverse()));
  const bondsTwice = ({ bonds }: EpochInput) =>
    sparseRows(listRows(bonds).map((row) => (row.length === 0 ? row : [...row, [row[0]![0], 7] as const])));
  const sameFor = async (input: EpochInput, between: (subnet: Subnet, epoch: number) => void) => {
    using held = await engine.open(input, { lenient: true });
    using plain = await reference.open(input, { lenient: true });
    const ofTheCore = engine.info().computed.wasm!;
    for (let epoch = 0; epoch < 5; epoch++) {
      for (const each of [held, plain]) between(each, epoch);
      for (const each of [held, plain]) await each.advance(step(epoch));
      expect(vectorsOf(held), `epoch ${epoch}`).toEqual(vectorsOf(plain));
    }
    expect(owned(held.view())).toEqual(owned(plain.view()));
    same(held, plain);
    return engine.info().computed.wasm! - ofTheCore;
  };

  test('rows out of order leave bonds out of order, which count in the next epoch', async () => {
    const ofTheCore = await sameFor(
      odd((input) => ({ weights: backwards(input) })),
      (subnet, epoch) => {
        const row = Array.from({ length: 37 }, (_, column): [number, number] => [column, 900 * column + 1]);
        if (epoch === 3) for (let uid = 0; uid < 8; uid++) subnet.setWeights(uid, row, 7_000_900n);
      },
    );
    expect(ofTheCore).toBe(0);
  });

  test('bonds named twice are for the core, and stay on the device from then on', async () => {
    const ofTheCore = await sameFor(
      odd((input) => ({ bonds: bondsTwice(input) })),
      () => {},
    );
    expect(ofTheCore).toBe(1);
  });

  test('an epoch for the core takes bonds from the device, and leaves them to it', async () => {
    const ofTheCore = await sameFor(
      odd(() => ({})),
      (subnet, epoch) =>
        subnet.setHyperparameters({ bondsMovingAverage: epoch === 2 ? 1_000_001n : 900_000n, liquidAlpha: false }),
    );
    expect(ofTheCore).toBe(1);
  });

  test('a row of an odd length at an odd place is written by itself', async () => {
    const ofTheCore = await sameFor(
      odd(() => ({})),
      (subnet, epoch) => {
        const row = Array.from({ length: 37 }, (_, column): [number, number] => [column, 70 * column + epoch]);
        if (epoch > 0) subnet.setWeights(epoch, row, 7_000_000n);
      },
    );
    expect(ofTheCore).toBe(0);
  });

  test('rows that outgrow all room, and rows that leave it empty, are arranged anew', async () => {
    const dense = Array.from({ length: 37 }, (_, column): [number, number] => [column, 70 * column + 9]);
    const few = benchSubnet({ validators: 8, neurons: 37, fill: 0.1, pattern: 'random' }, 'yuma3', 1, 3);
    const ofTheCore = await sameFor(few, (subnet, epoch) => {
      const set = (uids: readonly number[], row: [number, number][]): void => {
        for (const uid of uids) subnet.setWeights(uid, row, 7_000_000n);
      };
      if (epoch === 1) set([0], dense); // behind all others
      if (epoch === 2) set([1, 2, 3, 4, 5], dense); // more than there is room for
      if (epoch === 3) set([0, 1, 2, 3, 4, 5], dense.slice(0, 2));
      if (epoch === 4) set([7, 6], dense.slice(1)); // where most of the rest is empty
    });
    expect(ofTheCore).toBe(0);
  });

  test('a neuron without weights that is taken over loses those of others', async () => {
    const ofTheCore = await sameFor(
      odd(() => ({})),
      (subnet, epoch) => {
        if (epoch > 0) subnet.register(20 + epoch, 1n); // so early that it voids none of them
      },
    );
    expect(ofTheCore).toBe(0);
  });
});

/** Blocks of the epochs to come fit u64. */
function leavesRoom({ currentBlock }: EpochInput): boolean {
  return currentBlock < 2n ** 63n;
}
