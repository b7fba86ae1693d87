/** A map that takes no time: 24 neurons, 8 points. */
import { type CollusionOptions, collusionPlan } from '../../src/collusion/index.js';

export const SMALL: CollusionOptions = {
  stakes: [0.6, 0.7],
  honestUtilities: [0.5, 0.8],
  cabalSelfWeights: [0.3, 1],
  repeats: 2,
  neurons: 24,
  validators: 8,
  seed: 11,
};

export const PLAN = collusionPlan(SMALL);
