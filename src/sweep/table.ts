/**
 * Table of a sweep: tidy, a value a row.
 * Columns  run, every parameter that was varied, repeat, subnet, epoch, uid, metric, value. Metrics of an epoch as in a record
 *          (u16 scores, rao); `totalServerEmission` and `totalValidatorEmission` are sums over all epochs, in the row of
 *          the last one
 */
import { HYPERPARAMETERS, type HyperparameterName } from '../index.js';
import { METRICS, type Metric } from '../simulator/index.js';
import type { Cell, Column, Table } from '../tables/index.js';
import { pointAt, type Setting, type SweepPlan } from './plan.js';
import type { PointResult } from './run-point.js';

const TOTALS = { totalServerEmission: 'serverEmission', totalValidatorEmission: 'validatorEmission' } as const;

export function sweepTable(plan: SweepPlan, results: Iterable<PointResult>): Table {
  const varied = Object.entries(plan.vary);
  const columns: Column[] = [
    { name: 'run', type: 'whole', says: 'number of the point, from 0' },
    ...varied.map(([name, values]): Column => ({ name, type: typeOf(values), says: saysOf(name) })),
    { name: 'repeat', type: 'whole', says: 'which of the runs of one combination, from 0' },
    { name: 'subnet', type: 'text', says: 'name of the subnet' },
    { name: 'epoch', type: 'whole', says: 'index of the epoch, from 0' },
    { name: 'uid', type: 'whole', says: 'neuron within its subnet' },
    { name: 'metric', type: 'text', says: [...Object.keys(METRICS), ...Object.keys(TOTALS)].join(', ') },
    { name: 'value', type: 'number', says: 'scores as u16, 65535 = 1; stake and emission in rao' },
  ];
  return { columns, rows: rowsOf(plan, results) };
}

function* rowsOf(plan: SweepPlan, results: Iterable<PointResult>): Generator<readonly Cell[]> {
  for (const { run, subnets } of results) {
    const { set, repeat } = pointAt(plan, run);
    const head = [run, ...Object.keys(plan.vary).map((name) => set[name]!), repeat];
    for (const { name, n, epochs, metrics, totals } of subnets) {
      for (const [at, epoch] of epochs.entries()) {
        for (const [metric, values] of Object.entries(metrics) as [Metric, readonly number[]][]) {
          for (let uid = 0; uid < n; uid++) yield [...head, name, epoch, uid, metric, values[at * n + uid]!];
        }
      }
      for (const [metric, of] of Object.entries(TOTALS)) {
        for (let uid = 0; uid < n; uid++) yield [...head, name, epochs.at(-1)!, uid, metric, totals[of][uid]!];
      }
    }
  }
}

function saysOf(name: string): string {
  const unit = HYPERPARAMETERS[name as HyperparameterName]?.unit ?? '';
  return unit === '' ? 'what was varied' : `what was varied, as its stored integer; ${unit}`;
}

function typeOf(values: readonly Setting[]): Column['type'] {
  if (values.every((value) => typeof value === 'number')) return 'number';
  return values.every((value) => typeof value === 'boolean') ? 'flag' : 'text';
}
