/** Consensus against submitted weights: what is above consensus is clipped and counts for nothing. */
import type { RunRecord, SubnetRecord } from '../../simulator/record.js';
import type { DotsChart, DotsFrame, DotsPanel } from '../page-data.js';
import { byIncentive } from './emission.js';
import { axes, cell, frameAt, framesToShow, leftOut, rowSum } from './matrices.js';
import { label, metric, tonesOf, total, validators } from './neurons.js';
import { notes } from './thin.js';

/** Most miners side by side. */
export const MOST_MINERS = 24;

export function consensusAgainstWeights(record: RunRecord): DotsChart {
  const shown = record.subnets.map((subnet) => ({
    rows: axes(subnet, 'weights').rows,
    columns: byIncentive(subnet)
      .slice(0, MOST_MINERS)
      .sort((a, b) => a - b),
  }));
  const cells = shown.reduce((sum, { rows, columns }) => sum + rows.length * columns.length, 0);
  const at = framesToShow(record, 'weights', 2 * cells);
  const tones = tonesOf(record, validators, (subnet, uid) => total(subnet, 'stake', uid));
  const panels = record.subnets.map((subnet, index): DotsPanel => {
    const { rows, columns } = shown[index]!;
    return {
      name: subnet.name,
      columns: columns.map((uid) => label(subnet, uid)),
      rows: rows.map((uid) => label(subnet, uid)),
      tones: rows.map((uid) => tones.of(subnet, uid)),
      frames: at.map((epoch) => frameOf(subnet, epoch, rows, columns)),
    };
  });
  const named = record.subnets[0];
  const ownKey = named?.validators.filter((uid) => tones.named(named, uid)) ?? [];
  const widest = Math.max(0, ...record.subnets.map((subnet) => byIncentive(subnet).length));
  const other = leftOut(record, 'weights', at.length)
    .note?.replace(/\d+ of \d+ miners[^.]*\. ?/, '')
    .trim();
  return {
    kind: 'dots',
    id: 'consensus',
    title: 'Submitted weights against consensus',
    caption:
      'A bar is consensus: the largest weight that a majority of the stake supports. A triangle is a weight above it, ' +
      'which is cut down to the bar; a circle counts in full. It opens at the epoch in which most is cut.',
    x: { label: 'Miner', unit: '' },
    y: { label: 'Weight', unit: 'share of the validator’s weights' },
    panels,
    frames: { label: 'Epoch', at, first: mostClipped(panels) },
    key: tones.key ?? ownKey.map((uid) => ({ label: label(named!, uid), tone: tones.of(named!, uid) })),
    ...(at.length === 0
      ? { empty: 'The run was not asked to keep its weights.' }
      : cells === 0 && { empty: 'There are no validators, or no miners.' }),
    ...notes(
      tones.note,
      widest > MOST_MINERS && `${MOST_MINERS} of ${widest} miners are drawn, those with the most incentive.`,
      other,
    ),
  };
}

/** Index of the first frame with the largest sum of shares above consensus. */
function mostClipped(panels: readonly DotsPanel[]): number {
  const cuts = (panels[0]?.frames ?? []).map((_, at) => panels.reduce((sum, { frames }) => sum + cut(frames[at]!), 0));
  return Math.max(0, cuts.indexOf(Math.max(0, ...cuts)));
}

function cut(frame: DotsFrame | null): number {
  if (frame === null) return 0;
  const columns = frame.consensus.length;
  return frame.weights.reduce((total, weight, at) => {
    const share = weight / (frame.sums[Math.floor(at / columns)] || 1);
    return total + Math.max(0, share - (frame.consensus[at % columns]! + 1) / 65_535);
  }, 0);
}

function frameOf(
  subnet: SubnetRecord,
  epoch: number,
  rows: readonly number[],
  columns: readonly number[],
): DotsFrame | null {
  const frame = frameAt(subnet, 'weights', epoch);
  const at = frame === undefined ? -1 : subnet.epochs.indexOf(frame.epoch);
  if (frame === undefined || at < 0) return null;
  const lines = rows.map((uid) => frame.uids.indexOf(uid));
  return {
    weights: lines.flatMap((row) => columns.map((uid) => (row < 0 ? 0 : cell(frame, row, uid)))),
    sums: lines.map((row) => (row < 0 ? 0 : rowSum(frame, row))),
    consensus: columns.map((uid) => metric(subnet, 'consensus', at, uid)),
  };
}
