/** Weight copying: one validator measures nothing and submits what it finds on the chain. */
import { define } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';

export const weightCopying = define<Scenario>()({
  says: 'a copier among honest validators, over commit-reveal',
  parameters: {
    reveal: {
      default: 1,
      least: 0,
      largest: 100,
      whole: true,
      says: 'epochs that weights stay hidden; 0 = not at all',
    },
    of: {
      default: 'consensus',
      oneOf: ['consensus', 'mean', 'validator'],
      says: 'what it copies; of validators the first',
    },
    noise: { default: 0.1, least: 0, largest: 10, says: 'spread of what an honest validator sees' },
    drift: { default: 0.05, least: 0, largest: 10, says: "spread of an epoch's step of a miner's quality" },
    honest: { default: 8, least: 1, largest: 1_000, whole: true, says: 'how many honest validators' },
    miners: { default: 16, least: 1, largest: 1_000, whole: true, says: 'how many miners' },
    penalty: PENALTY,
  },
  create: ({ reveal, of, noise, drift, honest, miners, penalty }) => {
    const neurons = [
      { name: 'honest', team: 'honest', count: honest, stake: 1_000, validator: { agent: 'honest', noise } },
      { name: 'copier', team: 'copier', stake: 1_000, validator: { agent: 'copier', of } },
      { name: 'miner', count: miners, miner: { agent: 'drifting', drift, least: 0.1, most: 10 } },
    ];
    const subnets = sideBySide({ neurons, revealPeriod: reveal }, penalty);
    return { name: 'weight-copying', title: 'What copying pays', epochs: 200, subnets };
  },
});
