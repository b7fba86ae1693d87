/**
 * Miner: the weights a neuron receives, how the consensus on it came about, and what was clipped.
 * Spec   docs/spec/yuma-epoch.md 6 to 7.4
 */
import type { CheckedInput } from '../epoch/input.js';
import type { EpochTrace } from '../epoch/reference/epoch.js';
import { mul, normalize, type Raw, sum } from '../epoch/reference/fixed.js';
import { lookup } from '../epoch/reference/rows.js';
import { weightMask } from '../epoch/reference/weights.js';
import type { MinerStory, Support, VoidedVote } from './explanation.js';
import { byLargest, storedRow } from './order.js';

/** `null` where nobody has a weight on `uid` stored. */
export function minerStory(input: CheckedInput, trace: EpochTrace, uid: number): MinerStory | null {
  const voided: VoidedVote[] = [];
  const shares = votingShares(trace);
  const votes: { uid: number; stake: Raw; weight: Raw; counted: Raw }[] = [];
  let stored = 0;
  for (let from = 0; from < input.n; from++) {
    const entry = storedRow(input.weights, from).findLast(({ column }) => column === uid);
    if (entry === undefined) continue;
    stored += 1;
    const mask = weightMask(trace.masks, from, uid);
    const stake = shares.get(from);
    if (mask !== null) {
      voided.push({ uid: from, value: entry.value, reason: mask });
    } else if (stake === undefined) {
      voided.push({ uid: from, value: entry.value, reason: trace.active[from] ? 'no stake' : 'inactive' });
    } else {
      const weight = lookup(trace.weights[from]!).get(uid)!;
      votes.push({ uid: from, stake, weight, counted: lookup(trace.clipped[from]!).get(uid) ?? 0n });
    }
  }
  if (stored === 0) return null;

  const given = votes.filter(({ weight }) => weight > 0n).sort(byLargest(({ weight }) => weight));
  const incentive = trace.incentive[uid]!;
  return {
    consensus: trace.consensus[uid]!,
    support: given.map(({ uid: from, stake, weight, counted }): Support => {
      const behind = given.filter((vote) => vote.weight >= weight).map((vote) => vote.stake);
      return { uid: from, stake, weight, support: sum(behind), cutOff: weight - counted };
    }),
    silent: {
      validators: shares.size - given.length,
      stake: sum([...shares.values()]) - sum(given.map(({ stake }) => stake)),
    },
    voided,
    unclippedRank: sum(given.map((vote) => mul(trace.activeStake[vote.uid]!, vote.weight))),
    rank: trace.rank[uid]!,
    incentive,
    place: trace.incentive.filter((other) => other > incentive).length + 1,
    rewarded: trace.incentive.filter((other) => other > 0n).length,
  };
}

/** Stake of those who vote, as the median counts it: normalised once more (7.1). */
function votingShares({ activeStake }: EpochTrace): ReadonlyMap<number, Raw> {
  const voters = [...activeStake.keys()].filter((uid) => activeStake[uid]! > 0n);
  const shares = normalize(voters.map((uid) => activeStake[uid]!));
  return new Map(voters.map((uid, at) => [uid, shares[at]!]));
}
