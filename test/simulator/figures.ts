/** Figures: the tables of docs/scenarios, each computed from runs of its scenario. */
import type { Engine } from '../../src/index.js';
import {
  buildScenario,
  type Metric,
  type RunRecord,
  type SubnetSummary,
  simulate,
  summarise,
} from '../../src/simulator/index.js';
import { markdown } from './markdown.js';

const MODES = ['Yuma2', 'Yuma3', 'liquid alpha'] as const;

type Set = Readonly<Record<string, unknown>>;
type Figures = (run: Run) => Promise<string>;
type Run = (set: Set) => Promise<RunRecord>;

/** Dividends of each validator for 1 000 of stake, alpha an epoch, by bonds penalty. */
const dividends =
  (validators: readonly string[], penalties: readonly number[] = [0, 0.5, 1]): Figures =>
  async (run) => {
    const rows: string[][] = [];
    for (const penalty of penalties) {
      const summaries = summarise(await run({ penalty }));
      for (const name of validators) {
        const paid = summaries.map(({ validators }) => validators.find((one) => one.name === name)!.dividendsPer1000);
        rows.push([String(penalty), name, ...paid.map((value) => value.toFixed(3))]);
      }
    }
    return markdown(['penalty', 'validator', ...MODES], rows);
  };

/** A metric of one neuron in some epochs, percent. */
const course =
  (metric: Metric, uid: number, epochs: readonly number[], set: Set = {}): Figures =>
  async (run) => {
    const { subnets } = await run(set);
    const rows = epochs.map((epoch) => [
      String(epoch),
      ...subnets.map(({ n, metrics }) => `${((100 * metrics[metric][epoch * n + uid]!) / 65_535).toFixed(2)} %`),
    ]);
    return markdown(['epoch', ...MODES], rows);
  };

/** A share of each subnet over values of a parameter, percent. */
const shares =
  (settings: readonly Set[], names: readonly string[], of: (summary: SubnetSummary) => number): Figures =>
  async (run) => {
    const rows: string[][] = [];
    for (const set of settings) {
      const found = summarise(await run(set)).map((summary) => `${(100 * of(summary)).toFixed(2)} %`);
      rows.push([...names.map((name) => String(set[name])), ...found]);
    }
    return markdown([...names, ...MODES], rows);
  };

const copierOverHonest = ({ validators }: SubnetSummary): number => {
  const honest = validators.filter(({ team }) => team === 'honest');
  const mean = honest.reduce((sum, { dividendsPer1000 }) => sum + dividendsPer1000, 0) / honest.length;
  return validators.find(({ name }) => name === 'copier')!.dividendsPer1000 / mean;
};

const COPYING = [
  { of: 'consensus', drift: 0.05, noise: 0.1 },
  { of: 'consensus', drift: 0.02, noise: 0.1 },
  { of: 'consensus', drift: 0, noise: 0.3 },
  { of: 'mean', drift: 0.05, noise: 0.1 },
].flatMap((truth) => [0, 1, 2, 5, 10].map((reveal) => ({ ...truth, reveal })));

const growth: Figures = async (run) => {
  const summaries = summarise(await run({}));
  const rows = summaries[0]!.validators.map(({ name }, at) => [
    name,
    ...summaries.map(({ validators }) => validators[at]!.stake.toFixed(2)),
  ]);
  return markdown(['validator', ...MODES], rows);
};

const digests: Figures = async (run) => {
  const rows: string[][] = [];
  for (const mode of ['yuma2', 'yuma3', 'liquid']) {
    const { digest } = await run({ subnets: 2, mode });
    rows.push([mode, `\`${digest}\``]);
  }
  return markdown(['mode', 'digest of 20 epochs of 2 subnets'], rows);
};

const FIGURES: Readonly<Record<string, Figures>> = {
  'kappa-first': dividends(['big', 'small 1', 'small 2']),
  'kappa-second': dividends(['big', 'small 1', 'small 2']),
  'kappa-third': dividends(['big', 'small 1', 'small 2']),
  'small-finds-first': dividends(['big 1', 'big 2', 'small']),
  'switch-together': dividends(['big', 'small 1', 'small 2']),
  'switch-late': dividends(['big', 'small', 'late']),
  'switch-never': dividends(['big', 'small', 'never']),
  clipping: dividends(['even 1', 'even 2', 'over']),
  'winner-takes-all': course('incentive', 4, [0, 15, 16, 39]),
  'bonds-reset': course('dividends', 1, [19, 20, 21, 22, 25, 30, 39]),
  'weights-return': course('incentive', 4, [14, 15, 19, 20]),
  'weight-copying': shares(COPYING, ['of', 'drift', 'noise', 'reveal'], copierOverHonest),
  cabal: shares(
    [0.3, 0.4, 0.5, 0.6].flatMap((share) => [0, 1].map((penalty) => ({ share, penalty }))),
    ['share', 'penalty'],
    ({ teams }) => teams.find(({ team }) => team === 'cabal')!.stake,
  ),
  newcomer: course('incentive', 9, [20, 21, 22, 25, 30, 40, 59]),
  'moving-attack': shares(
    [0.2, 0.4, 0.49].flatMap((share) => [0, 0.5, 1].map((penalty) => ({ share, penalty }))),
    ['share', 'penalty'],
    ({ teams }) => teams.find(({ team }) => team === 'attackers')!.dividends,
  ),
  'lazy-validators': dividends(['honest 1', 'seldom', 'once']),
  compounding: growth,
  network: digests,
};

/** The table of the page of a scenario. */
export async function figuresOf(engine: Engine, name: string): Promise<string> {
  return FIGURES[name]!((set) => simulate(engine, buildScenario(name, { set })));
}
