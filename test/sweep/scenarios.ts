/** Scenarios for sweeps: small, with chance in them, and of more than one subnet. */
import type { ScenarioSource, SweepPlan } from '../../src/sweep/index.js';

const neurons = [
  { count: 3, stake: 100, validator: { agent: 'honest', noise: 0.3 } },
  { count: 2, miner: { agent: 'quality', quality: 2 } },
  { miner: { agent: 'quality', quality: 1, noise: 0.2 } },
];

export const SMALL: ScenarioSource = {
  kind: 'json',
  text: JSON.stringify({
    name: 'small',
    epochs: 6,
    subnets: [
      { name: 'a', emission: '1000000000', hyperparameters: { yuma3: false, bondsMovingAverage: '500000' }, neurons },
      { name: 'b', neurons },
    ],
  }),
};

/** 12 points: 3 x 2 combinations, twice each. */
export const PLAN: SweepPlan = {
  source: SMALL,
  vary: { kappa: [20_000, 32_767, 50_000], bondsPenalty: [0, 65_535] },
  set: { bondsMovingAverage: '800000' },
  repeat: 2,
  seed: 5,
};
