/**
 * Incentive: each neuron's share of the stake-weighted, clipped weights.
 * Room   reference (executable spec). Also in assembly/incentive.ts
 * Spec   docs/spec/yuma-epoch.md 7.4
 * Takes  clipped weights (7.2), active stake (5)
 * Exact  each product is floored, then added: not the floor of the sum
 * Cost   O(entries)
 */
import { columnSums } from './columns.js';
import { mul, normalize, type Raw } from './fixed.js';
import { mapValues, type Row } from './rows.js';

/** Stake behind each neuron. */
export const rank = (clipped: readonly Row[], activeStake: readonly Raw[]): Raw[] =>
  columnSums(
    mapValues(clipped, (weight, _, uid) => mul(activeStake[uid]!, weight)),
    activeStake.length,
  );

export const incentive = (rank: readonly Raw[]): Raw[] => normalize(rank);
