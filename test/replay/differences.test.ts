import { describe, expect, test } from 'vitest';
import type { EpochCase } from '../../src/formats/index.js';
import { type Change, collectWhatIf, type EpochPayments, replay, type WhatIf } from '../../src/replay/index.js';
import { engine, replayed } from './by-hand.js';
import { makeSeries, validatorsOf } from './series.js';

const SERIES = await makeSeries();
const [UID] = validatorsOf(SERIES[2]!).filter((uid) => uid !== SERIES[0]!.input.ownerUid) as [number];
const CHANGES: Change[] = [{ kind: 'copy', uid: UID, of: 'consensus' }];

const collect = (series: readonly EpochCase[], changes = CHANGES): Promise<WhatIf> =>
  collectWhatIf(replay(series, changes, { engine }));

const paid = (
  epochs: readonly EpochPayments[],
  run: 'baseline' | 'changed',
  part: 'miner' | 'validator',
  uid: number,
) => epochs.reduce((sum, epoch) => sum + epoch[run][part][uid]!, 0n);

describe('the differences of a replay', () => {
  test('are sums of what the epochs paid, the largest first', async () => {
    const epochs = await replayed(SERIES, CHANGES);
    const whatIf = await collect(SERIES);
    expect(whatIf.epochs.map(({ name, block, n }) => [name, block, n])).toEqual(
      SERIES.map(({ name, input }) => [name, input.currentBlock, input.n]),
    );
    for (const [at, { baseline, changed }] of epochs.entries()) {
      expect(whatIf.epochs[at]).toMatchObject({
        baseline: { miner: baseline.serverEmission, validator: baseline.validatorEmission },
        changed: { miner: changed.serverEmission, validator: changed.validatorEmission },
      });
    }
    expect(whatIf.neurons.map(({ uid }) => uid).sort((a, b) => a - b)).toEqual([...Array(24).keys()]);
    for (const { uid, baseline, changed, difference } of whatIf.neurons) {
      for (const part of ['miner', 'validator'] as const) {
        expect(baseline[part]).toBe(paid(whatIf.epochs, 'baseline', part, uid));
        expect(changed[part]).toBe(paid(whatIf.epochs, 'changed', part, uid));
      }
      expect(difference).toBe(changed.miner + changed.validator - baseline.miner - baseline.validator);
    }
    const sizes = whatIf.neurons.map(({ difference }) => (difference < 0n ? -difference : difference));
    expect(sizes[0]).toBeGreaterThan(0n);
    expect(sizes).toEqual([...sizes].sort((a, b) => (a > b ? -1 : a < b ? 1 : 0)));
  });

  test('lose and make nothing: all sums agree, and each epoch pays what there is but for truncation', async () => {
    const { neurons, total, epochs } = await collect(SERIES);
    const all = (of: (neuron: (typeof neurons)[number]) => bigint) => neurons.reduce((sum, each) => sum + of(each), 0n);
    expect(total.difference).toBe(all(({ difference }) => difference));
    for (const run of ['baseline', 'changed'] as const) {
      expect(total[run].miner).toBe(all((neuron) => neuron[run].miner));
      expect(total[run].validator).toBe(all((neuron) => neuron[run].validator));
      for (const [at, epoch] of epochs.entries()) {
        const amounts = [...epoch[run].miner, ...epoch[run].validator];
        const lost = SERIES[at]!.input.emission - amounts.reduce((sum, amount) => sum + amount, 0n);
        // A share is truncated to 2^-32, and so much of the emission is lost with each of them at most.
        expect(lost).toBeGreaterThanOrEqual(0n);
        expect(lost).toBeLessThan(BigInt(amounts.length) * ((SERIES[at]!.input.emission >> 32n) + 2n));
      }
    }
    expect(total.difference).toBe(
      total.changed.miner + total.changed.validator - total.baseline.miner - total.baseline.validator,
    );
  });

  test('say in which epoch each neuron first differs', async () => {
    const { neurons, total, epochs } = await collect(SERIES);
    expect(total.firstDifference).toBe(1); // a copier has nothing to copy before
    for (const { uid, firstDifference } of neurons) {
      const differs = epochs.map(
        ({ baseline, changed }) =>
          baseline.miner[uid] !== changed.miner[uid] || baseline.validator[uid] !== changed.validator[uid],
      );
      expect(firstDifference).toBe(differs.includes(true) ? differs.indexOf(true) : null);
    }
    const same = await collect(SERIES, []);
    expect(same.total).toMatchObject({ difference: 0n, firstDifference: null });
    expect(same.neurons.map(({ uid }) => uid)).toEqual([...Array(24).keys()]);
  });

  test('cover the blocks since the epoch before the first, as far as that is known', async () => {
    const { input } = SERIES[0]!;
    const last = SERIES.at(-1)!.input.currentBlock;
    const tempo = BigInt(input.hyperparameters.tempo);
    const since = (lastStep: bigint): EpochCase => ({ ...SERIES[0]!, input: { ...input, lastStep } });
    expect(input.lastStep).toBeGreaterThan(0n);
    expect((await collect(SERIES)).blocks).toBe(last - input.lastStep);
    expect((await collect(SERIES.slice(1))).blocks).toBe(last - input.currentBlock);
    expect((await collect([since(0n), ...SERIES.slice(1)])).blocks).toBe(6n * tempo);
    expect((await collect([since(0n)])).blocks).toBe(tempo);
    expect((await collect([since(input.currentBlock - 7n)])).blocks).toBe(7n);
    expect((await collect([since(input.currentBlock)])).blocks).toBe(tempo);
  });

  test('count bonds that were edited and permits that changed hands', async () => {
    const whatIf = await collect(SERIES, [{ kind: 'stake', uid: UID, stake: 0n }]);
    expect(whatIf.editedBonds).toEqual({ rows: 0, first: null });
    expect(whatIf.otherPermits.first).toBe(1);
    expect(whatIf.otherPermits.permits).toBeGreaterThanOrEqual(5);
    const strange = SERIES.map((given, at) =>
      at === 4 ? { ...given, input: { ...given.input, bonds: SERIES[1]!.input.bonds } } : given,
    );
    const { editedBonds } = await collect(strange);
    expect(editedBonds.first).toBe(4);
    expect(editedBonds.rows).toBeGreaterThan(0);
  });

  test('are told epoch by epoch while they are collected', async () => {
    const told: string[] = [];
    await collectWhatIf(replay(SERIES, [], { engine }), (done, { name }) => told.push(`${done} ${name}`));
    expect(told).toEqual(SERIES.map(({ name }, at) => `${at + 1} ${name}`));
  });
});
