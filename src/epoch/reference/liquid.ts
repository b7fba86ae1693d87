/**
 * Liquid: bonds under liquid alpha, a smoothing constant of its own for every validator and neuron.
 * Room   reference (executable spec). Also in assembly/liquid.ts
 * Spec   docs/spec/yuma-epoch.md 9.4 b
 * Takes  weights for bonds (8), old bonds (9.4), consensus (7.1), the bounds and the steepness
 * Exact  mul floors also below 0 (the exponent). Rows keep the order of the new weights; an old bond without a new
 *        weight vanishes; the cursor only moves forward, so on an unsorted row it misses entries
 * Cost   O(n) a row that is not empty, an exponential an entry
 */
import { expSafe } from './exponential.js';
import { add, div, mul, ONE, prop, type Raw, saturatingDiv, sub } from './fixed.js';
import { type Entry, lookup, type Row } from './rows.js';

export interface LiquidParameters {
  /** Bounds of alpha, u16 shares. */
  readonly alphaLow: number;
  readonly alphaHigh: number;
  /** Hundredths, i16. */
  readonly alphaSigmoidSteepness: number;
}

export function liquid(
  fresh: readonly Row[],
  old: readonly Row[],
  consensus: readonly Raw[],
  parameters: LiquidParameters,
): Row[] {
  const n = fresh.length;
  const low = prop(parameters.alphaLow);
  const high = prop(parameters.alphaHigh);
  const slope = sigmoidSlope(parameters.alphaSigmoidSteepness);
  return fresh.map((row, uid) => {
    if (row.length === 0) return [];
    const seenFresh = cursorValues(row, n);
    const seenOld = cursorValues(old[uid]!, n);
    const held = lookup(old[uid]!);
    const kept: Entry[] = [];
    for (const { column, value: weight } of row) {
      const alpha = liquidAlpha(consensus[column]!, seenFresh[column]!, seenOld[column]!, low, high, slope);
      const decayed = mul(sub(ONE, alpha), held.get(column) ?? 0n);
      const value = least(add(decayed, largest(mul(alpha, weight), 0n)), ONE);
      if (value > 0n) kept.push({ column, value });
    }
    return kept;
  });
}

/** What a cursor that only moves forward finds at each column: the value under it, 0 where it stands elsewhere. */
export function cursorValues(row: Row, n: number): Raw[] {
  let at = 0;
  return Array.from({ length: n }, (_, column) => {
    while (at < row.length && row[at]!.column < column) at += 1;
    const entry = row[at];
    return entry?.column === column ? entry.value : 0n;
  });
}

/** Slope of the sigmoid, raw: the stored hundredths, with the sign turned. */
export const sigmoidSlope = (steepness: number): Raw => saturatingDiv(BigInt(steepness) * ONE, -100n * ONE);

/**
 * The smoothing constant of one pair.
 * @param x new weight, @param y old bond, both as the cursor sees them
 * @param slope see `sigmoidSlope`
 */
export function liquidAlpha(consensus: Raw, x: Raw, y: Raw, low: Raw, high: Raw, slope: Raw): Raw {
  const distance = x >= y ? sub(x, consensus) : sub(y, x);
  const within = largest(least(distance, ONE), 0n);
  const sigmoid = div(ONE, add(ONE, expSafe(mul(slope, sub(within, ONE / 2n)))));
  const alpha = add(low, mul(sigmoid, sub(high, low)));
  return largest(least(alpha, high), low); // low wins where the bounds are crossed (lenient input)
}

const least = (a: Raw, b: Raw): Raw => (a < b ? a : b);
const largest = (a: Raw, b: Raw): Raw => (a > b ? a : b);
