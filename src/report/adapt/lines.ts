/** Lines of neurons: one series a neuron, one panel a subnet, thinned as `thin.ts` says. */
import type { RunRecord, SubnetRecord } from '../../simulator/record.js';
import type { Axis, LinesChart, Series, SeriesPanel, Value } from '../page-data.js';
import { label, type Tones, tonesOf } from './neurons.js';
import { evenly, LEAST_EPOCHS, largest, MOST_EPOCHS, MOST_POINTS, MOST_SERIES, notes } from './thin.js';

export const EPOCH: Axis = { label: 'Epoch', unit: '' };

/** What one chart shows of each neuron. */
export interface NeuronLines {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly y: Axis;
  readonly level?: LinesChart['level'];
  /** Neurons of the chart. */
  uids(subnet: SubnetRecord): readonly number[];
  /** Which neurons are the large ones, shown where there are too many. */
  weigh(subnet: SubnetRecord, uid: number): number;
  /** Values at `epochs[at]`, by uid. */
  values(subnet: SubnetRecord, at: number): (uid: number) => Value;
  /** Where no subnet has such neurons, or none of them has a value. */
  readonly none: string;
}

export function neuronLines(record: RunRecord, what: NeuronLines): LinesChart {
  const { id, title, caption, y, level } = what;
  const lines = record.subnets.reduce((sum, subnet) => sum + Math.min(what.uids(subnet).length, MOST_SERIES), 0);
  const most = Math.max(LEAST_EPOCHS, Math.min(MOST_EPOCHS, Math.floor(MOST_POINTS / Math.max(lines, 1))));
  const tones = tonesOf(record, what.uids, what.weigh);
  const panels = record.subnets.map((subnet) => panelOf(subnet, what, tones, most));
  const epochs = Math.max(0, ...record.subnets.map((subnet) => subnet.epochs.length));
  const widest = Math.max(0, ...record.subnets.map((subnet) => what.uids(subnet).length));
  const known = panels.some(({ series }) => series.some(({ values }) => values.some((value) => value !== null)));
  const empty = epochs === 0 ? 'No epoch was kept.' : known ? undefined : what.none;
  return {
    kind: 'lines',
    id,
    title,
    caption,
    x: EPOCH,
    y,
    panels,
    ...(level && { level }),
    ...(tones.key && { key: tones.key }),
    ...(empty && { empty }),
    ...notes(
      tones.note,
      widest > MOST_SERIES &&
        `${MOST_SERIES - 1} of ${widest} lines are drawn, the largest ones; a grey line is the mean of the others.`,
      epochs > most && `${most} of ${epochs} epochs are drawn, evenly apart.`,
    ),
  };
}

function panelOf(subnet: SubnetRecord, what: NeuronLines, tones: Tones, most: number): SeriesPanel {
  const kept = evenly(subnet.epochs.length, most);
  const uids = what.uids(subnet);
  const alone = uids.length <= MOST_SERIES ? uids : largest(uids, (uid) => what.weigh(subnet, uid), MOST_SERIES - 1);
  const columns = kept.map((at) => what.values(subnet, at));
  const series: Series[] = alone.map((uid) => ({
    label: label(subnet, uid),
    tone: tones.of(subnet, uid),
    named: tones.named(subnet, uid),
    values: columns.map((value) => value(uid)),
  }));
  const rest = uids.filter((uid) => !alone.includes(uid));
  if (rest.length > 0) {
    const values = columns.map((value) => mean(rest.map(value)));
    series.push({ label: `mean of ${rest.length} others`, tone: -1, named: true, values });
  }
  return { name: subnet.name, x: kept.map((at) => subnet.epochs[at]!), series };
}

function mean(values: readonly Value[]): Value {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : rounded(known.reduce((sum, value) => sum + value, 0) / known.length);
}

/** Nine significant digits, so that the text of a page stays short. */
export const rounded = (value: number): number => Number(value.toPrecision(9));
