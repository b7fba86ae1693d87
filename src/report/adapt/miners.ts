/** What miners earn. */
import type { RunRecord } from '../../simulator/record.js';
import type { Axis, LinesChart } from '../page-data.js';
import { neuronLines } from './lines.js';
import { metric, miners, total } from './neurons.js';

/** u16 of the record, read as a share. */
export const SHARE = { unit: 'share, 1 = all', divisor: 65_535, raw: 'of 65535' } satisfies Omit<Axis, 'label'>;

/** Incentive of each miner, u16 as recorded. */
export const incentives = (record: RunRecord): LinesChart =>
  neuronLines(record, {
    id: 'incentives',
    title: 'Incentive of each miner',
    caption:
      'The share of the miners’ half of the emission that each one gets. It follows consensus: look at the epoch in ' +
      'which a majority of the stake has moved, and at what minorities change before it.',
    y: { label: 'Incentive', ...SHARE },
    uids: miners,
    weigh: (subnet, uid) => total(subnet, 'incentive', uid),
    values: (subnet, at) => (uid) => metric(subnet, 'incentive', at, uid),
    none: 'Every neuron sets weights and none gets incentive: there are no miners.',
  });
