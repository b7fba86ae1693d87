/** Threshold: what is good enough counts alike, the rest not at all. */
import type { Evaluation } from '../agent.js';
import { define } from '../definition.js';
import { numbersOf } from './quality.js';

export const threshold = define<Evaluation>()({
  says: '1 for every miner that reaches a number, 0 for the others',
  parameters: {
    least: { default: 0.5, least: 0, largest: 1_000_000, says: 'the number to reach' },
  },
  create: ({ least }) => ({
    score(outputs, into) {
      numbersOf(outputs, into);
      for (const [uid, output] of outputs.entries()) {
        if (output !== undefined && !Number.isNaN(into[uid])) into[uid] = Number(into[uid]! >= least);
      }
    },
  }),
});
