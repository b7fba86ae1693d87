/** What validators earn: for their stake, and against each other. */
import type { RunRecord, SubnetRecord } from '../../simulator/record.js';
import type { LinesChart } from '../page-data.js';
import { neuronLines, rounded } from './lines.js';
import { metric, total, validators } from './neurons.js';

const common = {
  uids: validators,
  weigh: (subnet: SubnetRecord, uid: number) => total(subnet, 'stake', uid),
  none: 'No neuron sets weights, or none that does earns dividends.',
};

/** Alpha an epoch that a validator gets for each 1 000 alpha of its stake weight; none while it has no stake. */
export const dividendsPer1000 = (record: RunRecord): LinesChart =>
  neuronLines(record, {
    ...common,
    id: 'dividends',
    title: 'Dividends of each validator for 1 000 alpha of stake',
    caption:
      'Validators that agree with consensus early hold more bonds and earn more for the same stake. Look at who is ' +
      'above the others after the opinion about a miner has moved, and for how long.',
    y: { label: 'Dividends', unit: 'alpha an epoch for 1 000 alpha of stake' },
    values: (subnet, at) => (uid) => {
      const stake = metric(subnet, 'stake', at, uid);
      return stake > 0 ? rounded((1_000 * metric(subnet, 'validatorEmission', at, uid)) / stake) : null;
    },
  });

/** By how many percent a validator's share of the dividends is off its share of the validators' stake. */
export const relativeDividends = (record: RunRecord): LinesChart =>
  neuronLines(record, {
    ...common,
    id: 'relative-dividends',
    title: 'Relative dividends: share of the dividends against share of the stake',
    caption:
      'At 0 % a validator earns just what its share of all validators’ stake stands for. Above it others pay for it, ' +
      'below it it pays others.',
    y: { label: 'Relative dividends', unit: '% above or below stake share', span: 2 },
    level: { value: 0, label: 'stake share' },
    values: (subnet, at) => {
      const stakes = subnet.validators.reduce((sum, uid) => sum + metric(subnet, 'stake', at, uid), 0);
      let dividends = 0;
      for (let uid = 0; uid < subnet.n; uid++) dividends += metric(subnet, 'dividends', at, uid);
      return (uid) => {
        const fair = metric(subnet, 'stake', at, uid) / stakes;
        if (!(fair > 0) || dividends === 0) return null;
        return rounded(100 * (metric(subnet, 'dividends', at, uid) / dividends / fair - 1));
      };
    },
  });
