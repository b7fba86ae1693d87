import { beforeAll, describe, expect, test } from 'vitest';
import {
  bondsMatrix,
  bondsOverTime,
  consensusAgainstWeights,
  dividendsPer1000,
  emissionSplit,
  incentives,
  relativeDividends,
  weightsMatrix,
  weightsOverTime,
} from '../../src/report/index.js';
import type { RunRecord, SubnetRecord } from '../../src/simulator/record.js';
import { CLASSIC, change, large, recordOf } from './records.js';

let classic: RunRecord;
let big: RunRecord;
beforeAll(async () => {
  classic = await recordOf(CLASSIC);
  big = await recordOf(large(80, 68, 12));
});

const at = (subnet: SubnetRecord, metric: keyof SubnetRecord['metrics'], epoch: number, uid: number): number =>
  subnet.metrics[metric][epoch * subnet.n + uid]!;

describe('a chart of lines', () => {
  test('has a panel a subnet and every kept epoch, and names neurons', () => {
    const chart = incentives(classic);
    expect(chart.panels.map(({ name }) => name)).toEqual(['yuma2', 'yuma3', 'liquid']);
    for (const { x, series } of chart.panels) {
      expect(x).toEqual(Array.from({ length: 40 }, (_, epoch) => epoch));
      expect(series.map(({ label }) => label)).toEqual(['Server 1', 'Server 2']);
    }
    expect(chart).not.toHaveProperty('note');
  });

  test('of incentives holds the u16 of the record', () => {
    for (const [panel, subnet] of classic.subnets.entries()) {
      for (const [index, uid] of [3, 4].entries()) {
        const want = subnet.epochs.map((_, epoch) => at(subnet, 'incentive', epoch, uid));
        expect(incentives(classic).panels[panel]!.series[index]!.values).toEqual(want);
        expect(want.some((value) => value > 0)).toBe(true);
      }
    }
  });

  test('of dividends divides alpha by a thousand alpha of stake, and has no value without stake', () => {
    const poor = change(classic, ({ metrics }) => {
      const stake = Float64Array.from(metrics.stake);
      stake[1] = 0;
      return { metrics: { ...metrics, stake } };
    });
    const { values } = dividendsPer1000(poor).panels[1]!.series[1]!;
    const subnet = classic.subnets[1]!;
    expect(values[0]).toBeNull();
    expect(values[9]).toBeCloseTo(at(subnet, 'validatorEmission', 9, 1) / 1e9 / (at(subnet, 'stake', 9, 1) / 1e12), 7);
  });

  test('of relative dividends is 0 for the share of the stake, and its mean by stake is 0', () => {
    for (const { series } of relativeDividends(classic).panels) {
      for (let epoch = 0; epoch < 40; epoch++) {
        const mean =
          0.8 * series[0]!.values[epoch]! + 0.1 * series[1]!.values[epoch]! + 0.1 * series[2]!.values[epoch]!;
        expect(mean).toBeCloseTo(0, 6);
      }
    }
    // in epoch 1 A alone votes for the miner that gets all: it takes 80 % of the stake to all of the dividends
    expect(relativeDividends(classic).panels[0]!.series[0]!.values[1]).toBeCloseTo(25, 1);
  });

  test('draws the largest 63 of more than 64 neurons and the mean of the rest, and says so', () => {
    const chart = dividendsPer1000(big);
    const [panel] = chart.panels;
    const subnet = big.subnets[0]!;
    expect(panel!.series).toHaveLength(64);
    expect(panel!.series.at(-1)).toMatchObject({ label: 'mean of 5 others', tone: -1 });
    expect(chart.note).toContain('63 of 68 lines are drawn');
    const drawn = new Set(panel!.series.map(({ label }) => label));
    const rest = subnet.validators.filter((uid) => !drawn.has(`validator ${uid}`));
    const means = rest.map((uid) => (1_000 * at(subnet, 'validatorEmission', 3, uid)) / at(subnet, 'stake', 3, uid));
    expect(rest).toHaveLength(5);
    expect(panel!.series.at(-1)!.values[3]).toBeCloseTo(means.reduce((a, b) => a + b) / 5, 7);
  });

  test('draws at most 500 epochs, the first and the last among them, and says so', () => {
    const long = change(classic, ({ n, metrics }) => ({
      epochs: Array.from({ length: 2_001 }, (_, epoch) => 10 * epoch),
      metrics: { ...metrics, incentive: Float64Array.from({ length: 2_001 * n }, (_, index) => Math.floor(index / n)) },
      weights: [],
      bonds: [],
    }));
    const chart = incentives(long);
    const { x, series } = chart.panels[0]!;
    expect(x).toHaveLength(500);
    expect([x[0], x.at(-1)]).toEqual([0, 20_000]);
    expect(series[0]!.values).toEqual(x.map((epoch) => epoch / 10));
    expect(chart.note).toContain('500 of 2001 epochs');
  });

  test('gives colours to teams where there are more neurons than colours', () => {
    const chart = incentives(big);
    expect(chart.key).toEqual([
      { label: 'cabal', tone: 0 },
      { label: 'honest', tone: 1 },
    ]);
    for (const { label, tone } of chart.panels[0]!.series) {
      expect(tone).toBe(Number(label.split(' ')[1]) % 3 === 0 ? 0 : 1);
    }
  });

  test('keeps a colour for a neuron on all charts of a small subnet', () => {
    const tones = new Map<string, number>();
    for (const chart of [incentives(classic), dividendsPer1000(classic), emissionSplit(classic)]) {
      for (const { label, tone } of chart.panels.flatMap(({ series }) => series)) {
        expect(tones.get(label) ?? tone, label).toBe(tone);
        tones.set(label, tone);
      }
    }
    expect(new Set(tones.values()).size).toBe(5);
  });
});

describe('the emission', () => {
  test('adds up to what the subnet hands out', () => {
    for (const { series } of emissionSplit(classic).panels) {
      for (let epoch = 0; epoch < 40; epoch++) {
        const sum = series.reduce((rao, { values }) => rao + values[epoch]!, 0);
        expect(sum).toBeGreaterThan(148e9 - 100);
        expect(sum).toBeLessThanOrEqual(148e9);
      }
    }
  });

  test('goes to teams and sides where there are too many neurons', () => {
    const labels = emissionSplit(big).panels[0]!.series.map(({ label }) => label);
    expect(labels).toEqual(['cabal: validating', 'cabal: mining', 'honest: validating', 'honest: mining']);
  });

  test('shows what was not handed out', () => {
    const half = change(classic, ({ metrics }) => ({
      metrics: { ...metrics, serverEmission: new Float64Array(metrics.serverEmission.length) },
    }));
    const rest = emissionSplit(half).panels[0]!.series.find(({ label }) => label === 'not handed out');
    expect(rest!.values[5]! / 148e9).toBeCloseTo(0.5, 5);
  });
});

describe('matrices', () => {
  test('over time hold a row a pair that was ever above 0', () => {
    const chart = bondsOverTime(classic);
    for (const [panel, { name, columns, rows, frames }] of chart.panels.entries()) {
      const { bonds } = classic.subnets[panel]!;
      expect(rows, name).toContain('Validator B → Server 2');
      const row = (rows as readonly string[]).indexOf('Validator B → Server 2');
      const values = frames[0]!.slice(row * columns.length, (row + 1) * columns.length);
      expect(values).toEqual(bonds.map((frame) => frame.values[1 * 5 + 4]));
    }
  });

  test('of weights are shares of the row', () => {
    const panel = weightsMatrix(big).panels[0]!;
    const frame = big.subnets[0]!.weights.at(-1)!;
    const sum = Array.from(frame.values.subarray(2 * 80, 3 * 80)).reduce((a, b) => a + b);
    const columns = panel.columns as readonly string[];
    const row = (panel.rows as readonly string[]).indexOf('validator 2');
    for (const [index, name] of columns.entries()) {
      const value = panel.frames.at(-1)![row * columns.length + index]!;
      expect(value).toBeCloseTo(frame.values[2 * 80 + Number(name.split(' ')[1])]! / sum, 5);
    }
  });

  test('are cut to 64 rows and 48 pairs, and say so', () => {
    expect(bondsMatrix(big).panels[0]!.rows).toHaveLength(64);
    expect(bondsMatrix(big).note).toContain('64 of 68 validators');
    expect(weightsOverTime(big).panels[0]!.rows).toHaveLength(48);
    expect(weightsOverTime(big).note).toMatch(/48 of \d+ pairs/);
  });

  test('that were not kept say so', () => {
    const bare = change(classic, () => ({ weights: [], bonds: [] }));
    for (const chart of [weightsOverTime, weightsMatrix, bondsOverTime, bondsMatrix, consensusAgainstWeights]) {
      expect(chart(bare).empty).toMatch(/not asked to keep/);
    }
  });
});

describe('consensus against weights', () => {
  test('holds raw weights, sums of rows and consensus of the same epoch', () => {
    const chart = consensusAgainstWeights(classic);
    const subnet = classic.subnets[2]!;
    const epoch = chart.frames.at.indexOf(3);
    expect(chart.panels[2]!.columns).toEqual(['Server 1', 'Server 2']);
    expect(chart.panels[2]!.frames[epoch]).toEqual({
      weights: [0, 65_535, 0, 65_535, 65_535, 0],
      sums: [65_535, 65_535, 65_535],
      consensus: [at(subnet, 'consensus', 3, 3), at(subnet, 'consensus', 3, 4)],
    });
  });

  test('opens where most is cut', () => {
    // in epochs 1 and 2 both small validators are still with the old miner
    const chart = consensusAgainstWeights(classic);
    expect(chart.frames.at[chart.frames.first!]).toBe(1);
  });
});

test.each([
  ['no epoch was kept', () => ({ epochs: [], weights: [], bonds: [] })],
  ['nobody validates', () => ({ validators: [], weights: [], bonds: [] })],
])('where %s, charts say why they are empty', (_, without) => {
  const bare = change(classic, without as () => object);
  expect(dividendsPer1000(bare).empty).toBeDefined();
  expect(relativeDividends(bare).empty).toBeDefined();
  expect(bondsMatrix(bare).empty).toBeDefined();
});
