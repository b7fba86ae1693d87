/** Fading: a miner that is good for a while, and then goes down or leaves. */
import type { MinerAgent } from '../agent.js';
import { define } from '../definition.js';

export const fading = define<MinerAgent>()({
  says: 'delivers a quality that falls in even steps to nothing',
  parameters: {
    quality: { default: 1, least: 0, largest: 1_000_000, says: 'what it delivers at first' },
    after: { default: 10, least: 0, largest: 10_000_000, whole: true, says: 'epochs before it begins to fall' },
    over: { default: 10, least: 1, largest: 1_000_000, whole: true, says: 'epochs of the fall; 1 = it leaves at once' },
  },
  create: ({ quality, after, over }) => ({
    deliver({ chain }, memory) {
      memory.since ??= chain.epoch;
      const fallen = Math.max(0, chain.epoch - (memory.since as number) - after + 1);
      return fallen >= over ? undefined : quality * (1 - fallen / over);
    },
  }),
});
