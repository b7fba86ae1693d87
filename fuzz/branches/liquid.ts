/** Branches of liquid alpha, pair by pair (spec 9.4 b, 9.7). The upper clamp of alpha is none of them: a sigmoid is below 1. */
import { mul, ONE, prop, type Raw, sub } from '#yuma/epoch/reference/fixed.js';
import { cursorValues, liquidAlpha, sigmoidSlope } from '#yuma/epoch/reference/liquid.js';
import { lookup } from '#yuma/epoch/reference/rows.js';
import type { Branches, Seen } from './seen.js';

/** An entry of the weights for bonds under liquid alpha. */
interface Pair {
  readonly weight: Raw;
  readonly bond: Raw | undefined;
  readonly seenWeight: Raw;
  readonly seenBond: Raw;
  /** Before it is clamped. */
  readonly distance: Raw;
  readonly exponent: Raw;
  readonly alpha: Raw;
  readonly low: Raw;
  readonly high: Raw;
  readonly result: Raw | undefined;
}

const LIMIT = 20n * ONE;

const anyPair =
  (fits: (pair: Pair) => boolean) =>
  (seen: Seen): boolean =>
    pairsOf(seen).some(fits);

export const LIQUID: Branches = {
  '9.4 liquid alpha': ({ liquid }) => liquid,
  '9.4 buying: the weight is not below the bond': anyPair(({ seenWeight, seenBond }) => seenWeight >= seenBond),
  '9.4 selling: the weight is below the bond': anyPair(({ seenWeight, seenBond }) => seenWeight < seenBond),
  '9.4 a distance below 0': anyPair(({ distance }) => distance < 0n),
  '9.4 a distance between': anyPair(({ distance }) => distance > 0n && distance < ONE),
  '9.4 a distance of 1': anyPair(({ distance }) => distance >= ONE),
  '9.4 alpha at its lower bound': anyPair(({ alpha, low, high }) => low < high && alpha === low),
  '9.4 alpha between its bounds': anyPair(({ alpha, low, high }) => low < alpha && alpha < high),
  '9.4 bounds that are equal': anyPair(({ low, high }) => low === high),
  '9.4 bounds that are crossed': anyPair(({ low, high }) => low > high),
  '9.4 the cursor misses a weight': anyPair(({ weight, seenWeight }) => weight > 0n && seenWeight === 0n),
  '9.4 the cursor misses a bond': anyPair(({ bond, seenBond }) => bond !== undefined && bond > 0n && seenBond === 0n),
  '9.4 a pair without old bond': anyPair(({ bond }) => bond === undefined),
  '9.4 a zero weight: its bond decays': anyPair(({ weight, bond }) => weight === 0n && bond !== undefined && bond > 0n),
  '9.4 a bond of 1': anyPair(({ result }) => result === ONE),
  '9.4 a bond dropped': anyPair(({ result }) => result === undefined),
  '9.4 a bond without weight vanishes': ({ liquid, trace, uids }) =>
    liquid &&
    uids.some((uid) => {
      const kept = lookup(trace.weightsForBonds[uid]!);
      return trace.oldBonds[uid]!.some(({ column, value }) => value > 0n && column < uids.length && !kept.has(column));
    }),
  '9.7 exponent 0': anyPair(({ exponent }) => exponent === 0n),
  '9.7 exponent 1': anyPair(({ exponent }) => exponent === ONE),
  '9.7 exponent -1': anyPair(({ exponent }) => exponent === -ONE),
  '9.7 exponent above 0': anyPair(({ exponent }) => exponent > 0n && exponent < LIMIT),
  '9.7 exponent below 0': anyPair(({ exponent }) => exponent < 0n && exponent > -LIMIT),
  '9.7 exponent clamped at 20': anyPair(({ exponent }) => exponent > LIMIT),
  '9.7 exponent clamped at -20': anyPair(({ exponent }) => exponent < -LIMIT),
};

const made = new WeakMap<Seen, readonly Pair[]>();

/** Made once a case. */
function pairsOf(seen: Seen): readonly Pair[] {
  const known = made.get(seen);
  if (known !== undefined) return known;
  const pairs = seen.liquid ? makePairs(seen) : [];
  made.set(seen, pairs);
  return pairs;
}

function makePairs({ input, trace }: Seen): Pair[] {
  const { alphaLow, alphaHigh, alphaSigmoidSteepness } = input.hyperparameters;
  const [low, high, slope] = [prop(alphaLow), prop(alphaHigh), sigmoidSlope(alphaSigmoidSteepness)];
  return trace.weightsForBonds.flatMap((row, uid) => {
    const held = lookup(trace.oldBonds[uid]!);
    const left = lookup(trace.bonds[uid]!);
    const [weights, bonds] = [cursorValues(row, input.n), cursorValues(trace.oldBonds[uid]!, input.n)];
    return row.map(({ column, value: weight }) => {
      const [seenWeight, seenBond, median] = [weights[column]!, bonds[column]!, trace.consensus[column]!];
      const distance = seenWeight >= seenBond ? sub(seenWeight, median) : sub(seenBond, seenWeight);
      const within = distance < 0n ? 0n : distance > ONE ? ONE : distance;
      return {
        weight,
        bond: held.get(column),
        seenWeight,
        seenBond,
        distance,
        exponent: mul(slope, sub(within, ONE / 2n)),
        alpha: liquidAlpha(median, seenWeight, seenBond, low, high, slope),
        low,
        high,
        result: left.get(column),
      };
    });
  });
}
