/** Kappa third: both small validators turn to a new miner before the majority does. */
import { define } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';
import { AT, GAP, turning } from './turning.js';

export const kappaThird = define<Scenario>()({
  says: 'both small validators move before the majority',
  parameters: { at: AT, gap: GAP, penalty: PENALTY },
  create: ({ at, gap, penalty }) => {
    const neurons = turning([
      { name: 'big', stake: 800, at: at + 2 * gap },
      { name: 'small 1', stake: 100, at },
      { name: 'small 2', stake: 100, at: at + gap },
    ]);
    return {
      name: 'kappa-third',
      title: 'The kappa-majority moves third',
      epochs: 40,
      subnets: sideBySide({ neurons }, penalty),
    };
  },
});
