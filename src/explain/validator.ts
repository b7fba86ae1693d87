/**
 * Validator: what a neuron's own weights and bonds brought it, and what they cost it.
 * Spec   docs/spec/yuma-epoch.md 6 to 9
 */
import type { CheckedInput } from '../epoch/input.js';
import { normalizeColumns } from '../epoch/reference/columns.js';
import { ema } from '../epoch/reference/ema.js';
import type { EpochTrace } from '../epoch/reference/epoch.js';
import { div, mul, type Raw, sum } from '../epoch/reference/fixed.js';
import { lookup, mapValues, type Row } from '../epoch/reference/rows.js';
import { weightMask } from '../epoch/reference/weights.js';
import { withConsensus } from './alternative.js';
import type { Bond, Comparison, ValidatorStory, VoidedVote } from './explanation.js';
import { byLargest, storedRow } from './order.js';

/** `null` where `uid` has no permit now or next, no weights and no bonds. */
export function validatorStory(input: CheckedInput, trace: EpochTrace, uid: number): ValidatorStory | null {
  const stored = storedRow(input.weights, uid);
  const storedBonds = storedRow(input.bonds, uid);
  const permitted = trace.permit[uid] || trace.newPermit[uid];
  if (stored.length === 0 && storedBonds.length === 0 && !permitted) return null;

  const voided = stored.flatMap(({ column, value }): VoidedVote[] => {
    const reason = column < input.n ? weightMask(trace.masks, uid, column) : null;
    return reason === null ? [] : [{ uid: column, value, reason }];
  });
  return {
    stored: stored.length,
    voided,
    weightSum: sum(trace.weights[uid]!.map(({ value }) => value)),
    trust: trace.validatorTrust[uid]!,
    averageTrust: sum(trace.validatorTrust.map((trust, other) => mul(trust, trace.activeStake[other]!))),
    above: weightsAbove(trace, uid),
    below: neuronsBelow(trace, uid),
    dividends: trace.dividends[uid]!,
    withConsensus: withConsensus(input, trace, uid),
    bonds: bondsOf(trace, input.hyperparameters.yuma3, uid),
    voidedBonds: storedBonds
      .filter(({ column }) => trace.horizon <= (input.registeredAt[column] ?? 0n))
      .map(({ column }) => column),
  };
}

/** Weights above the consensus: together they make up all that the clipping took. */
function weightsAbove(trace: EpochTrace, uid: number): Comparison[] {
  return trace.weights[uid]!.map(({ column, value }) => compare(column, value, trace.consensus[column]!))
    .filter(({ weight, consensus }) => weight > consensus)
    .sort(byLargest(({ gap }) => gap));
}

/** Neurons that the others give more, also those that it gives nothing. */
function neuronsBelow(trace: EpochTrace, uid: number): Comparison[] {
  const own = lookup(trace.weights[uid]!);
  return trace.consensus
    .map((consensus, column) => compare(column, own.get(column) ?? 0n, consensus))
    .filter(({ weight, consensus }) => weight < consensus)
    .sort(byLargest(({ gap }) => gap));
}

const compare = (uid: number, weight: Raw, consensus: Raw): Comparison => ({
  uid,
  weight,
  consensus,
  gap: weight > consensus ? weight - consensus : consensus - weight,
});

/** Bonds of `uid` as shares of their columns, with what each returns. */
function bondsOf(trace: EpochTrace, yuma3: boolean, uid: number): Bond[] {
  const shares = yuma3 ? normalizeColumns(trace.bonds, trace.n) : yuma2Shares(trace);
  const before = lookup(trace.oldBonds[uid]!);
  const held = shares[uid]!.map(({ column, value }) => {
    const incentive = trace.incentive[column]!;
    return { uid: column, share: value, incentive, returns: mul(value, incentive) };
  });
  const total: Raw = sum(held.map(({ returns }) => returns));
  return held
    .map(
      ({ returns, ...bond }): Bond => ({
        ...bond,
        before: before.get(bond.uid) ?? null,
        part: div(returns, total),
      }),
    )
    .sort(byLargest(({ part, share }) => (part << 64n) + share));
}

/** The trace holds Yuma2's bonds scaled for storage; these are the shares the dividends came from (9.5, `e`). */
function yuma2Shares(trace: EpochTrace): Row[] {
  const bought = mapValues(trace.weightsForBonds, (weight, _, uid) => mul(trace.activeStake[uid]!, weight));
  return normalizeColumns(ema(normalizeColumns(bought, trace.n), trace.oldBonds, trace.alpha!), trace.n);
}
