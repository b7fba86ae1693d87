/** Kappa second: a small validator turns to a new miner before the majority does, another one after it. */
import { define } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';
import { AT, GAP, turning } from './turning.js';

export const kappaSecond = define<Scenario>()({
  says: 'one small validator moves before the majority, one after it',
  parameters: { at: AT, gap: GAP, penalty: PENALTY },
  create: ({ at, gap, penalty }) => {
    const neurons = turning([
      { name: 'big', stake: 800, at: at + gap },
      { name: 'small 1', stake: 100, at },
      { name: 'small 2', stake: 100, at: at + 2 * gap },
    ]);
    return {
      name: 'kappa-second',
      title: 'The kappa-majority moves second',
      epochs: 40,
      subnets: sideBySide({ neurons }, penalty),
    };
  },
});
