/** Drifting: a miner whose quality walks at random. */
import type { MinerAgent } from '../agent.js';
import { define } from '../definition.js';
import { normal } from '../normal.js';

export const drifting = define<MinerAgent>()({
  says: 'delivers a quality that walks at random',
  parameters: {
    quality: { default: 1, least: 0, largest: 1_000_000, says: 'what it delivers at first' },
    drift: { default: 0.02, least: 0, largest: 10, says: 'spread of a step, as a share of the quality' },
    least: { default: 0, least: 0, largest: 1_000_000, says: 'it never falls below' },
    most: { default: 1_000_000, least: 0, largest: 1_000_000, says: 'it never rises above' },
  },
  create: ({ quality, drift, least, most }) => ({
    deliver({ random }, memory) {
      const before = memory.quality as number | undefined;
      const moved = before === undefined ? quality : before * Math.max(0, 1 + drift * normal(random));
      memory.quality = Math.min(most, Math.max(least, moved));
      return memory.quality;
    },
  }),
});
