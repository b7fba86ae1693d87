/** The scenarios of the library: what each of them shows, and one result on every backend. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../src/index.js';
import {
  buildScenario,
  type Changes,
  formatScenario,
  LIBRARY,
  type NeuronSummary,
  parseScenario,
  type RunRecord,
  simulate,
  summarise,
} from '../../src/simulator/index.js';
import { PINNED } from './pinned.js';

let engine: Engine;
let reference: Engine;
beforeAll(async () => {
  engine = await createEngine();
  reference = await createEngine({ backend: 'reference' });
});
afterAll(async () => {
  await engine.close();
  await reference.close();
});

test('every scenario has a pinned run', () => {
  expect([...new Set(PINNED.map(({ name }) => name))].sort()).toEqual(Object.keys(LIBRARY).sort());
});

test.each(PINNED)('$name $changes: one result on the core and on the reference', async ({ name, changes, digest }) => {
  const scenario = buildScenario(name, changes);
  const [fast, exact] = await Promise.all([simulate(engine, scenario), simulate(reference, scenario)]);
  expect(fast.digest).toBe(digest);
  expect(exact).toEqual(fast);
});

test.each(Object.keys(LIBRARY))('%s can be kept as JSON', async (name) => {
  const scenario = buildScenario(name, { epochs: 3, ...(name === 'network' ? { set: { subnets: 2 } } : {}) });
  const read = parseScenario(
    formatScenario({ ...scenario, subnets: scenario.subnets.map((s) => ({ ...s, emission: 9n })) }),
  );
  expect(read.subnets[0]!.emission).toBe(9n);
  const again = { ...read, subnets: read.subnets.map(({ emission, ...plan }) => plan) };
  expect((await simulate(engine, again)).digest).toBe((await simulate(engine, scenario)).digest);
});

/** Dividends for 1 000 of stake of a validator under each mode. */
type ByMode = (validator: string) => { readonly yuma2: number; readonly yuma3: number; readonly liquid: number };

async function dividends(name: string, changes: Changes = {}): Promise<ByMode> {
  const summaries = summarise(await simulate(engine, buildScenario(name, changes)));
  return (validator) => {
    const of = (mode: string): number => {
      const { validators } = summaries.find((summary) => summary.name === mode)!;
      return (validators.find((one) => one.name === validator) as NeuronSummary).dividendsPer1000;
    };
    return { yuma2: of('yuma2'), yuma3: of('yuma3'), liquid: of('liquid') };
  };
}

const MODES = ['yuma2', 'yuma3', 'liquid'] as const;

/** Values of a metric of one neuron, epoch by epoch. */
function course(record: RunRecord, subnet: string, uid: number, metric: 'incentive' | 'dividends'): number[] {
  const { n, epochs, metrics } = record.subnets.find(({ name }) => name === subnet)!;
  return epochs.map((_, at) => metrics[metric][at * n + uid]!);
}

describe('what the scenarios show', () => {
  test('whoever follows the majority late earns less, the later the less; liquid alpha forgives most', async () => {
    const of = await dividends('kappa-first');
    for (const mode of MODES) {
      expect(of('big')[mode]).toBeGreaterThan(of('small 1')[mode]);
      expect(of('small 1')[mode]).toBeGreaterThan(of('small 2')[mode]);
    }
    expect(of('small 2').liquid).toBeGreaterThan(of('small 2').yuma3);
    expect(of('small 2').yuma3).toBeGreaterThan(of('small 2').yuma2);
  });

  test('a validator early to a good miner gains without a bonds penalty: in Yuma2 all there is, in Yuma3 a little', async () => {
    const of = await dividends('small-finds-first', { set: { penalty: 0 } });
    expect(of('small').yuma2).toBeGreaterThan(4 * of('small').yuma3);
    expect(of('small').yuma3).toBeGreaterThan(1.1 * of('big 1').yuma3);
    expect(of('small').liquid).toBeLessThan(of('big 1').liquid);
  });

  test('with the full bonds penalty being early pays in no mode', async () => {
    const of = await dividends('small-finds-first', { set: { penalty: 1 } });
    for (const mode of MODES) expect(of('small')[mode]).toBeLessThan(of('big 1')[mode]);
  });

  test('half a penalty takes nothing from the early one in Yuma2, as shares of a column do not see it', async () => {
    const [none, half] = [0, 0.5].map((penalty) => dividends('small-finds-first', { set: { penalty } }));
    expect((await half!)('small').yuma2).toBe((await none!)('small').yuma2);
    expect((await half!)('small').yuma3).toBeLessThan((await none!)('small').yuma3);
  });

  test('where all switch together everybody earns by stake', async () => {
    const of = await dividends('switch-together');
    for (const mode of MODES) {
      for (const name of ['big', 'small 1', 'small 2']) expect(of(name)[mode]).toBeCloseTo(74, 1);
    }
  });

  test('whoever never switches earns until the others do, and nothing from then on', async () => {
    const record = await simulate(engine, buildScenario('switch-never'));
    for (const mode of MODES) {
      const paid = course(record, mode, 2, 'dividends');
      for (const [epoch, value] of paid.entries()) expect(value > 0, `${mode} ${epoch}`).toBe(epoch < 10);
    }
  });

  test('a late switch costs less the faster bonds grow', async () => {
    const of = await dividends('switch-late');
    expect(of('late').yuma2).toBeLessThan(of('late').yuma3);
    expect(of('late').yuma3).toBeLessThan(of('late').liquid);
    expect(of('late').liquid).toBeLessThan(of('big').liquid);
  });

  test('clipping takes from the one above the consensus, with a penalty from its bonds, too', async () => {
    const all = await Promise.all([0, 0.5, 1].map((penalty) => dividends('clipping', { set: { penalty } })));
    for (const mode of MODES) {
      const over = all.map((of) => of('over')[mode]);
      expect(over[0]).toBeGreaterThan(over[1]!);
      expect(over[1]).toBeGreaterThan(over[2]!);
      expect(over[0]).toBeLessThan(all[0]!('even 1')[mode]);
    }
  });

  test('the winner has all of the incentive, in every epoch', async () => {
    const record = await simulate(engine, buildScenario('winner-takes-all'));
    for (const mode of MODES) {
      const [incumbent, challenger] = [3, 4].map((uid) => course(record, mode, uid, 'incentive'));
      expect(incumbent).toEqual(incumbent!.map((_, epoch) => (epoch <= 15 ? 65_535 : 0)));
      expect(challenger).toEqual(challenger!.map((_, epoch) => (epoch <= 15 ? 0 : 65_535)));
    }
  });

  test('a validator whose bonds vanish is paid nothing in the next epoch and recovers; the others are not', async () => {
    const record = await simulate(engine, buildScenario('bonds-reset'));
    for (const mode of MODES) {
      const paid = course(record, mode, 1, 'dividends');
      expect(paid[19]).toBeGreaterThan(13_000);
      expect(paid[20]).toBe(0);
      expect(paid[39]).toBeGreaterThan(paid[21]!);
      expect(course(record, mode, 2, 'dividends')[20]).toBeGreaterThan(13_000);
    }
  });

  test('bonds of all towards one miner that vanish move no dividends where all held alike', async () => {
    const record = await simulate(engine, buildScenario('bonds-reset', { set: { of: 'miner' } }));
    for (const mode of MODES) {
      const paid = course(record, mode, 1, 'dividends');
      for (const value of paid) expect(Math.abs(value - paid[19]!)).toBeLessThan(10);
    }
  });

  test('a miner whose weights go to zero earns nothing meanwhile, and at once when they return', async () => {
    const record = await simulate(engine, buildScenario('weights-return'));
    for (const mode of MODES) {
      const incentive = course(record, mode, 4, 'incentive');
      for (const [epoch, value] of incentive.entries()) expect(value > 30_000).toBe(epoch < 15 || epoch >= 20);
    }
  });

  test('a copier earns the less the longer weights stay hidden, where the truth drifts', async () => {
    const ratios: Record<(typeof MODES)[number], number[]> = { yuma2: [], yuma3: [], liquid: [] };
    for (const reveal of [0, 2, 5]) {
      const of = await dividends('weight-copying', { set: { reveal } });
      for (const mode of MODES) ratios[mode].push(of('copier')[mode] / of('honest 1')[mode]);
    }
    for (const mode of MODES) {
      const [open, two, five] = ratios[mode];
      expect(five).toBeLessThan(two!);
      expect(two).toBeLessThan(open!);
      expect(two).toBeLessThan(1);
    }
  });

  test('a copier of the mean earns more than the honest where weights are open, drift or not, and less in Yuma2 else', async () => {
    const [open, hidden] = await Promise.all(
      [0, 1].map((reveal) => dividends('weight-copying', { set: { reveal, of: 'mean' } })),
    );
    for (const mode of MODES) expect(open!('copier')[mode]).toBeGreaterThan(open!('honest 1')[mode]);
    expect(hidden!('copier').yuma2).toBeLessThan(0.98 * hidden!('honest 1').yuma2);
  });

  test('a copier earns more than honest validators where nothing drifts and they see badly', async () => {
    const of = await dividends('weight-copying', { set: { drift: 0, noise: 0.3 } });
    for (const mode of MODES) expect(of('copier')[mode]).toBeGreaterThan(of('honest 1')[mode]);
  });

  test('a minority cabal loses stake from epoch to epoch, a majority gains', async () => {
    for (const share of [0.4, 0.6]) {
      const record = await simulate(engine, buildScenario('cabal', { set: { share } }));
      for (const { teams } of summarise(record)) {
        const { stake } = teams.find(({ team }) => team === 'cabal')!;
        if (share < 0.5) expect(stake).toBeLessThan(share);
        else expect(stake).toBeGreaterThan(share);
      }
    }
  });

  test('a newcomer begins with little and has the largest incentive at the end', async () => {
    const record = await simulate(engine, buildScenario('newcomer'));
    for (const mode of MODES) {
      const incentive = course(record, mode, 9, 'incentive');
      expect(record.subnets[0]!.names[9]).toBe('newcomer');
      expect(incentive[20]).toBeLessThan(0.05 * 65_535); // from those that have not looked yet
      const others = [5, 6, 7, 8].map((uid) => course(record, mode, uid, 'incentive').at(-1)!);
      expect(incentive.at(-1)).toBeGreaterThan(Math.max(...others));
    }
  });

  test('a moving attack of a minority earns less than its share of the stake', async () => {
    const record = await simulate(engine, buildScenario('moving-attack'));
    for (const { teams } of summarise(record)) {
      expect(teams.find(({ team }) => team === 'attackers')!.dividends).toBeLessThan(0.1);
    }
  });

  test('laziness costs: the honest earn most, who looked once least', async () => {
    const of = await dividends('lazy-validators');
    for (const mode of MODES) {
      expect(of('honest 1')[mode]).toBeGreaterThan(of('seldom')[mode]);
      expect(of('seldom')[mode]).toBeGreaterThan(of('once')[mode]);
    }
  });

  test('stakes grow by what they earn, that of the bad one least', async () => {
    const record = await simulate(engine, buildScenario('compounding'));
    for (const { validators } of summarise(record)) {
      const growth = (name: string, from: number) => validators.find((one) => one.name === name)!.stake / from;
      expect(growth('bad', 1_250)).toBeLessThan(growth('small', 1_250));
      expect(growth('large', 5_000)).toBeGreaterThan(1.5);
    }
  });
});

describe('buildScenario', () => {
  test('sets parameters, and hyperparameters in every subnet', () => {
    const { epochs, seed, subnets } = buildScenario('cabal', { set: { penalty: 0.5, kappa: 7 }, epochs: 5, seed: 6 });
    expect([epochs, seed]).toEqual([5, 6]);
    expect(subnets.map(({ hyperparameters }) => hyperparameters)).toMatchObject([
      { bondsPenalty: 32_768, kappa: 7, yuma3: false },
      { bondsPenalty: 32_768, kappa: 7, yuma3: true, liquidAlpha: false },
      { bondsPenalty: 32_768, kappa: 7, yuma3: true, liquidAlpha: true },
    ]);
  });

  test.each<[string, Changes, string]>([
    ['nothing', {}, 'there is no scenario "nothing"'],
    ['cabal', { set: { owm: 1 } }, 'there is no field cabal.owm. Known here: share, own,'],
    ['cabal', { set: { own: 2 } }, 'cabal.own: 2 is out of range'],
    ['bonds-reset', { set: { of: 'nobody' } }, 'bonds-reset.of: expected one of validator, miner'],
  ])('%s %j', (name, changes, message) => {
    expect(() => buildScenario(name, changes)).toThrow(message);
  });
});
