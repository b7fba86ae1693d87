/**
 * Network: as many subnets and neurons as the chain has. In each subnet about one validator looks at the miners in an epoch;
 * the others submit their weights again. A year is 7 300 epochs of 360 blocks.
 */
import { define } from '../definition.js';
import type { NeuronPlan, Scenario } from '../scenario.js';
import { MODES } from './side-by-side.js';

export const network = define<Scenario>()({
  says: 'the whole chain: many large subnets, few rows change',
  parameters: {
    subnets: { default: 128, least: 1, largest: 1_024, whole: true, says: 'how many subnets' },
    neurons: { default: 256, least: 1, largest: 4_096, whole: true, says: 'neurons of each' },
    validators: { default: 64, least: 1, largest: 4_096, whole: true, says: 'how many of them set weights, at most' },
    mode: { default: 'yuma3', oneOf: Object.keys(MODES), says: 'how bonds are kept' },
    every: {
      default: 0,
      least: 0,
      largest: 1_000_000,
      whole: true,
      says: 'epochs between two looks; 0 = one validator looks at a time',
    },
    noise: { default: 0.05, least: 0, largest: 10, says: 'spread of what a validator sees' },
  },
  create: ({ subnets, neurons, validators, mode, every, noise }) => {
    const voters = Math.min(validators, neurons);
    const look = { agent: 'honest', noise, every: every === 0 ? voters : every };
    const plan: NeuronPlan[] = [
      ...Array.from({ length: voters }, (_, k) => ({
        name: `validator ${k + 1}`,
        stake: Math.floor(1_000_000 / (k + 4)),
        validator: look,
      })),
      ...Array.from({ length: neurons - voters }, (_, k) => ({
        name: `miner ${k + 1}`,
        miner: { agent: 'quality', quality: 1 + (k % 32) },
      })),
    ];
    const hyperparameters = MODES[mode as keyof typeof MODES];
    return {
      name: 'network',
      title: 'As many subnets as the chain has',
      epochs: 20,
      subnets: Array.from({ length: subnets }, (_, k) => ({ name: `subnet ${k + 1}`, hyperparameters, neurons: plan })),
    };
  },
});
