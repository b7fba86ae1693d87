/** Winner takes all: the best miner gets everything, and a newcomer overtakes it. */
import { define } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';

export const winnerTakesAll = define<Scenario>()({
  says: 'the best miner gets all, and another one overtakes it',
  parameters: {
    over: {
      default: 30,
      least: 1,
      largest: 1_000_000,
      whole: true,
      says: 'epochs in which the challenger goes from 0.5 to 1.5',
    },
    penalty: PENALTY,
  },
  create: ({ over, penalty }) => {
    const neurons = [
      { name: 'big', stake: 800, validator: { agent: 'honest', noise: 0 } },
      { name: 'small', count: 2, stake: 100, validator: { agent: 'honest', noise: 0 } },
      { name: 'incumbent', miner: { agent: 'quality', quality: 1 } },
      { name: 'challenger', miner: { agent: 'improving', from: 0.5, to: 1.5, over } },
      { name: 'also ran', miner: { agent: 'quality', quality: 0.9 } },
    ];
    const subnets = sideBySide({ neurons, evaluation: { evaluation: 'winner' } }, penalty);
    return { name: 'winner-takes-all', title: 'The winner takes all', epochs: 40, subnets };
  },
});
