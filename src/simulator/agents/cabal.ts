/** Cabal: gives a fixed share to the miners of its own team and the rest to the others, by their scores within each. */
import type { ValidatorAgent } from '../agent.js';
import { define } from '../definition.js';
import { seen } from './honest.js';
import { minersOf } from './miners.js';
import { portions } from './portions.js';

export const cabal = define<ValidatorAgent>()({
  says: 'gives a fixed share to the miners of its own team, and the rest to the others',
  parameters: {
    own: { default: 0.9, least: 0, largest: 1, says: 'share that its own team gets' },
    noise: { default: 0, least: 0, largest: 10, says: 'spread of what it sees, as a share of the score' },
  },
  create: ({ own, noise }) => ({
    decide(given) {
      const { chain, uid } = given;
      const team = chain.teams[uid];
      const ours = (miner: number): boolean => team !== undefined && chain.teams[miner] === team;
      return portions(seen(given, noise), minersOf(chain), ours, own);
    },
  }),
});
