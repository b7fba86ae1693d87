/** Clipping: a validator gives one miner more than the majority does. */
import { define } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';
import { ALL } from './turning.js';

export const clipping = define<Scenario>()({
  says: 'a small validator gives a miner more than consensus does',
  parameters: {
    excess: { default: 0.8, least: 0, largest: 1, says: 'share that it gives to the first miner; the others give 0.5' },
    share: { default: 0.2, least: 0, largest: 1, says: 'share of the stake that it has' },
    penalty: PENALTY,
  },
  create: ({ excess, share, penalty }) => {
    const most = Math.floor(excess * ALL + 0.5);
    const validator = (name: string, stake: number, row: [number, number][]) => ({
      name,
      stake: 1_000 * stake,
      validator: { agent: 'fixed', rows: { 0: row } },
    });
    const even: [number, number][] = [[3, ALL], [4, ALL]]; // biome-ignore format: a row
    const neurons = [
      validator('even 1', (1 - share) / 2, even),
      validator('even 2', (1 - share) / 2, even),
      validator('over', share, [[3, most], [4, ALL - most]]), // biome-ignore format: a row
      { name: 'first', miner: { agent: 'quality' } },
      { name: 'second', miner: { agent: 'quality' } },
    ];
    const title = 'Weights above the consensus are clipped';
    return { name: 'clipping', title, epochs: 40, subnets: sideBySide({ neurons }, penalty) };
  },
});
