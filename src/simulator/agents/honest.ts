/**
 * Honest: submits what it sees of the miners. Each look at a miner multiplies its score by 1 + noise * normal, at least 0.
 * Of those it does not look at in an epoch it keeps what it saw last.
 */
import type { ValidatorAgent, ValidatorView } from '../agent.js';
import { define } from '../definition.js';
import { normal } from '../normal.js';

/** Scores of all neurons as one validator sees them. */
export function seen({ scores, random }: ValidatorView, noise: number): Float64Array {
  const sight = scores.slice();
  if (noise === 0) return sight;
  for (let uid = 0; uid < sight.length; uid++) {
    if (sight[uid] !== 0) sight[uid] = sight[uid]! * Math.max(0, 1 + noise * normal(random));
  }
  return sight;
}

export const honest = define<ValidatorAgent>()({
  says: 'submits what it sees of the miners',
  parameters: {
    noise: { default: 0.1, least: 0, largest: 10, says: 'spread of what it sees, as a share of the score' },
    view: { default: 1, least: 0, largest: 1, says: 'share of the miners it looks at in an epoch' },
    every: { default: 1, least: 1, largest: 1_000_000, whole: true, says: 'epochs between two looks, from its uid on' },
  },
  create: ({ noise, view, every }) => ({
    decide(given, memory) {
      const known = memory.seen as number[] | undefined;
      if (known !== undefined && (given.chain.epoch + given.uid) % every !== 0) return 'again';
      const scores = seen(given, noise);
      if (view === 1) {
        memory.seen = [];
        return scores;
      }
      for (let uid = 0; uid < scores.length; uid++) {
        if (known !== undefined && !given.random.chance(view)) scores[uid] = known[uid] ?? 0;
      }
      memory.seen = [...scores];
      return scores;
    },
  }),
});
