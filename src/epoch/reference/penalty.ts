/**
 * Penalty: the weights that bonds are made of, between the submitted and the clipped ones.
 * Room   reference (executable spec). Also in assembly/penalty.ts
 * Spec   docs/spec/yuma-epoch.md 8
 * Takes  weights (6.5), clipped weights (7.2), the bonds penalty
 * Exact  w + floor(pen * (q - w)); the difference is negative, so the floor rounds down. At both ends rows keep order
 *        and zeros; between them they come out sorted and free of zeros
 * Cost   O(E log E) for E entries, none at the ends
 */
import { add, mul, ONE, prop, type Raw, sub } from './fixed.js';
import { type Entry, lookup, type Row } from './rows.js';

/** @param penalty16 u16, 0 = bonds feel no clipping, 65535 = all of it */
export function penalty(weights: readonly Row[], clipped: readonly Row[], penalty16: number): readonly Row[] {
  const ratio = prop(penalty16);
  if (ratio === 0n) return weights;
  if (ratio === ONE) return clipped;
  return weights.map((row, uid) => interpolate(row, clipped[uid]!, ratio));
}

/** Only columns of `row` can be left: what it has not, the clipped row has not either. */
function interpolate(row: Row, clipped: Row, ratio: Raw): Row {
  const from = lookup(row);
  const to = lookup(clipped);
  const result: Entry[] = [];
  for (const column of [...from.keys()].sort((a, b) => a - b)) {
    const weight = from.get(column)!;
    const value = add(weight, mul(ratio, sub(to.get(column) ?? 0n, weight)));
    if (value > 0n) result.push({ column, value });
  }
  return result;
}
