/** Improving: a miner that begins weak and becomes better, as newcomers do. */
import type { MinerAgent } from '../agent.js';
import { define } from '../definition.js';

export const improving = define<MinerAgent>()({
  says: 'delivers a quality that rises in even steps after its registration',
  parameters: {
    from: { default: 0, least: 0, largest: 1_000_000, says: 'quality in its first epoch' },
    to: { default: 1, least: 0, largest: 1_000_000, says: 'quality at the end' },
    over: { default: 10, least: 1, largest: 1_000_000, whole: true, says: 'epochs from the one to the other' },
  },
  create: ({ from, to, over }) => ({
    deliver({ chain }, memory) {
      memory.since ??= chain.epoch;
      const age = Math.min(over, chain.epoch - (memory.since as number));
      return from + ((to - from) * age) / over;
    },
  }),
});
