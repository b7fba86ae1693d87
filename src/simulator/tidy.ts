/**
 * Tidy: a record as a table of one value a row, in the order of subnets, epochs, metrics, uids.
 * Exact  values are the integers of the chain in the unit of their metric (`METRICS`): u16 scores, 65535 = 1, and rao, which
 *        are exact while below 2^53
 */
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

export const TIDY_COLUMNS = {
  run: 'name of the run: that of the scenario, unless several runs stand in one table',
  subnet: 'name of the subnet',
  epoch: 'index of the epoch, from 0',
  uid: 'neuron within its subnet',
  metric: 'what the value is of, see the table of metrics',
  value: 'an integer in the unit of the metric',
} as const satisfies Record<keyof TidyRow, string>;

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

/** Lines of a CSV file (RFC 4180), the names of the columns first. */
export function* csvLines(rows: Iterable<TidyRow>): Generator<string, void, undefined> {
  yield Object.keys(TIDY_COLUMNS).join(',');
  for (const { run, subnet, epoch, uid, metric, value } of rows) {
    yield `${quoted(run)},${quoted(subnet)},${epoch},${uid},${metric},${value}`;
  }
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
