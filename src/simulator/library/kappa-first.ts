/** Kappa first: the majority turns to a new miner before the small validators do. */
import { define } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';
import { AT, GAP, turning } from './turning.js';

export const kappaFirst = define<Scenario>()({
  says: 'the majority moves to a new miner first, small ones follow',
  parameters: { at: AT, gap: GAP, penalty: PENALTY },
  create: ({ at, gap, penalty }) => {
    const neurons = turning([
      { name: 'big', stake: 800, at },
      { name: 'small 1', stake: 100, at: at + gap },
      { name: 'small 2', stake: 100, at: at + 2 * gap },
    ]);
    return {
      name: 'kappa-first',
      title: 'The kappa-majority moves first',
      epochs: 40,
      subnets: sideBySide({ neurons }, penalty),
    };
  },
});
