/** Lazy validators: one looks once and never again, one every few epochs, among those that look in every epoch. */
import { define } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';

export const lazyValidators = define<Scenario>()({
  says: 'validators that look seldom or once, as the truth drifts',
  parameters: {
    every: {
      default: 10,
      least: 1,
      largest: 1_000_000,
      whole: true,
      says: 'epochs between two looks of the seldom one',
    },
    drift: { default: 0.05, least: 0, largest: 10, says: "spread of an epoch's step of a miner's quality" },
    noise: { default: 0.05, least: 0, largest: 10, says: 'spread of what a validator sees' },
    penalty: PENALTY,
  },
  create: ({ every, drift, noise, penalty }) => {
    const neurons = [
      { name: 'honest', team: 'honest', count: 4, stake: 1_000, validator: { agent: 'honest', noise } },
      { name: 'seldom', team: 'seldom', stake: 1_000, validator: { agent: 'lazy', every, noise } },
      { name: 'once', team: 'once', stake: 1_000, validator: { agent: 'lazy', every: 0, noise } },
      { name: 'miner', count: 12, miner: { agent: 'drifting', drift, least: 0.1, most: 10 } },
    ];
    const title = 'What laziness costs';
    return { name: 'lazy-validators', title, epochs: 200, subnets: sideBySide({ neurons }, penalty) };
  },
});
