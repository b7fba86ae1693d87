import { describe, expect, test } from 'vitest';
import { type EpochInput, listRows, resetBonds, type SparseRows, sparseRows } from '../../src/index.js';
import { carryBonds, carryPermits } from '../../src/replay/between-epochs.js';
import { type Change, collectWhatIf, replay } from '../../src/replay/index.js';
import { compareOutput } from '../../src/verify/index.js';
import { byHand, changedRun, engine, type Pairs, replayed, rowOf, submitting } from './by-hand.js';
import { makeSeries, validatorsOf } from './series.js';

const SERIES = await makeSeries();
const [VALIDATOR, OTHER] = validatorsOf(SERIES[2]!).slice(1) as [number, number];

describe('a row of bonds of the changed run', () => {
  const ROWS: [string, Pairs, Pairs, Pairs][] = [
    [
      'goes on where the file agrees with the baseline',
      [[1, 5]],
      [[1, 5]],
      [
        [0, 7],
        [1, 9],
      ],
    ],
    ['is empty where the file has it empty, whatever it holds', [[1, 5]], [], []],
    [
      'is empty where the file has it empty and the baseline too, but for its own',
      [],
      [],
      [
        [0, 7],
        [1, 9],
      ],
    ],
    [
      'loses what the file has lost',
      [
        [1, 5],
        [2, 6],
      ],
      [[2, 6]],
      [[0, 7]],
    ],
    ['is that of the file where a value is another', [[1, 5]], [[1, 6]], [[1, 6]]],
    [
      'is that of the file where there is one more',
      [[1, 5]],
      [
        [1, 5],
        [2, 1],
      ],
      [
        [1, 5],
        [2, 1],
      ],
    ],
    [
      'is that of the file where the order is another',
      [
        [1, 5],
        [2, 6],
      ],
      [
        [2, 6],
        [1, 5],
      ],
      [
        [2, 6],
        [1, 5],
      ],
    ],
  ];
  test.each(ROWS)('%s', (_, baseline, filed, wanted) => {
    const rows = (row: Pairs) => sparseRows([row, [[2, 2]], []]);
    const own: Pairs = [
      [0, 7],
      [1, 9],
    ];
    const { bonds, edited } = carryBonds(rows(own), rows(baseline), rows(filed));
    expect(listRows(bonds)).toEqual(listRows(rows(wanted)));
    expect(edited).toBe(JSON.stringify(baseline) === JSON.stringify(filed) ? 0 : 1);
  });
});

test('permits are as filed, but where the run itself gave others and no new neuron came', () => {
  const [own, baseline, filed] = [
    Uint8Array.of(1, 0, 1, 1, 0),
    Uint8Array.of(1, 1, 0, 0, 0),
    Uint8Array.of(0, 1, 0, 0, 1, 1),
  ];
  expect(carryPermits(own, baseline, filed, (uid) => uid === 3)).toEqual(Uint8Array.of(0, 0, 1, 0, 1, 1));
  expect(carryPermits(own, own, filed, () => false)).toBeUndefined();
});

describe('what happens between two epochs', () => {
  const kappa: Change = { kind: 'set', hyperparameters: { kappa: 55_000 } };
  const own = (input: EpochInput): EpochInput => ({
    ...input,
    hyperparameters: { ...input.hyperparameters, kappa: 55_000 },
  });
  /** The miner with the most bonds. */
  const miner = SERIES[2]!.input.bonds.columns[0]!;

  test('bonds that were reset in the files are reset in the changed run', async () => {
    const series = await makeSeries({
      before: (input, epoch) => (epoch === 3 ? { ...input, bonds: resetBonds(input.bonds, miner) } : input),
    });
    const epochs = await replayed(series, [kappa]);
    const holders = listRows(SERIES[3]!.input.bonds).filter((row) => row.some(([column]) => column === miner)).length;
    expect(holders).toBeGreaterThan(1);
    expect(epochs.map(({ editedBonds }) => editedBonds)).toEqual([0, 0, 0, holders, 0, 0]);
    for (const { case: given, baseline } of epochs) expect(compareOutput(baseline, given.expected!)).toBeNull();
    const wanted = await byHand(series, (input, _, epoch) =>
      own(epoch === 3 ? { ...input, bonds: resetBonds(input.bonds, miner) } : input),
    );
    expect(epochs.map(({ changed }) => changed)).toEqual(wanted);
  });

  test('a row that the file has otherwise is taken from it, and an empty one empties it', async () => {
    const strange = [[miner, 12_345]] as const;
    const edit = (input: EpochInput): EpochInput => ({
      ...input,
      bonds: sparseRows(
        listRows(input.bonds).map((row, uid) => (uid === VALIDATOR ? strange : uid === OTHER ? [] : row)),
      ),
    });
    const series = await makeSeries({ before: (input, epoch) => (epoch === 2 ? edit(input) : input) });
    const epochs = await replayed(series, [kappa]);
    expect(epochs.map(({ editedBonds }) => editedBonds)).toEqual([0, 0, 2, 0, 0, 0]);
    const wanted = await byHand(series, (input, _, epoch) => own(epoch === 2 ? edit(input) : input));
    expect(epochs.map(({ changed }) => changed)).toEqual(wanted);
  });

  test('chained bonds do without the later files', async () => {
    const series = SERIES.map((given, epoch) =>
      epoch === 0 ? given : { ...given, input: { ...given.input, bonds: sparseRows(Array(given.input.n).fill([])) } },
    );
    const epochs = await replayed(series, [kappa], { bonds: 'chained' });
    expect(epochs.map(({ baseline }) => baseline)).toEqual(SERIES.map(({ expected }) => expected!.out));
    expect(epochs.map(({ changed }) => changed)).toEqual(await changedRun(SERIES, [kappa]));
    expect(epochs.map(({ editedBonds }) => editedBonds)).toEqual(Array(6).fill(0));
  });

  /** A new neuron in the slot of a validator, without permit, weights or bonds. */
  const register = (input: EpochInput, uid: number): EpochInput => {
    const permits = input.validatorPermit.slice();
    permits[uid] = 0;
    const registeredAt = input.registeredAt.slice();
    registeredAt[uid] = input.currentBlock - 5n;
    const lastUpdate = input.lastUpdate.slice();
    lastUpdate[uid] = registeredAt[uid]!;
    const without = (rows: SparseRows) => sparseRows(listRows(rows).map((row, at) => (at === uid ? [] : row)));
    return {
      ...input,
      registeredAt,
      lastUpdate,
      validatorPermit: permits,
      weights: without(input.weights),
      bonds: without(input.bonds),
    };
  };

  test('a new neuron in a slot begins with its own row, permit and bonds, however they are carried', async () => {
    const series = await makeSeries({
      before: (input, epoch) => (epoch === 3 ? register(input, VALIDATOR) : input),
    });
    const changes: Change[] = [
      { kind: 'late', uid: VALIDATOR, epochs: 2 },
      { kind: 'stake', uid: OTHER, stake: 0n },
    ];
    const wanted = await byHand(series, (given, _, epoch) => {
      const input = epoch === 3 ? register(given, VALIDATOR) : given;
      const from = epoch < 3 ? Math.max(0, epoch - 2) : Math.max(3, epoch - 2);
      const stake = input.stake.slice();
      stake.set([0n, 0n], 2 * OTHER);
      return {
        ...submitting(input, VALIDATOR, rowOf(series[from]!.input.weights, VALIDATOR)),
        lastUpdate: input.lastUpdate,
        stake,
      };
    });
    expect(await changedRun(series, changes)).toEqual(wanted);
    expect(await changedRun(series, changes, { bonds: 'chained' })).toEqual(wanted);
    expect(wanted[3]!.bonds.offsets[VALIDATOR + 1]).toBe(wanted[3]!.bonds.offsets[VALIDATOR]);
  });

  test('a subnet may grow', async () => {
    const grow = (input: EpochInput): EpochInput => ({
      ...input,
      n: input.n + 1,
      stake: BigUint64Array.of(...input.stake, 0n, 0n),
      lastUpdate: BigUint64Array.of(...input.lastUpdate, input.currentBlock - 5n),
      registeredAt: BigUint64Array.of(...input.registeredAt, input.currentBlock - 5n),
      validatorPermit: Uint8Array.of(...input.validatorPermit, 0),
      commitBlock: undefined,
      weights: sparseRows([...listRows(input.weights), []]),
      bonds: sparseRows([...listRows(input.bonds), []]),
    });
    const series = await makeSeries({ before: (input, epoch) => (epoch === 2 ? grow(input) : input) });
    const epochs = await replayed(series, [kappa]);
    const wanted = await byHand(series, (input, past, epoch) =>
      own(epoch === 2 ? { ...series[2]!.input, bonds: sparseRows([...listRows(past!.output.bonds), []]) } : input),
    );
    expect(epochs.map(({ changed }) => changed)).toEqual(wanted);
    const whatIf = await collectWhatIf(replay(series, [kappa], { engine }));
    expect(whatIf.neurons).toHaveLength(SERIES[0]!.input.n + 1);
    expect(whatIf.epochs.map(({ n }) => n)).toEqual([24, 24, 25, 25, 25, 25]);
  });
});
