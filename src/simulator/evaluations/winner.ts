/** Winner: one miner takes all. */
import type { Evaluation } from '../agent.js';
import { define } from '../definition.js';
import { numbersOf } from './quality.js';

export const winner = define<Evaluation>()({
  says: '1 for the best miner, 0 for the others; of equals the lowest uid wins',
  parameters: {},
  create: () => ({
    score(outputs, into) {
      numbersOf(outputs, into);
      if (into.some(Number.isNaN)) return; // refused as it is
      const best = into.reduce((leader, number, uid) => (number > into[leader]! ? uid : leader), 0);
      const won = into.length > 0 && into[best]! > 0;
      into.fill(0);
      if (won) into[best] = 1;
    },
  }),
});
