/** Favourer: gives a fixed share to one miner and the rest to the others, by their scores. */
import type { ValidatorAgent } from '../agent.js';
import { define } from '../definition.js';
import { seen } from './honest.js';
import { minersOf } from './miners.js';
import { portions } from './portions.js';

export const favourer = define<ValidatorAgent>()({
  says: 'gives a fixed share to one miner, and the rest to the others',
  parameters: {
    uid: { default: 0, least: 0, largest: 32_767, whole: true, says: 'the miner' },
    share: { default: 1, least: 0, largest: 1, says: 'share that it gets; 0 = it is left out' },
    noise: { default: 0, least: 0, largest: 10, says: 'spread of what it sees, as a share of the score' },
  },
  create: ({ uid, share, noise }) => ({
    decide: (given) => portions(seen(given, noise), minersOf(given.chain), (miner) => miner === uid, share),
  }),
});
