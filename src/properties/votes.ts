/** Votes: the weights and shares that a median is made of, as the spec has them (7.1). */
import type { Row } from '../reference.js';
import { fixed } from '../reference.js';
import { voters } from './preconditions.js';
import type { Given } from './property.js';
import { sumOf } from './raw.js';

export interface Votes {
  readonly uids: readonly number[];
  /** Normalised stake of each voter: u of the spec. */
  readonly shares: readonly bigint[];
  /** Sum of the shares: U. */
  readonly total: bigint;
  /** Majority: kap. */
  readonly majority: bigint;
  /** Weight of each voter on a column, 0 where there is none. */
  readonly on: (column: number) => bigint[];
}

export function votesOf({ input, spec }: Given): Votes {
  const uids = voters(spec);
  const shares = fixed.normalize(uids.map((uid) => spec.activeStake[uid]!));
  const given = uids.map((uid) => new Map(spec.weights[uid]!.map(({ column, value }) => [column, value])));
  return {
    uids,
    shares,
    total: sumOf(shares),
    majority: fixed.prop(input.hyperparameters.kappa),
    on: (column) => given.map((row) => row.get(column) ?? 0n),
  };
}

/** Share of the voters whose weight is at least so much. */
export const support = ({ shares }: Votes, weights: readonly bigint[], least: bigint): bigint =>
  sumOf(shares.filter((_, at) => weights[at]! >= least));

export const rowSum = (row: Row): bigint => sumOf(row.map(({ value }) => value));
