/**
 * Lives of held subnets: long random ones, several subnets in each tick. Whatever befalls them (changes, aborts, a lost
 * device, a move to a snapshot and back), a handle on a device, one in the core's memory and one in plain arrays stay equal.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { benchSubnet } from '../../../src/bench/subnet.js';
import { createEngineOn } from '../../../src/engine/engine.js';
import { createEngine, type Engine, type EpochInput, type Subnet } from '../../../src/index.js';
import { compareOutput } from '../../../src/verify/index.js';
import { inputs } from '../../arbitrary/inputs.js';
import { runs, SEED } from '../../counterexamples.js';
import { describeOnGpu, MAIN_ADAPTERS } from '../../gpu.js';
import { vectorsOf } from '../moves.js';
import { spiedHost } from './spied.js';

type Change =
  | { readonly kind: 'row'; readonly uid: number; readonly values: readonly number[]; readonly step: number }
  | { readonly kind: 'stake'; readonly uid: number; readonly stake: bigint }
  | { readonly kind: 'register'; readonly uid: number; readonly ago: number }
  | { readonly kind: 'append' }
  | { readonly kind: 'mode'; readonly yuma3: boolean; readonly liquidAlpha: boolean };

/** How the epoch of a turn is asked for, and what is looked at after it. */
type Ending = 'advance' | 'look' | 'runEpoch' | 'restore' | 'abort';

interface Turn {
  /** For each subnet. */
  readonly changes: readonly (readonly Change[])[];
  readonly endings: readonly Ending[];
  readonly blocks: number;
  readonly lost: boolean;
}

const SUBNETS = 3;
const uid = fc.nat(70);
const u16 = fc.oneof(fc.constantFrom(0, 1, 65_535), fc.nat(65_535));

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('row' as const),
      uid,
      values: fc.array(u16, { minLength: 1, maxLength: 5 }),
      step: fc.constantFrom(1, 1, 1, 2, 3), // 1 = a dense row, as long as a dense one before it
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('stake' as const),
      uid,
      stake: fc.oneof(fc.constant(0n), fc.bigInt(0n, 2n ** 100n)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('register' as const), uid, ago: fc.constantFrom(0, 100, 10_000) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('append' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('mode' as const), yuma3: fc.boolean(), liquidAlpha: fc.boolean() }),
  },
);

const ending = fc.oneof(
  { weight: 10, arbitrary: fc.constant('advance' as const) },
  { weight: 2, arbitrary: fc.constantFrom('look' as const, 'runEpoch' as const) },
  { weight: 1, arbitrary: fc.constantFrom('restore' as const, 'abort' as const) },
);

const each = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: SUBNETS, maxLength: SUBNETS });

const turns: fc.Arbitrary<Turn[]> = fc.array(
  fc.record({
    changes: each(fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(change, { maxLength: 3 }))),
    endings: each(ending),
    blocks: fc.nat(400),
    lost: fc.nat(39).map((draw) => draw === 0),
  }),
  { minLength: 12, maxLength: 30 },
);

/** Rows in order, sizes on either side of a word of the bitmaps; or whatever an input may be. */
const beginnings: fc.Arbitrary<EpochInput> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .record({
        neurons: fc.constantFrom(3, 31, 32, 33, 63, 64, 65),
        validators: fc.constantFrom(1, 2, 7),
        fill: fc.constantFrom(1, 1, 0.4),
        mode: fc.constantFrom('yuma2' as const, 'yuma3' as const, 'liquid' as const),
        seed: fc.nat(1_000),
      })
      .map(({ neurons, validators, fill, mode, seed }) =>
        benchSubnet({ neurons, validators: Math.min(validators, neurons), fill, pattern: 'random' }, mode, seed, 1),
      ),
  },
  {
    weight: 1,
    arbitrary: inputs({ sorted: true, neurons: 40 }).filter(({ currentBlock }) => currentBlock < 2n ** 63n),
  },
);

function apply(subnet: Subnet, move: Change, block: bigint): void {
  const { n } = subnet;
  if (move.kind === 'mode') subnet.setHyperparameters({ yuma3: move.yuma3, liquidAlpha: move.liquidAlpha });
  else if (move.kind === 'append') subnet.register(n, block);
  else if (n === 0) return;
  else if (move.kind === 'stake') subnet.setStake(move.uid % n, move.stake);
  else if (move.kind === 'register') subnet.register(move.uid % n, block > move.ago ? block - BigInt(move.ago) : 0n);
  else {
    const columns = Array.from({ length: Math.ceil(n / move.step) }, (_, at) => at * move.step);
    const row = columns.map((column, at): [number, number] => [column, move.values[at % move.values.length]!]);
    subnet.setWeights(move.uid % n, row, block);
  }
}

const bytesOf = (subnet: Subnet) => Buffer.from(subnet.snapshot());
const exact = await createEngine({ backend: 'wasm' });
const reference = await createEngine({ backend: 'reference' });

await describeOnGpu('lives of held subnets', MAIN_ADAPTERS, ({ adapter }) => {
  const { host, devices } = spiedHost();
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngineOn(host, { backend: 'webgpu', adapter });
  });
  afterAll(() => engine.close());

  /** One epoch of a held subnet; again, until no device is lost any more. Each failure leaves it as it was. */
  async function runOn(held: Subnet, plain: Subnet, step: { currentBlock: bigint; emission: bigint }, how: Ending) {
    const before = bytesOf(plain);
    if (how === 'abort') {
      const controller = new AbortController();
      const aborted = held.advance(step, { signal: controller.signal });
      queueMicrotask(() => queueMicrotask(() => controller.abort()));
      await expect(aborted).rejects.toMatchObject({ code: 'ABORTED' });
      expect(bytesOf(held).equals(before)).toBe(true);
      await held.idle();
    }
    for (;;) {
      try {
        if (how === 'runEpoch') return await held.runEpoch(step, { intermediates: true });
        return void (await held.advance(step));
      } catch (fault) {
        expect(fault).toMatchObject({ code: 'DEVICE_LOST' });
        expect(bytesOf(held).equals(before)).toBe(true);
      }
    }
  }

  test('stay equal', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(each(beginnings), turns, async (starts, life) => {
        const helds = await Promise.all(starts.map((start) => engine.open(start)));
        const plains = await Promise.all(starts.map((start) => exact.open(start)));
        const references = await Promise.all(starts.map((start) => reference.open(start)));
        const blocks = starts.map(({ currentBlock }) => currentBlock);
        for (const [turn, { changes, endings, blocks: passed, lost }] of life.entries()) {
          for (const [at, moves] of changes.entries()) {
            for (const move of moves) {
              for (const handles of [helds, plains, references]) apply(handles[at]!, move, blocks[at]!);
            }
            blocks[at]! += BigInt(passed);
          }
          const steps = blocks.map((currentBlock) => ({ currentBlock, emission: 1_000_000_000n + BigInt(turn) }));
          const computing = helds.map((held, at) => runOn(held, plains[at]!, steps[at]!, endings[at]!));
          const beside = engine
            .runEpoch(starts[0]!)
            .catch((fault) => expect(fault).toMatchObject({ code: 'DEVICE_LOST' }));
          if (lost) setImmediate(() => devices.at(-1)!.destroy());
          const outputs = await Promise.all(computing);
          await beside;
          for (const [at, plain] of plains.entries()) {
            const want = await plain.runEpoch(steps[at]!, { intermediates: true });
            expect(await references[at]!.runEpoch(steps[at]!, { intermediates: true })).toEqual(want);
            const where = `turn ${turn}, subnet ${at}, ${endings[at]}`;
            const output = outputs[at];
            if (output !== undefined)
              expect(compareOutput(output, { out: want, mid: want.intermediates! }), where).toBeNull();
            expect(vectorsOf(helds[at]!), where).toEqual(vectorsOf(plain));
            if (endings[at] === 'look') expect(helds[at]!.view().bonds, where).toEqual(want.bonds);
            if (endings[at] !== 'restore') continue;
            const snapshot = helds[at]!.snapshot();
            expect(Buffer.from(snapshot).equals(bytesOf(plain)), where).toBe(true);
            helds[at]!.close();
            helds[at] = await engine.restore(snapshot);
          }
        }
        for (const [at, held] of helds.entries()) expect(bytesOf(held).equals(bytesOf(plains[at]!))).toBe(true);
        for (const each of [...helds, ...plains, ...references]) each.close();
      }),
      { seed: SEED, numRuns: runs(12) },
    );
  });
});
