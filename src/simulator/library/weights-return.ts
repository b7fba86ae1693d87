/** Weights return: weights go to zero for a while, and come back. */
import type { FixedRows } from '../agents/fixed.js';
import { define } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';
import { ALL } from './turning.js';

export const weightsReturn = define<Scenario>()({
  says: 'all weights towards a miner, or all at all, go and return',
  parameters: {
    what: { default: 'miner', oneOf: ['miner', 'everything'], says: 'weights towards one miner, or whole rows' },
    from: { default: 15, least: 1, largest: 1_000_000, whole: true, says: 'epoch in which they go' },
    gone: { default: 5, least: 1, largest: 1_000_000, whole: true, says: 'epochs that they are away' },
    penalty: PENALTY,
  },
  create: ({ what, from, gone, penalty }) => {
    const both: [number, number][] = [[3, ALL], [4, ALL]]; // biome-ignore format: a row
    const rows: FixedRows = { 0: both, [from]: what === 'miner' ? [[3, ALL]] : [], [from + gone]: both };
    const neurons = [
      { name: 'big', stake: 800, validator: { agent: 'fixed', rows } },
      { name: 'small', count: 2, stake: 100, validator: { agent: 'fixed', rows } },
      { name: 'steady', miner: { agent: 'quality' } },
      { name: 'away', miner: { agent: 'quality' } },
    ];
    const title = 'Weights go to zero and return';
    return { name: 'weights-return', title, epochs: 40, subnets: sideBySide({ neurons }, penalty) };
  },
});
