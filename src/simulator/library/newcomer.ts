/** Newcomer: a miner takes the slot of the weakest one over and becomes better than all. */
import { define } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';

const VALIDATORS = 5;

export const newcomer = define<Scenario>()({
  says: 'a new miner takes the weakest slot and becomes the best',
  parameters: {
    at: { default: 20, least: 1, largest: 1_000_000, whole: true, says: 'epoch before which it registers' },
    over: { default: 10, least: 1, largest: 1_000_000, whole: true, says: 'epochs until it is as good as it gets' },
    quality: { default: 2, least: 0, largest: 1_000, says: 'how good that is; the others go from 0.2 to 1' },
    view: { default: 0.5, least: 0, largest: 1, says: 'share of the miners that a validator looks at in an epoch' },
    penalty: PENALTY,
  },
  create: ({ at, over, quality, view, penalty }) => {
    const miners = [1, 0.8, 0.6, 0.4, 0.2].map((worth, k) => ({
      name: `miner ${k + 1}`,
      miner: { agent: 'quality', quality: worth },
    }));
    const neurons = [
      { name: 'validator', count: VALIDATORS, stake: 1_000, validator: { agent: 'honest', noise: 0.05, view } },
      ...miners,
    ];
    const register = { name: 'newcomer', miner: { agent: 'improving', to: quality, over } };
    const events = [{ epoch: at, uid: VALIDATORS + miners.length - 1, register }];
    const title = 'A newcomer among miners';
    return { name: 'newcomer', title, epochs: 60, subnets: sideBySide({ neurons, events }, penalty) };
  },
});
