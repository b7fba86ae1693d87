/**
 * Weights of the float64 peer: masked and normalised rows, clipped rows, and what bonds are made of.
 * Spec   docs/spec/yuma-epoch.md 6, 7.2, 8
 * Cost   O(entries)
 */
import type { EpochInput } from '../../epoch/input.js';
import { LEAST, normalize, type Rows, RowsBuilder } from './rows.js';

/** A block or none at all; beyond 2^53 neighbours become one, which no chain will live to see. */
export const blocks = (list: BigUint64Array): Float64Array => Float64Array.from(list, Number);

/** Rows of those with a permit, without masked entries, each with the sum 1. */
export function countedWeights(input: EpochInput, permit: Uint8Array, owner: number | null): Rows {
  const { n, weights } = input;
  const lastUpdate = blocks(input.lastUpdate);
  const registeredAt = blocks(input.registeredAt);
  const committed = input.hyperparameters.commitReveal && input.commitBlock ? blocks(input.commitBlock) : null;
  const result = new RowsBuilder(n, weights.columns.length);
  for (let uid = 0; uid < n; uid++) {
    if (permit[uid] === 1) {
      const updated = lastUpdate[uid]!;
      const commit = committed === null ? Number.POSITIVE_INFINITY : committed[uid]!;
      for (let at = weights.offsets[uid]!; at < weights.offsets[uid + 1]!; at++) {
        const column = weights.columns[at]!;
        const registered = registeredAt[column]!;
        if (updated <= registered || commit < registered || (column === uid && uid !== owner)) continue;
        result.add(column, weights.values[at]!);
      }
      normalize(result.row(uid));
    }
    result.endRow(uid);
  }
  return result.build();
}

/** No weight above the consensus; one without any support is dropped. */
export function clipped(weights: Rows, consensus: Float64Array): Rows {
  const n = consensus.length;
  const result = new RowsBuilder(n, weights.columns.length);
  for (let uid = 0; uid < n; uid++) {
    for (let at = weights.offsets[uid]!; at < weights.offsets[uid + 1]!; at++) {
      const column = weights.columns[at]!;
      const weight = weights.values[at]!;
      const median = consensus[column]!;
      if (weight <= median) result.add(column, weight);
      else if (median > 0) result.add(column, median);
    }
    result.endRow(uid);
  }
  return result.build();
}

/**
 * Between the weights (penalty 0) and the clipped ones (penalty 1), where it gives a copy of the one and the other itself;
 * between the two ends rows come out by column and without zeros.
 */
export function weightsForBonds(weights: Rows, clip: Rows, consensus: Float64Array, penalty: number): Rows {
  if (penalty === 1) return clip;
  if (penalty === 0) return { ...weights, values: weights.values.slice() };
  const n = consensus.length;
  const result = new RowsBuilder(n, weights.columns.length);
  const row = new Float64Array(n);
  for (let uid = 0; uid < n; uid++) {
    const start = weights.offsets[uid]!;
    const end = weights.offsets[uid + 1]!;
    for (let at = start; at < end; at++) {
      const over = weights.values[at]! - consensus[weights.columns[at]!]!;
      row[weights.columns[at]!] = weights.values[at]! - (over > 0 ? penalty * over : 0);
    }
    for (let column = 0; column < n && end > start; column++) {
      if (row[column]! >= LEAST) result.add(column, row[column]!);
      row[column] = 0;
    }
    result.endRow(uid);
  }
  return result.build();
}
