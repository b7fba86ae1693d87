import { describe, expect, test } from 'vitest';
import { type EpochCase, readCases } from '../../src/formats/index.js';
import { createEngine, type SparseRows, stakeFromRao } from '../../src/index.js';
import type { Change } from '../../src/replay/index.js';
import { compareOutput } from '../../src/verify/index.js';
import { vectorFile } from '../vectors/manifest.js';
import { byHand, changedRun, engine, replayed, rowOf, scaled, submitting } from './by-hand.js';
import { makeSeries, validatorsOf } from './series.js';

const SERIES = await makeSeries();
const [VALIDATOR, OTHER] = validatorsOf(SERIES[2]!).slice(1) as [number, number];

describe('the baseline of a replay', () => {
  test('gives what a made-up series expects, bit for bit', async () => {
    const epochs = await replayed(SERIES, [{ kind: 'set', hyperparameters: { kappa: 1 } }]);
    expect(epochs).toHaveLength(SERIES.length);
    for (const { case: given, baseline } of epochs)
      expect(compareOutput(baseline, { out: given.expected!.out })).toBeNull();
  });

  test('gives what the seven golden series expect, and without a change nothing differs', async () => {
    const series = new Map<string, EpochCase[]>();
    for await (const given of readCases(vectorFile('sequences.jsonl.gz'))) {
      const name = given.name.split('/')[0]!;
      series.set(name, [...(series.get(name) ?? []), given]);
    }
    expect([...series.values()].map(({ length }) => length)).toEqual(Array(7).fill(20));
    for (const cases of series.values()) {
      for (const { case: given, baseline, changed, editedBonds } of await replayed(cases, [])) {
        expect(compareOutput(baseline, { out: given.expected!.out }), given.name).toBeNull();
        expect(changed, given.name).toEqual(baseline);
        expect(editedBonds, given.name).toBe(0);
      }
    }
  });
});

describe('no difference comes of', () => {
  const { kappa, bondsMovingAverage } = SERIES[0]!.input.hyperparameters;
  test.each<[string, readonly Change[]]>([
    ['no change', []],
    ['a hyperparameter as it is filed', [{ kind: 'set', hyperparameters: { kappa, bondsMovingAverage } }]],
    ['weights that are 0 epochs late', [{ kind: 'late', uid: VALIDATOR, epochs: 0 }]],
    ['weights of a neuron without permit', [{ kind: 'weights', uid: lastMiner(), row: [[0, 9]] }]],
  ])('%s', async (_, changes) => {
    for (const { baseline, changed } of await replayed(SERIES, changes)) {
      // All but whether it is active: a neuron that submits is.
      expect({ ...changed, active: 0 }).toEqual({ ...baseline, active: 0 });
    }
  });

  function lastMiner(): number {
    const { validatorPermit } = SERIES[0]!.input;
    const permits = SERIES.map(({ input }) => input.validatorPermit);
    return [...validatorPermit.keys()].filter((uid) => permits.every((permit) => permit[uid] === 0)).at(-1)!;
  }
});

describe('a change gives what running the engine by hand gives, epoch after epoch', () => {
  test('kappa', async () => {
    const changed = await changedRun(SERIES, [{ kind: 'set', hyperparameters: { kappa: 45_000, bondsPenalty: 100 } }]);
    const wanted = await byHand(SERIES, (input) => ({
      ...input,
      hyperparameters: { ...input.hyperparameters, kappa: 45_000, bondsPenalty: 100 },
    }));
    expect(changed).toEqual(wanted);
    expect(changed[0]).not.toEqual(SERIES[0]!.expected!.out);
    const { input } = SERIES[0]!;
    const first = await engine.runEpoch({
      ...input,
      hyperparameters: { ...input.hyperparameters, kappa: 45_000, bondsPenalty: 100 },
    });
    expect(changed[0]).toEqual(first);
  });

  test('stake, and with it who holds a permit', async () => {
    const { n } = SERIES[0]!.input;
    const rao = 50_000_000_000_000_000n;
    const newcomer = [...Array(n).keys()].find((uid) => SERIES[0]!.input.validatorPermit[uid] === 0)!;
    const epochs = await replayed(SERIES, [{ kind: 'stake', uid: newcomer, stake: rao }]);
    const wanted = await byHand(SERIES, (input) => {
      const stake = input.stake.slice();
      stake.set(stakeFromRao([rao]), 2 * newcomer);
      return { ...input, stake };
    });
    expect(epochs.map(({ changed }) => changed)).toEqual(wanted);
    expect(epochs[1]!.input.validatorPermit[newcomer]).toBe(1);
    expect(epochs[0]!.otherPermits).toBe(0);
    expect(epochs[1]!.otherPermits).toBeGreaterThan(0);
  });

  test('a copier of the consensus, from the second epoch on', async () => {
    const changed = await changedRun(SERIES, [{ kind: 'copy', uid: VALIDATOR, of: 'consensus' }]);
    const wanted = await byHand(SERIES, (input, past) =>
      past === undefined ? input : submitting(input, VALIDATOR, scaled([...past.output.consensus])),
    );
    expect(changed).toEqual(wanted);
    expect(changed[0]).toEqual(SERIES[0]!.expected!.out);
    expect(changed[1]).not.toEqual(SERIES[1]!.expected!.out);
  });

  test('a copier submits in every epoch: in the block after the one before, unless it did later', async () => {
    const epochs = await replayed(SERIES, [{ kind: 'copy', uid: VALIDATOR, of: 'consensus' }]);
    const submitted = epochs.map(({ input }) => input.lastUpdate[VALIDATOR]!);
    const filed = SERIES.map(({ input }) => input.lastUpdate[VALIDATOR]!);
    const next = SERIES.map(({ input }) => input.lastStep + 1n);
    expect(submitted[0]).toBe(filed[0]);
    for (const [at, block] of [...submitted.entries()].slice(1)) {
      expect(block).toBe(filed[at]! > next[at]! ? filed[at] : next[at]);
    }
    expect(submitted.some((block, at) => block > filed[at]!)).toBe(true);
    expect(submitted.slice(1).some((block, at) => block > next[at + 1]!)).toBe(true);
  });

  test('a copier of another validator', async () => {
    const changed = await changedRun(SERIES, [{ kind: 'copy', uid: VALIDATOR, of: OTHER }]);
    const wanted = await byHand(SERIES, (input, past) =>
      past === undefined ? input : submitting(input, VALIDATOR, rowOf(past.input.weights, OTHER)),
    );
    expect(changed).toEqual(wanted);
    expect(changed[1]).not.toEqual(SERIES[1]!.expected!.out);
  });

  test("a copier of the others' mean by stake", async () => {
    const epochs = await replayed(SERIES, [{ kind: 'copy', uid: VALIDATOR, of: 'mean' }]);
    const wanted = await byHand(SERIES, (input, past) => {
      if (past === undefined) return input;
      const voters = [...past.input.validatorPermit.keys()].filter(
        (uid) => uid !== VALIDATOR && past.input.validatorPermit[uid] === 1 && past.output.active[uid] === 1,
      );
      const sums = new Array<bigint>(input.n).fill(0n);
      for (const voter of voters) {
        const row = rowOf(past.input.weights, voter).filter(([column]) => column !== voter);
        const total = BigInt(row.reduce((sum, [, value]) => sum + value, 0));
        for (const [column, value] of row) {
          if (total > 0n) sums[column]! += (past.output.stake[voter]! * ((BigInt(value) << 32n) / 1n)) / total;
        }
      }
      const most = sums.reduce((a, b) => (a > b ? a : b));
      return submitting(input, VALIDATOR, scaled(sums.map((sum) => Number((sum * 65_535n + most / 2n) / most))));
    });
    expect(epochs.map(({ changed }) => changed)).toEqual(wanted);
    expect(wanted[1]).not.toEqual(SERIES[1]!.expected!.out);
    // A mean of shares: between the least and the largest share that any of the others gives.
    const share = (rows: SparseRows, uid: number, column: number) => {
      const row = rowOf(rows, uid).filter(([at]) => at !== uid);
      return (row.find(([at]) => at === column)?.[1] ?? 0) / row.reduce((sum, [, value]) => sum + value, 0);
    };
    const others = validatorsOf(SERIES[0]!).filter((uid) => uid !== VALIDATOR);
    const mean = rowOf(epochs[1]!.input.weights, VALIDATOR);
    const total = mean.reduce((sum, [, value]) => sum + value, 0);
    expect(mean.length).toBeGreaterThan(5);
    for (const [column, value] of mean) {
      const shares = others.map((uid) => share(SERIES[0]!.input.weights, uid, column));
      expect(value / total).toBeLessThanOrEqual(Math.max(...shares) + 1e-4);
      expect(value / total).toBeGreaterThanOrEqual(Math.min(...shares) - 1e-4);
    }
  });

  test.each([1, 3, 100])('weights that are %i epochs late, as early as the series reaches', async (late) => {
    const changed = await changedRun(SERIES, [{ kind: 'late', uid: VALIDATOR, epochs: late }]);
    const wanted = await byHand(SERIES, (input, _, epoch) => {
      const row = rowOf(SERIES[Math.max(0, epoch - late)]!.input.weights, VALIDATOR);
      const { lastUpdate } = input;
      return { ...submitting(input, VALIDATOR, row), lastUpdate };
    });
    expect(changed).toEqual(wanted);
    expect(changed.at(-1)).not.toEqual(SERIES.at(-1)!.expected!.out);
  });

  test('given weights, scaled and submitted anew in every epoch', async () => {
    const row = [
      [9, 3],
      [2, 1],
    ] as const;
    const changed = await changedRun(SERIES, [{ kind: 'weights', uid: VALIDATOR, row }]);
    const wanted = await byHand(SERIES, (input) =>
      submitting(input, VALIDATOR, [
        [9, 65_535],
        [2, 21_845],
      ]),
    );
    expect(changed).toEqual(wanted);
  });

  test('several changes at once', async () => {
    const changed = await changedRun(SERIES, [
      { kind: 'set', hyperparameters: { kappa: 45_000 } },
      { kind: 'set', hyperparameters: { liquidAlpha: true } },
      { kind: 'copy', uid: VALIDATOR, of: OTHER },
      { kind: 'late', uid: OTHER, epochs: 1 },
    ]);
    const wanted = await byHand(SERIES, (input, past, epoch) => {
      const hyperparameters = { ...input.hyperparameters, kappa: 45_000, liquidAlpha: true };
      const row = rowOf(SERIES[Math.max(0, epoch - 1)]!.input.weights, OTHER);
      const late = { ...submitting(input, OTHER, row), lastUpdate: input.lastUpdate, hyperparameters };
      return past === undefined ? late : submitting(late, VALIDATOR, rowOf(past.input.weights, OTHER));
    });
    expect(changed).toEqual(wanted);
  });
});

test('the files are left as they are', async () => {
  const before = structuredClone(SERIES.map(({ input }) => input));
  await replayed(SERIES, [
    { kind: 'set', hyperparameters: { kappa: 1 } },
    { kind: 'copy', uid: VALIDATOR, of: 'mean' },
    { kind: 'stake', uid: OTHER, stake: 0n },
  ]);
  expect(SERIES.map(({ input }) => input)).toEqual(before);
});

test.each(['reference', 'wasm', 'workers'] as const)('the same results come from %s', async (name) => {
  await using other = await createEngine(name === 'workers' ? { backend: 'wasm', threads: 2 } : { backend: name });
  const changes: Change[] = [
    { kind: 'set', hyperparameters: { bondsPenalty: 9_000 } },
    { kind: 'copy', uid: VALIDATOR, of: 'consensus' },
  ];
  expect(await changedRun(SERIES, changes, { engine: other })).toEqual(await changedRun(SERIES, changes));
});
