/**
 * Plan: which points a sweep has. Every combination of the values, the first parameter changing slowest, and each of them
 * `repeat` times with another seed; the k-th time with the same seed at every point, so that points differ by what was
 * varied and not by chance.
 */
import { YumaError } from '../index.js';
import { METRIC_NAMES, type Metric, numberWithin, Random } from '../simulator/index.js';
import type { ScenarioSource } from './source.js';

/** Plain JSON: it travels to workers, and stands at the head of a journal. */
export interface SweepPlan {
  readonly source: ScenarioSource;
  /** Values of each parameter or hyperparameter that is varied. */
  readonly vary: Readonly<Record<string, readonly Setting[]>>;
  /** Settings that hold at every point. */
  readonly set?: Readonly<Record<string, Setting>> | undefined;
  /** Runs of each combination, 1 to 100 000; default 1. */
  readonly repeat?: number | undefined;
  /** Default: the scenario's own. */
  readonly epochs?: number | undefined;
  /** 0 to 2^53 - 1, of the first repeat; default 0. */
  readonly seed?: number | undefined;
  /** Every how many epochs metrics are kept beside those of the last one; default 0: only the last. */
  readonly keep?: number | undefined;
  /** Default all. */
  readonly metrics?: readonly Metric[] | undefined;
}

/** A value of a parameter; a hyperparameter of type u64 as decimal text. */
export type Setting = number | string | boolean;

export interface Point {
  /** Number of the point, from 0. */
  readonly run: number;
  readonly set: Readonly<Record<string, Setting>>;
  readonly repeat: number;
  readonly seed: number;
}

const MOST_POINTS = 10_000_000;

/** @throws YumaError OUT_OF_RANGE, WRONG_TYPE, UNKNOWN_NAME */
export function pointCount({ vary, repeat = 1, seed = 0, keep = 0, metrics = [] }: SweepPlan): number {
  numberWithin(repeat, 1, 100_000, true, { field: 'repeat' });
  numberWithin(seed, 0, Number.MAX_SAFE_INTEGER, true, { field: 'seed' });
  numberWithin(keep, 0, MOST_POINTS, true, { field: 'keep' });
  for (const wanted of metrics) {
    if (!METRIC_NAMES.includes(wanted)) {
      throw new YumaError('UNKNOWN_NAME', { field: 'metrics', what: 'metric', wanted, known: METRIC_NAMES });
    }
  }
  let count = repeat;
  for (const [name, values] of Object.entries(vary)) {
    if (!Array.isArray(values) || values.length === 0) {
      throw new YumaError('WRONG_TYPE', { field: `vary.${name}`, expected: 'a list of values', got: String(values) });
    }
    count *= values.length;
  }
  numberWithin(count, 1, MOST_POINTS, true, { field: 'points' });
  return count;
}

/** @throws YumaError as `pointCount` */
export function pointAt(plan: SweepPlan, run: number): Point {
  const { vary, repeat = 1, seed = 0 } = plan;
  const varied: Record<string, Setting> = {};
  let rest = Math.floor(run / repeat);
  for (const [name, values] of Object.entries(vary).reverse()) {
    varied[name] = values[rest % values.length]!;
    rest = Math.floor(rest / values.length);
  }
  const inOrder = Object.fromEntries(Object.keys(vary).map((name) => [name, varied[name]!]));
  return { run, set: { ...plan.set, ...inOrder }, repeat: run % repeat, seed: seedOf(seed, run % repeat) };
}

/** Of the k-th repeat; the first has the seed as it is given. */
function seedOf(seed: number, repeat: number): number {
  if (repeat === 0) return seed;
  const random = new Random(seed, repeat);
  return random.next() + 4_294_967_296 * random.below(2 ** 21);
}
