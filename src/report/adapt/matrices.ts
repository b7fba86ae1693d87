/**
 * Weights and bonds as heat maps: each pair over time, and the whole matrix epoch by epoch.
 * Units  a weight is shown as a share of its row (the epoch sees it so, spec 6.5), a bond as it is stored (spec 9.6)
 */
import type { MatrixFrame, RunRecord, SubnetRecord } from '../../simulator/record.js';
import type { Axis, HeatChart, HeatPanel, Value } from '../page-data.js';
import { byIncentive } from './emission.js';
import { EPOCH } from './lines.js';
import { SHARE } from './miners.js';
import { label, metric } from './neurons.js';
import { evenly, largest, MOST_CELLS, MOST_EPOCHS, MOST_ROWS, notes } from './thin.js';

/** Most pairs of a chart over time. */
export const MOST_PAIRS = 48;

interface Matrix {
  readonly name: 'weights' | 'bonds';
  readonly value: Axis;
  /** What a cell shows. */
  read(frame: MatrixFrame, row: number, uid: number): number;
}

const WEIGHTS: Matrix = {
  name: 'weights',
  value: { label: 'Weight', unit: 'share of the validator’s weights' },
  read: (frame, row, uid) => {
    const sum = rowSum(frame, row);
    return sum === 0 ? 0 : Number((cell(frame, row, uid) / sum).toPrecision(6));
  },
};

const BONDS: Matrix = { name: 'bonds', value: { label: 'Bond', ...SHARE, unit: 'as stored, 1 = 65535' }, read: cell };

export function cell(frame: MatrixFrame, row: number, uid: number): number {
  return uid < frame.n ? frame.values[row * frame.n + uid]! : 0;
}

export function rowSum(frame: MatrixFrame, row: number): number {
  let sum = 0;
  for (let uid = 0; uid < frame.n; uid++) sum += cell(frame, row, uid);
  return sum;
}

export const weightsOverTime = (record: RunRecord): HeatChart =>
  overTime(record, WEIGHTS, {
    id: 'weights-over-time',
    title: 'Weights that counted, over time',
    caption:
      'A row is what one validator gives one miner. Look at when each validator changes its mind; under commit-reveal ' +
      'the change shows when it is revealed, not when it was made.',
  });

export const bondsOverTime = (record: RunRecord): HeatChart =>
  overTime(record, BONDS, {
    id: 'bonds-over-time',
    title: 'Bonds over time',
    caption:
      'A row is the bond of one validator in one miner, from which its dividends come. Look at who fills up first, ' +
      'and how long old bonds last. In Yuma2 the largest bond in each miner is 1 by definition.',
  });

export const weightsMatrix = (record: RunRecord): HeatChart =>
  byEpoch(record, WEIGHTS, {
    id: 'weights-by-epoch',
    title: 'Weights of all validators in one epoch',
    caption:
      'Validators are rows, miners columns. Rows that look alike agree, or copy; the slider goes through epochs.',
  });

export const bondsMatrix = (record: RunRecord): HeatChart =>
  byEpoch(record, BONDS, {
    id: 'bonds-by-epoch',
    title: 'Bonds of all validators after one epoch',
    caption: 'A dark column is a miner many validators hold bonds in; a row with little in it earns little.',
  });

type Texts = Pick<HeatChart, 'id' | 'title' | 'caption'>;

function overTime(record: RunRecord, matrix: Matrix, texts: Texts): HeatChart {
  const frames = Math.max(0, ...record.subnets.map((subnet) => subnet[matrix.name].length));
  const pairs = pairsOf(record, matrix);
  const shown = largest(pairs, ({ size }) => size, MOST_PAIRS);
  const most = Math.min(MOST_EPOCHS, Math.floor(MOST_CELLS / MOST_PAIRS / Math.max(record.subnets.length, 1)));
  const panels = record.subnets.map((subnet): HeatPanel => {
    const kept = evenly(subnet[matrix.name].length, most).map((index) => subnet[matrix.name][index]!);
    return {
      name: subnet.name,
      columns: kept.map(({ epoch }) => epoch),
      rows: shown.map(({ from, to }) => `${label(subnet, from)} → ${label(subnet, to)}`),
      frames: [shown.flatMap(({ from, to }) => kept.map((frame) => read(frame, matrix, from, to)))],
    };
  });
  return {
    kind: 'heat',
    ...texts,
    x: EPOCH,
    y: { label: 'Validator → miner', unit: '' },
    value: matrix.value,
    panels,
    ...(frames === 0 ? notKept(matrix) : pairs.length === 0 && { empty: `All ${matrix.name} are 0.` }),
    ...notes(
      pairs.length > MOST_PAIRS && `${MOST_PAIRS} of ${pairs.length} pairs are drawn, those with the largest sums.`,
      frames > most && `${most} of ${frames} epochs are drawn, evenly apart.`,
    ),
  };
}

const notKept = (matrix: Matrix) => ({ empty: `The run was not asked to keep its ${matrix.name}.` });

function read(frame: MatrixFrame, matrix: Matrix, from: number, to: number): number {
  const row = frame.uids.indexOf(from);
  return row < 0 ? 0 : matrix.read(frame, row, to);
}

interface Pair {
  readonly from: number;
  readonly to: number;
  /** The largest of the subnets' sums over time, each as a share of the largest sum there. */
  readonly size: number;
}

/** Pairs with a value above 0 in any frame of any subnet. */
function pairsOf(record: RunRecord, matrix: Matrix): Pair[] {
  const sizes = new Map<number, number>();
  for (const subnet of record.subnets) {
    const sums = sumsOf(subnet[matrix.name]);
    const most = [...sums.values()].reduce((a, b) => Math.max(a, b), 0);
    for (const [pair, sum] of sums) sizes.set(pair, Math.max(sizes.get(pair) ?? 0, sum / most));
  }
  return [...sizes]
    .sort(([a], [b]) => a - b)
    .map(([pair, size]) => ({ from: Math.floor(pair / 65_536), to: pair % 65_536, size }));
}

/** Sum over the frames by `from * 65536 + to`. */
function sumsOf(frames: readonly MatrixFrame[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const frame of frames) {
    for (const [row, from] of frame.uids.entries()) {
      for (let to = 0; to < frame.n; to++) {
        const value = cell(frame, row, to);
        if (value > 0) sums.set(from * 65_536 + to, (sums.get(from * 65_536 + to) ?? 0) + value);
      }
    }
  }
  return sums;
}

function byEpoch(record: RunRecord, matrix: Matrix, texts: Texts): HeatChart {
  const shown = record.subnets.map((subnet) => axes(subnet, matrix.name));
  const cells = shown.reduce((sum, { rows, columns }) => sum + rows.length * columns.length, 0);
  const at = framesToShow(record, matrix.name, cells);
  const panels = record.subnets.map((subnet, index): HeatPanel => {
    const { rows, columns } = shown[index]!;
    return {
      name: subnet.name,
      rows: rows.map((uid) => label(subnet, uid)),
      columns: columns.map((uid) => label(subnet, uid)),
      frames: at.map((epoch): Value[] => {
        const frame = frameAt(subnet, matrix.name, epoch);
        return frame === undefined ? [] : rows.flatMap((from) => columns.map((to) => read(frame, matrix, from, to)));
      }),
    };
  });
  return {
    kind: 'heat',
    ...texts,
    x: { label: 'Miner', unit: '' },
    y: { label: 'Validator', unit: '' },
    value: matrix.value,
    panels,
    frames: { label: 'Epoch', at },
    ...(at.length === 0 ? notKept(matrix) : cells === 0 && { empty: 'There are no validators, or no miners.' }),
    ...leftOut(record, matrix.name, at.length),
  };
}

/** Uids of the rows and columns of a matrix: validators by stake, miners by incentive, at most `MOST_ROWS` each. */
export function axes(subnet: SubnetRecord, name: 'weights' | 'bonds'): { rows: number[]; columns: number[] } {
  const last = Math.max(0, subnet.epochs.length - 1);
  const rows = [...new Set(subnet[name].flatMap(({ uids }) => uids))].sort((a, b) => a - b);
  return {
    rows: largest(rows, (uid) => metric(subnet, 'stake', last, uid), MOST_ROWS),
    columns: byIncentive(subnet)
      .slice(0, MOST_ROWS)
      .sort((a, b) => a - b),
  };
}

/** Epochs of the frames that fit, by the subnet with the most of them. */
export function framesToShow(record: RunRecord, name: 'weights' | 'bonds', cells: number): number[] {
  const longest = record.subnets.reduce<readonly MatrixFrame[]>(
    (most, subnet) => (subnet[name].length > most.length ? subnet[name] : most),
    [],
  );
  return evenly(longest.length, Math.max(1, Math.floor(MOST_CELLS / Math.max(cells, 1)))).map(
    (index) => longest[index]!.epoch,
  );
}

/** The frame of an epoch, or the last one before it. */
export const frameAt = (subnet: SubnetRecord, name: 'weights' | 'bonds', epoch: number): MatrixFrame | undefined =>
  subnet[name].findLast((frame) => frame.epoch <= epoch);

export function leftOut(record: RunRecord, name: 'weights' | 'bonds', shown: number): { note?: string } {
  const frames = Math.max(0, ...record.subnets.map((subnet) => subnet[name].length));
  const rows = Math.max(0, ...record.subnets.map((subnet) => new Set(subnet[name].flatMap(({ uids }) => uids)).size));
  const columns = Math.max(0, ...record.subnets.map((subnet) => byIncentive(subnet).length));
  return notes(
    rows > MOST_ROWS && `${MOST_ROWS} of ${rows} validators are drawn, those with the most stake.`,
    columns > MOST_ROWS && `${MOST_ROWS} of ${columns} miners are drawn, those with the most incentive.`,
    frames > shown && `${shown} of ${frames} epochs are on the slider, evenly apart.`,
  );
}
