/** Mover: favours one miner after another, or with a share of 0 leaves one after another out. */
import type { ValidatorAgent } from '../agent.js';
import { define } from '../definition.js';
import { seen } from './honest.js';
import { minersOf } from './miners.js';
import { portions } from './portions.js';

export const mover = define<ValidatorAgent>()({
  says: 'gives a fixed share to one miner, another one every so many epochs',
  parameters: {
    every: { default: 10, least: 1, largest: 1_000_000, whole: true, says: 'epochs before it turns to the next miner' },
    share: { default: 1, least: 0, largest: 1, says: 'share that the miner gets; 0 = it is left out' },
    first: { default: 0, least: 0, largest: 32_767, whole: true, says: 'which miner it begins with, 0 = the first' },
    noise: { default: 0, least: 0, largest: 10, says: 'spread of what it sees, as a share of the score' },
  },
  create: ({ every, share, first, noise }) => ({
    decide(given) {
      const miners = minersOf(given.chain);
      const target = miners[(first + Math.floor(given.chain.epoch / every)) % Math.max(1, miners.length)];
      return portions(seen(given, noise), miners, (miner) => miner === target, share);
    },
  }),
});
