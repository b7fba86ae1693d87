/** Compounding: validators stake what they earn, one sees less than the others. */
import { define } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';

export const compounding = define<Scenario>()({
  says: 'stakes grow by their own dividends, one validator sees badly',
  parameters: {
    compound: { default: 1, least: 0, largest: 1, says: 'share of its dividends that a validator stakes' },
    noise: { default: 0.5, least: 0, largest: 10, says: 'spread of what the bad one sees; that of the others is 0.05' },
    penalty: PENALTY,
  },
  create: ({ compound, noise, penalty }) => {
    const good = { agent: 'honest', noise: 0.05 };
    const neurons = [
      { name: 'large', stake: 5_000, compound, validator: good },
      { name: 'middle', stake: 2_500, compound, validator: good },
      { name: 'small', stake: 1_250, compound, validator: good },
      { name: 'bad', stake: 1_250, compound, validator: { agent: 'honest', noise } },
      { name: 'miner', count: 8, miner: { agent: 'drifting', least: 0.1, most: 10 } },
    ];
    const title = 'Stakes that grow by their dividends';
    return { name: 'compounding', title, epochs: 200, subnets: sideBySide({ neurons }, penalty) };
  },
});
