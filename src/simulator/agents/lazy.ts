/** Lazy: looks at the miners now and then, or once and never again, and submits old weights meanwhile. */
import type { ValidatorAgent } from '../agent.js';
import { define } from '../definition.js';
import { seen } from './honest.js';

export const lazy = define<ValidatorAgent>()({
  says: 'submits old weights, and looks anew every so many epochs or never',
  parameters: {
    every: {
      default: 0,
      least: 0,
      largest: 1_000_000,
      whole: true,
      says: 'epochs between two looks; 0 = one look ever',
    },
    noise: { default: 0.1, least: 0, largest: 10, says: 'spread of what it sees, as a share of the score' },
    submits: { default: true, says: 'submits the old weights in every epoch; else it ages until it looks again' },
  },
  create: ({ every, noise, submits }) => ({
    decide(given, memory) {
      const { epoch } = given.chain;
      const looked = memory.looked as number | undefined;
      if (looked !== undefined && (every === 0 || epoch - looked < every)) return submits ? 'again' : null;
      memory.looked = epoch;
      return seen(given, noise);
    },
  }),
});
