/** Rank: only the order of the miners counts. */
import type { Evaluation } from '../agent.js';
import { define } from '../definition.js';
import { numbersOf } from './quality.js';

export const rank = define<Evaluation>()({
  says: 'the best miner gets 1, the k-th best 1 / k; equals share the better place',
  parameters: {
    places: { default: 32_768, least: 1, largest: 32_768, whole: true, says: 'how many places get anything' },
  },
  create: ({ places }) => ({
    score(outputs, into) {
      numbersOf(outputs, into);
      const falling = [...into].filter((number) => number > 0).sort((a, b) => b - a);
      for (const [uid, number] of into.entries()) {
        if (!(number > 0)) continue; // nothing stays nothing; what is no number stays so
        const place = falling.indexOf(number) + 1;
        into[uid] = place <= places ? 1 / place : 0;
      }
    },
  }),
});
