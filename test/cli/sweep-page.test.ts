/** The page of a sweep: what each neuron was paid, over the first parameter that has numbers. */
import { expect, test } from 'vitest';
import { sweepPage } from '../../src/cli/pages/sweep-page.js';
import type { PointResult, SweepPlan } from '../../src/sweep/index.js';

const SOURCE = { kind: 'library', name: 'cabal' } as const;

/** Two neurons over ten epochs: the second is paid nothing. */
const result = (run: number, alpha: number): PointResult => ({
  run,
  digest: '0',
  subnets: [
    {
      name: 'a',
      n: 2,
      names: ['one', 'two'],
      ran: 10,
      epochs: [9],
      metrics: {},
      totals: { serverEmission: [alpha * 1e10, 0], validatorEmission: [0, 0] },
    },
  ],
});

const page = (plan: Omit<SweepPlan, 'source'>, results: readonly PointResult[]): string =>
  sweepPage({ source: SOURCE, ...plan }, results, 'A sweep', { engineVersion: '1' });

test('a share is drawn as one, and runs at one value as a band', () => {
  const text = page({ vary: { kappa: [0, 65_535] }, repeat: 2 }, [
    result(0, 1),
    result(1, 3),
    result(2, 5),
    result(3, 5),
  ]);
  expect(text).toContain('share of 1');
  expect(text).toContain('smallest and largest of the runs at a value');
  expect(text).toContain('alpha an epoch');
  expect(text).toContain('the 1 of 2 with the most');
});

test('a parameter of the scenario is drawn as it is given', () => {
  expect(page({ vary: { noise: [0, 1] } }, [result(0, 1), result(1, 2)])).toContain('as given');
});

test('without numbers the points are drawn in their order', () => {
  const text = page({ vary: { yuma3: [true, false] }, set: { kappa: 1 }, metrics: ['stake'] }, [
    result(0, 1),
    result(1, 2),
  ]);
  expect(text).toContain('Point');
  expect(text).toContain('Varied: yuma3');
  expect(text).toContain('true, false');
});

test('a sweep without results is a page too', () => {
  expect(page({ vary: {} }, [])).toContain('A sweep');
});
