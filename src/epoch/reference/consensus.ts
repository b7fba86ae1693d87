/**
 * Consensus: the stake-weighted median of the weights each neuron receives.
 * Room   reference (executable spec). Also in assembly/consensus.ts
 * Spec   docs/spec/yuma-epoch.md 7.1
 * Takes  weights as normalised by rows (6.5), active stake (5), kappa; gives one raw I32F32 a uid
 * Exact  the answer is a weight that occurs, so the order of the rows cannot matter; where the voters' stake
 *        overflows (see consensus-overflow.ts) it can, and the original search is followed step by step
 * Cost   O(n * V log V) for V voters; written to be read
 */
import { type Ballot, consensusOverflow } from './consensus-overflow.js';
import { normalize, prop, type Raw, sub, sum } from './fixed.js';
import { lookup, type Row } from './rows.js';

/** @param kappa16 majority as u16, 65535 = all of the stake */
export function consensus(weights: readonly Row[], activeStake: readonly Raw[], kappa16: number): Raw[] {
  const voters = [...activeStake.keys()].filter((uid) => activeStake[uid]! > 0n);
  const stakes = voters.map((uid) => activeStake[uid]!);
  const shares = normalize(stakes);
  const total = sum(shares);
  const min = sub(total, prop(kappa16)); // may be negative
  const overflows = sum(stakes) !== stakes.reduce((held, stake) => held + stake, 0n);
  const given = voters.map((uid) => lookup(weights[uid]!));
  return activeStake.map((_, column) => {
    const ballots = given.map((row, voter) => ({ weight: row.get(column) ?? 0n, share: shares[voter]! }));
    return overflows ? consensusOverflow(ballots, min, total) : weightedMedian(ballots, min);
  });
}

/** The smallest weight whose ballots, with all smaller ones, hold more than `min`; if there is none, the largest. */
export function weightedMedian(ballots: readonly Ballot[], min: Raw): Raw {
  const ascending = [...ballots].sort((a, b) => (a.weight < b.weight ? -1 : a.weight > b.weight ? 1 : 0));
  let held = 0n; // F(x) of the spec, once the last ballot of weight x is in
  for (const { weight, share } of ascending) {
    held += share;
    if (held > min) return weight;
  }
  return ascending.at(-1)?.weight ?? 0n; // kappa 0: the largest that occurs; no voters: 0
}
