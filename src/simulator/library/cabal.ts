/** Cabal: validators that favour the miners of their own team, over time, with stakes that grow by what they earn. */
import { define } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';

/** Validators and miners of each team. */
const SIZE = 6;
/** alpha of all validators */
const STAKE = 10_000;

export const cabal = define<Scenario>()({
  says: 'a team of validators favours its own miners, stakes compound',
  parameters: {
    share: { default: 0.4, least: 0, largest: 1, says: 'share of the stake that the cabal begins with' },
    own: { default: 0.9, least: 0, largest: 1, says: 'share that it gives to its own miners' },
    quality: {
      default: 0.25,
      least: 0,
      largest: 1_000,
      says: "quality of the cabal's miners; that of the others is 1",
    },
    noise: { default: 0.1, least: 0, largest: 10, says: 'spread of what an honest validator sees' },
    compound: { default: 1, least: 0, largest: 1, says: 'share of its dividends that each validator stakes' },
    penalty: PENALTY,
  },
  create: ({ share, own, quality, noise, compound, penalty }) => {
    const stakeOf = (part: number): number => (STAKE * part) / SIZE;
    const validators = { count: SIZE, compound };
    const neurons = [
      {
        ...validators,
        name: 'honest',
        team: 'honest',
        stake: stakeOf(1 - share),
        validator: { agent: 'honest', noise },
      },
      { ...validators, name: 'cabal', team: 'cabal', stake: stakeOf(share), validator: { agent: 'cabal', own } },
      { name: 'honest miner', team: 'honest', count: SIZE, miner: { agent: 'quality' } },
      { name: 'cabal miner', team: 'cabal', count: SIZE, miner: { agent: 'quality', quality } },
    ];
    return { name: 'cabal', title: 'A cabal over time', epochs: 100, subnets: sideBySide({ neurons }, penalty) };
  },
});
