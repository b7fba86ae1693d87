import { describe, expect, test } from 'vitest';
import { type CollusionOptions, collusionInput, collusionPlan } from '../../src/collusion/index.js';
import { createEngine, listRows, sparseRows, stakeRaw } from '../../src/index.js';

const POINT = { stake: 0.6, honestUtility: 0.8, cabalSelfWeight: 0.3 };

/** 24 validators and 56 servers, of which 14 and 34 are honest. */
const OPTIONS: CollusionOptions = { stakes: [0.6], neurons: 80, validators: 24, seed: 5 };
const input = collusionInput(collusionPlan(OPTIONS), POINT, 0);

const share = (values: readonly number[], from: number, to: number): number =>
  values.slice(from, to).reduce((sum, value) => sum + value, 0) / values.reduce((sum, value) => sum + value, 0);

describe('the input of a game', () => {
  test('splits the stake of the validators, and no server has any', () => {
    const stakes = Array.from({ length: 80 }, (_, uid) => Number(stakeRaw(input.stake, uid) >> 64n));
    expect(share(stakes, 0, 14)).toBeCloseTo(0.6, 12);
    expect(share(stakes, 14, 24)).toBeCloseTo(0.4, 12);
    expect(new Set(stakes.slice(0, 24)).size).toBeGreaterThan(20);
  });

  test('splits the rows: W_H to honest servers from honest validators, W_C to the cabal from the cabal', () => {
    for (const [uid, row] of listRows(input.weights).entries()) {
      const values = row.map(([, value]) => value);
      expect(row.map(([column]) => column)).toEqual(uid < 24 ? Array.from({ length: 56 }, (_, at) => 24 + at) : []);
      if (uid >= 24) continue;
      expect(Math.abs(share(values, 0, 34) - (uid < 14 ? 0.8 : 0.7)), `uid ${uid}`).toBeLessThan(0.000_1);
      expect(Math.max(...values), `uid ${uid}`).toBe(65_535);
    }
  });

  test('has the deviation that was asked for within a team', () => {
    const rows = listRows(input.weights).slice(0, 14);
    const sizes = rows.flatMap((row) => {
      const part = row.slice(0, 34).map(([, value]) => value);
      const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
      return part.map((value) => value / mean);
    });
    const variance = sizes.reduce((sum, size) => sum + (size - 1) ** 2, 0) / sizes.length;
    expect(Math.sqrt(variance)).toBeGreaterThan(0.36);
    expect(Math.sqrt(variance)).toBeLessThan(0.43);
  });

  test('without deviation has even rows', () => {
    const even = collusionInput(collusionPlan({ ...OPTIONS, sigma: 0 }), POINT, 0);
    for (const row of listRows(even.weights).slice(0, 24)) {
      expect(new Set(row.map(([, value]) => value)).size).toBe(2);
    }
  });

  test.each([
    [0.001, 'stake', [1, 1]],
    [0.999, 'stake', [23, 55]],
    [0.6, 0.25, [14, 14]],
  ] as const)(
    'of stake %f and honest servers by %s has %j in the honest team',
    (stake, honestServers, [validators, servers]) => {
      const plan = collusionPlan({ ...OPTIONS, stakes: [stake], honestServers, sigma: 0 });
      const rows = listRows(collusionInput(plan, { stake, honestUtility: 1, cabalSelfWeight: 1 }, 0).weights);
      const teams = rows.slice(0, 24).map((row) => (row[0]![1] > 0 ? 'honest' : 'cabal'));
      expect(teams.filter((team) => team === 'honest')).toHaveLength(validators);
      expect(rows[0]!.filter(([, value]) => value > 0)).toHaveLength(servers);
    },
  );

  test('gives even parts where a team was drawn nothing', () => {
    // A deviation of 10 makes about half of all draws 0; with one server a team half of the rows are empty.
    for (let repeat = 0; repeat < 20; repeat++) {
      const plan = collusionPlan({ neurons: 4, validators: 2, sigma: 10, stakeDeviation: 10, seed: 3 });
      const { weights, stake } = collusionInput(plan, { ...POINT, honestUtility: 0.5, cabalSelfWeight: 0.5 }, repeat);
      expect([...weights.values]).toEqual([65_535, 65_535, 65_535, 65_535]);
      expect(Number(stakeRaw(stake, 0) >> 64n) / 1e15).toBeCloseTo(0.6, 12);
    }
  });

  test('is drawn anew in every repeat and with every seed, and with nothing else', () => {
    const weights = (options: CollusionOptions, repeat: number): string =>
      collusionInput(collusionPlan({ ...OPTIONS, ...options }), POINT, repeat).weights.values.join();
    const base = weights({}, 0);
    expect(weights({}, 1)).not.toBe(base);
    expect(weights({ seed: 6 }, 0)).not.toBe(base);
    expect(weights({ stakes: [0.55, 0.6], repeats: 9, kappa: 0.6, bondsPenalty: 0, yuma3: true }, 0)).toBe(base);
  });

  test('gives the same emission where weights of 0 are left out', async () => {
    const dense = collusionInput(collusionPlan({ ...OPTIONS, sigma: 1 }), { ...POINT, honestUtility: 1 }, 0);
    const rows = listRows(dense.weights).map((row) => row.filter(([, value]) => value > 0));
    expect(rows.flat().length).toBeLessThan(dense.weights.columns.length);
    await using engine = await createEngine({ warm: false });
    const [full, sparse] = [
      await engine.runEpoch(dense),
      await engine.runEpoch({ ...dense, weights: sparseRows(rows) }),
    ];
    expect(sparse.serverEmission).toEqual(full.serverEmission);
    expect(sparse.validatorEmission).toEqual(full.validatorEmission);
  });
});
