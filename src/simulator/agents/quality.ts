/** Quality: a miner that delivers a number, its quality, in every epoch. */
import type { MinerAgent } from '../agent.js';
import { define } from '../definition.js';
import { normal } from '../normal.js';

export const quality = define<MinerAgent>()({
  says: 'delivers a quality that does not change, but for noise',
  parameters: {
    quality: { default: 1, least: 0, largest: 1_000_000, says: 'what it delivers' },
    noise: { default: 0, least: 0, largest: 10, says: 'spread from epoch to epoch, as a share of the quality' },
  },
  create: ({ quality, noise }) => ({
    deliver: ({ random }) => (noise === 0 ? quality : quality * Math.max(0, 1 + noise * normal(random))),
  }),
});
