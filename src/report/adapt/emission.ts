/** Where the emission goes. */
import type { RunRecord, SubnetRecord } from '../../simulator/record.js';
import { type AreasChart, TONES, type Tone } from '../page-data.js';
import { EPOCH } from './lines.js';
import { label, metric, miners, total } from './neurons.js';
import { evenly, MOST_EPOCHS, notes } from './thin.js';

/** Neurons whose emission goes together. */
interface Slice {
  readonly tone: Tone;
  readonly label: string;
  readonly uids: (subnet: SubnetRecord) => readonly number[];
  readonly metrics: readonly ('serverEmission' | 'validatorEmission')[];
}

const BOTH = ['serverEmission', 'validatorEmission'] as const;

/**
 * Alpha an epoch, in rao as recorded: by neuron while there are colours for all, else by team and side, else by side.
 * What the epoch kept back is what the emission holds more than all of them.
 */
export function emissionSplit(record: RunRecord): AreasChart {
  const slices = slicesOf(record);
  const epochs = Math.max(0, ...record.subnets.map((subnet) => subnet.epochs.length));
  const panels = record.subnets.map((subnet) => {
    const kept = evenly(subnet.epochs.length, MOST_EPOCHS);
    const series = slices.map((slice) => ({
      label: slice.label,
      tone: slice.tone,
      named: true,
      values: kept.map((at) => sum(subnet, at, slice)),
    }));
    const handedOut = kept.map((_, at) => series.reduce((rao, { values }) => rao + values[at]!, 0));
    const back = handedOut.map((rao) => Math.max(0, Number(subnet.emission) - rao));
    // each amount is rounded down to whole rao, so that a few are left over in any epoch
    if (back.some((rao) => rao > 1e-6 * Number(subnet.emission))) {
      series.push({ label: 'not handed out', tone: -1, named: true, values: back });
    }
    return { name: subnet.name, x: kept.map((at) => subnet.epochs[at]!), series };
  });
  return {
    kind: 'areas',
    id: 'emission',
    title: 'Where the emission of each epoch goes',
    caption:
      'Areas lie on top of each other and add up to the emission of the subnet: about half of it is for ' +
      'mining, half for validating. Look at who gains where a line elsewhere moves.',
    x: EPOCH,
    y: { label: 'Emission', unit: 'alpha an epoch', divisor: 1e9, raw: 'rao' },
    panels,
    ...(epochs === 0 && { empty: 'No epoch was kept.' }),
    ...notes(epochs > MOST_EPOCHS && `${MOST_EPOCHS} of ${epochs} epochs are drawn, evenly apart.`),
  };
}

function slicesOf(record: RunRecord): Slice[] {
  const earning = new Map<number, string>();
  const teams = new Set<string | undefined>();
  for (const subnet of record.subnets) {
    for (let uid = 0; uid < subnet.n; uid++) {
      if (BOTH.every((name) => total(subnet, name, uid) === 0)) continue;
      earning.set(uid, earning.get(uid) ?? label(subnet, uid));
      teams.add(subnet.teams[uid]);
    }
  }
  if (earning.size <= TONES) {
    const uids = [...earning.keys()].sort((a, b) => a - b);
    const all = record.subnets.every(({ n }) => n <= TONES);
    return uids.map((uid, at) => ({
      tone: all ? uid : at,
      label: earning.get(uid)!,
      uids: (subnet) => (uid < subnet.n ? [uid] : []),
      metrics: BOTH,
    }));
  }
  const groups = teams.size > 1 && 2 * teams.size <= TONES ? [...teams].sort(byName) : [null];
  return groups.flatMap((team, at) =>
    BOTH.toReversed().map((name, side) => ({
      tone: 2 * at + side,
      label: `${team === null ? '' : `${team ?? 'no team'}: `}${name === 'serverEmission' ? 'mining' : 'validating'}`,
      uids: (subnet: SubnetRecord) =>
        Array.from({ length: subnet.n }, (_, uid) => uid).filter((uid) => team === null || subnet.teams[uid] === team),
      metrics: [name],
    })),
  );
}

const byName = (a: string | undefined, b: string | undefined): number =>
  a === undefined ? 1 : b === undefined ? -1 : a < b ? -1 : 1;

const sum = (subnet: SubnetRecord, at: number, { uids, metrics }: Slice): number =>
  uids(subnet).reduce((rao, uid) => rao + metrics.reduce((both, name) => both + metric(subnet, name, at, uid), 0), 0);

/** Uids with any incentive, the largest first: the columns that matter of a matrix. */
export const byIncentive = (subnet: SubnetRecord): number[] =>
  miners(subnet)
    .map((uid) => ({ uid, total: total(subnet, 'incentive', uid) }))
    .sort((a, b) => b.total - a.total || a.uid - b.uid)
    .map(({ uid }) => uid);
