/** Switch never: one validator stays with the old miner when all others turn to a new one. */
import { define } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';
import { AT, turning } from './turning.js';

export const switchNever = define<Scenario>()({
  says: 'one small validator stays with the old miner for ever',
  parameters: { at: AT, penalty: PENALTY },
  create: ({ at, penalty }) => {
    const neurons = turning([
      { name: 'big', stake: 800, at },
      { name: 'small', stake: 100, at },
      { name: 'never', stake: 100, at: null },
    ]);
    return {
      name: 'switch-never',
      title: 'One validator never switches',
      epochs: 40,
      subnets: sideBySide({ neurons }, penalty),
    };
  },
});
