/**
 * Cost: the predicted time of an epoch, by which the scheduler orders, groups and splits. Only the order of results
 * hangs on it, never their bits.
 * Takes  sizes and modes; gives ns in one thread, on one run-of-the-mill core
 * Exact  within a factor of two on the shapes of bench/RESULTS.md, where the figures come from
 */
import type { Hyperparameters } from '../epoch/hyperparameters.js';
import type { EpochInput } from '../epoch/input.js';

/** Of an epoch without neurons: the calls and the parameters. */
const BASE_NS = 5_000;
const NEURON_NS = 15;
/** Of an entry of weights or bonds; an epoch in steady state has as many of the one as of the other. Dense 4, sparse 8. */
const ENTRY_NS = 5;
const LIQUID_ENTRY_NS = 9;

/** @param w stored weights @param b stored bonds */
export function predictedCost(n: number, w: number, b: number, { yuma3, liquidAlpha }: Hyperparameters): number {
  return BASE_NS + NEURON_NS * n + (yuma3 && liquidAlpha ? LIQUID_ENTRY_NS : ENTRY_NS) * (w + b);
}

export const costOf = ({ n, weights, bonds, hyperparameters }: EpochInput): number =>
  predictedCost(n, weights.columns.length, bonds.columns.length, hyperparameters);
