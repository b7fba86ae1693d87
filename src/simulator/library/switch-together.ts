/** Switch together: all validators turn to a new miner in one epoch. */
import { define } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';
import { AT, turning } from './turning.js';

export const switchTogether = define<Scenario>()({
  says: 'all validators move to a new miner in one epoch',
  parameters: { at: AT, penalty: PENALTY },
  create: ({ at, penalty }) => {
    const neurons = turning([
      { name: 'big', stake: 800, at },
      { name: 'small 1', stake: 100, at },
      { name: 'small 2', stake: 100, at },
    ]);
    return {
      name: 'switch-together',
      title: 'All validators switch together',
      epochs: 40,
      subnets: sideBySide({ neurons }, penalty),
    };
  },
});
