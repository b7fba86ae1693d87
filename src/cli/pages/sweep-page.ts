/**
 * Sweep page: what `yuma sweep --report` draws: over the first parameter with numbers, what each neuron of each subnet was
 * paid, a chart a subnet and a line a neuron; other parameters that were varied are averaged over.
 */
import { HYPERPARAMETERS, type HyperparameterName } from '../../index.js';
import { type About, type SweepMetric, sweepHtml } from '../../report/index.js';
import { wholeOf } from '../../simulator/index.js';
import { type PointResult, pointAt, type SweepPlan } from '../../sweep/index.js';

/** Lines of a chart, those with the largest sums. */
const MOST_LINES = 8;

const RAO = 1e9;

/** @param title of the scenario */
export function sweepPage(plan: SweepPlan, results: readonly PointResult[], title: string, about: About): string {
  const numeric = Object.entries(plan.vary).find(([, values]) => values.every((value) => typeof value === 'number'));
  const along = numeric?.[0];
  const whole = along === undefined ? 1 : wholeIn(along);
  const xs = results.map(({ run }) => (along === undefined ? run : (pointAt(plan, run).set[along] as number) / whole));
  const names = results[0]?.subnets.map(({ name }) => name) ?? [];
  const { source: _, vary, ...rest } = plan;
  return sweepHtml(
    {
      title,
      parameter: {
        label: along ?? 'Point',
        unit: along === undefined ? 'number' : whole === 1 ? 'as given' : 'share of 1',
      },
      metrics: names.map((name, index) => metricOf(name, index, results, xs)),
      band: 'smallest and largest of the runs at a value',
      parameters: {
        ...Object.fromEntries(Object.entries(vary).map(([key, values]) => [`Varied: ${key}`, values.join(', ')])),
        ...Object.fromEntries(
          Object.entries(rest)
            .filter(([, value]) => value !== undefined && JSON.stringify(value) !== '{}')
            .map(([key, value]) => [
              key,
              typeof value === 'object' ? JSON.stringify(value) : (value as string | number),
            ]),
        ),
        Runs: results.length,
      },
    },
    about,
  );
}

/** What is divided by: a hyperparameter that is a share is drawn as one. */
function wholeIn(name: string): number {
  return Object.hasOwn(HYPERPARAMETERS, name) ? Number(wholeOf(name as HyperparameterName) ?? 1) : 1;
}

function metricOf(name: string, index: number, results: readonly PointResult[], xs: readonly number[]): SweepMetric {
  const paid = (result: PointResult, uid: number): number => {
    const { totals, ran } = result.subnets[index]!;
    return (totals.serverEmission[uid]! + totals.validatorEmission[uid]!) / ran / RAO;
  };
  const uids = Array.from({ length: results[0]!.subnets[index]!.n }, (_, uid) => uid);
  const sums = uids.map((uid) => results.reduce((sum, result) => sum + paid(result, uid), 0));
  const shown = uids
    .filter((uid) => sums[uid]! > 0)
    .sort((a, b) => sums[b]! - sums[a]! || a - b)
    .slice(0, MOST_LINES);
  return {
    label: `Paid in ${name}`,
    unit: 'alpha an epoch',
    caption: `What each neuron was paid, mean over the run; the ${shown.length} of ${uids.length} with the most.`,
    lines: shown
      .sort((a, b) => a - b)
      .map((uid) => ({ label: results[0]!.subnets[index]!.names[uid]!, points: pointsOf(results, xs, uid, paid) })),
  };
}

function pointsOf(
  results: readonly PointResult[],
  xs: readonly number[],
  uid: number,
  paid: (result: PointResult, uid: number) => number,
) {
  return [...new Set(xs)]
    .sort((a, b) => a - b)
    .map((value) => {
      const all = results.filter((_, at) => xs[at] === value).map((result) => paid(result, uid));
      const mean = all.reduce((sum, each) => sum + each, 0) / all.length;
      return all.length === 1 ? { value, mean } : { value, mean, low: Math.min(...all), high: Math.max(...all) };
    });
}
