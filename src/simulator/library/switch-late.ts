/** Switch late: one validator turns to a new miner after all others did. */
import { define } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';
import { AT, GAP, turning } from './turning.js';

export const switchLate = define<Scenario>()({
  says: 'one small validator moves after all others did',
  parameters: { at: AT, gap: { ...GAP, default: 5 }, penalty: PENALTY },
  create: ({ at, gap, penalty }) => {
    const neurons = turning([
      { name: 'big', stake: 800, at },
      { name: 'small', stake: 100, at },
      { name: 'late', stake: 100, at: at + gap },
    ]);
    return {
      name: 'switch-late',
      title: 'One validator switches late',
      epochs: 40,
      subnets: sideBySide({ neurons }, penalty),
    };
  },
});
