/**
 * Draw: what chance decides in one game, before it is scaled to a point of the map.
 * State  depends on the seed, the number of the repeat and the sizes alone. So all points of a repeat, over all stakes,
 *        kappas and penalties, are played with the same numbers (common random numbers): differences between points are
 *        those of the points, and a point does not depend on which others are asked for
 * Exact  + - * / and sqrt only: the same on every JavaScript engine
 */
import { normal, Random } from '../simulator/index.js';
import type { CollusionPlan } from './plan.js';

export interface Draw {
  /** Stake of each validator, N(1, stakeDeviation), below 0 taken as 0. */
  readonly stakes: Float64Array;
  /** Weight of each server by each validator, N(1, sigma), below 0 taken as 0: `[validator * servers + server]`. */
  readonly weights: Float64Array;
}

/** @param repeat from 0 */
export function draw({ seed, validators, neurons, stakeDeviation, sigma }: CollusionPlan, repeat: number): Draw {
  return {
    stakes: normals(new Random(seed, 2 * repeat), validators, stakeDeviation),
    weights: normals(new Random(seed, 2 * repeat + 1), validators * (neurons - validators), sigma),
  };
}

function normals(random: Random, count: number, deviation: number): Float64Array {
  const values = new Float64Array(count);
  for (let at = 0; at < count; at++) values[at] = Math.max(0, 1 + deviation * normal(random));
  return values;
}
