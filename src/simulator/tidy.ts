/**
 * Tidy: a record as a table of one value a row, in the order of subnets, epochs, metrics, uids.
 * Exact  values are the integers of the chain in the unit of their metric (`METRICS`): u16 scores, 65535 = 1, and rao, which
 *        are exact while below 2^53
 */
import type { Cell, Column, Table } from '../tables/table.js';
import { METRIC_NAMES, type Metric, type RunRecord } from './record.js';

export interface TidyRow {
  /** Which run: the scenario's name unless told. */
  readonly run: string;
  readonly subnet: string;
  readonly epoch: number;
  readonly uid: number;
  readonly metric: Metric;
  readonly value: number;
}

/** `value` is no `whole`: amounts may reach 2^53 and beyond, where they are rounded. */
export const TIDY_COLUMNS = [
  {
    name: 'run',
    type: 'text',
    says: 'name of the run: that of the scenario, unless several runs stand in one table',
  },
  { name: 'subnet', type: 'text', says: 'name of the subnet' },
  { name: 'epoch', type: 'whole', says: 'index of the epoch, from 0' },
  { name: 'uid', type: 'whole', says: 'neuron within its subnet' },
  { name: 'metric', type: 'text', says: 'what the value is of, see the table of metrics' },
  { name: 'value', type: 'number', says: 'an integer in the unit of the metric' },
] as const satisfies readonly (Column & { readonly name: keyof TidyRow })[];

/** A row for every value that the record keeps. */
export function* tidyRows(record: RunRecord, run: string = record.scenario): Generator<TidyRow, void, undefined> {
  for (const { name, n, epochs, metrics } of record.subnets) {
    for (const [at, epoch] of epochs.entries()) {
      for (const metric of METRIC_NAMES) {
        const values = metrics[metric];
        for (let uid = 0; uid < n; uid++) {
          yield { run, subnet: name, epoch, uid, metric, value: values[at * n + uid]! };
        }
      }
    }
  }
}

/** The rows of a record as a table, which `yuma-engine/tables` writes. */
export function tidyTable(record: RunRecord, run: string = record.scenario): Table {
  return { columns: TIDY_COLUMNS, rows: cellsOf(tidyRows(record, run)) };
}

function* cellsOf(rows: Iterable<TidyRow>): Generator<readonly Cell[], void, undefined> {
  for (const { run, subnet, epoch, uid, metric, value } of rows) yield [run, subnet, epoch, uid, metric, value];
}
