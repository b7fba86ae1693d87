/** Table: the values of a chart as text, for readers who do not see it and for spreadsheets. */
import type { Axis, Chart } from '../page-data.js';

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Values as the record has them; the head says their unit. @param frame which one, of a chart with frames */
export function tableOf(chart: Chart, frame: number): Table {
  switch (chart.kind) {
    case 'lines':
    case 'areas': {
      const labels = [...new Set(chart.panels.flatMap(({ series }) => series.map(({ label }) => label)))];
      const banded = chart.panels.some(({ series }) => series.some(({ low }) => low?.some((value) => value !== null)));
      const unit = unitOf(chart.y);
      return {
        head: [
          'subnet',
          chart.x.label,
          ...labels.flatMap((label) => [`${label}${unit}`, ...(banded ? [`${label}, low`, `${label}, high`] : [])]),
        ],
        rows: chart.panels.flatMap(({ name, x, series }) => {
          const byLabel = new Map(series.map((one) => [one.label, one]));
          return x.map((value, at) => [
            name,
            value,
            ...labels.flatMap((label) => {
              const one = byLabel.get(label);
              return [one?.values[at] ?? null, ...(banded ? [one?.low?.[at] ?? null, one?.high?.[at] ?? null] : [])];
            }),
          ]);
        }),
      };
    }
    case 'heat':
      return {
        head: ['subnet', chart.y.label, chart.x.label, `${chart.value.label}${unitOf(chart.value)}`, 'low', 'high'],
        rows: chart.panels.flatMap(({ name, columns, rows, frames, low, high }) =>
          (frames[frame] ?? []).map((value, at) => [
            name,
            rows[Math.floor(at / columns.length)]!,
            columns[at % columns.length]!,
            value,
            low?.[at] ?? null,
            high?.[at] ?? null,
          ]),
        ),
      };
    case 'dots':
      return {
        head: ['subnet', 'validator', 'miner', 'weight', 'sum of its row', 'consensus, of 65535'],
        rows: chart.panels.flatMap(({ name, columns, rows, frames }) => {
          const shown = frames[frame];
          return (shown?.weights ?? []).map((weight, at) => {
            const row = Math.floor(at / columns.length);
            const column = at % columns.length;
            return [name, rows[row]!, columns[column]!, weight, shown!.sums[row]!, shown!.consensus[column]!];
          });
        }),
      };
    case 'bars': {
      const { unit } = chart.value;
      return {
        head: ['subnet', chart.y.label, `before, ${unit}`, `after, ${unit}`, `change, ${unit}`],
        rows: chart.panels.flatMap(({ name, bars }) =>
          bars.map(({ label, baseline, changed }) => [
            name,
            label,
            baseline,
            changed,
            Number((changed - baseline).toPrecision(12)),
          ]),
        ),
      };
    }
  }
}

const unitOf = (axis: Axis): string => {
  const unit = axis.raw ?? (axis.divisor === undefined ? axis.unit : '');
  return unit === '' ? '' : `, ${unit}`;
};

export const csvOf = ({ head, rows }: Table): string =>
  [head, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');

/** Quoted where it must be; a text that a spreadsheet would run as a formula gets an apostrophe before it. */
function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
