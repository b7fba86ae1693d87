/**
 * Bonds of the float64 peer: the moving average of what validators hold, in the chain's three ways.
 * Spec   docs/spec/yuma-epoch.md 9
 * Cost   O(n) a row that has entries under the fixed average, one exponential an entry under liquid alpha
 */
import type { Hyperparameters } from '../../epoch/hyperparameters.js';
import { columnSums, divideColumns, LEAST, type Rows, RowsBuilder } from './rows.js';

export interface BondInputs {
  /** Weights that bonds are made of (spec 8). */
  readonly weights: Rows;
  /** Stored bonds within the horizon, u16 as they are (spec 9.1). */
  readonly stored: Rows;
  readonly consensus: Float64Array;
  readonly incentive: Float64Array;
  readonly activeStake: Float64Array;
  readonly hyperparameters: Hyperparameters;
}

export interface Bonds {
  /** To store, shares. */
  readonly bonds: Rows;
  /** What each validator earned before the sum is made 1. */
  readonly earned: Float64Array;
}

/** Spec 9.4. Divides the stored bonds in place. */
export function yuma3(given: BondInputs): Bonds {
  const { stored, consensus, incentive, activeStake, hyperparameters } = given;
  for (let at = 0; at < stored.values.length; at++) stored.values[at]! /= 65_535;
  const liquidAlpha = hyperparameters.liquidAlpha && consensus.some((median) => median > 0);
  const bonds = liquidAlpha ? liquidAverage(given) : fixedAverage(given.weights, stored, hyperparameters);
  const scale = columnSums(bonds).map((sum, column) => (sum > 0 ? incentive[column]! / sum : incentive[column]!));
  return { bonds, earned: dot(bonds, scale).map((share, uid) => share * activeStake[uid]!) };
}

/** Spec 9.5. Divides weights and stored bonds in place. */
export function yuma2({ weights, stored, incentive, activeStake, hyperparameters }: BondInputs): Bonds {
  divideColumns(stored, columnSums(stored));
  for (let uid = 0; uid < activeStake.length; uid++) {
    for (let at = weights.offsets[uid]!; at < weights.offsets[uid + 1]!; at++) weights.values[at]! *= activeStake[uid]!;
  }
  divideColumns(weights, columnSums(weights));
  const bonds = fixedAverage(weights, stored, hyperparameters);
  divideColumns(bonds, columnSums(bonds));
  const earned = dot(bonds, incentive);
  const largest = new Float64Array(activeStake.length);
  for (let at = 0; at < bonds.columns.length; at++) {
    const column = bonds.columns[at]!;
    if (bonds.values[at]! > largest[column]!) largest[column] = bonds.values[at]!;
  }
  divideColumns(bonds, largest);
  return { bonds, earned };
}

/** Each row times the vector. */
function dot({ offsets, columns, values }: Rows, vector: Float64Array): Float64Array {
  const products = new Float64Array(vector.length);
  for (let uid = 0; uid < products.length; uid++) {
    let sum = 0;
    for (let at = offsets[uid]!; at < offsets[uid + 1]!; at++) sum += values[at]! * vector[columns[at]!]!;
    products[uid] = sum;
  }
  return products;
}

/** Spec 9.3: the old bonds keep the share of the moving average, new ones get the rest; rows come out by column. */
function fixedAverage(fresh: Rows, old: Rows, { bondsMovingAverage }: Hyperparameters): Rows {
  const n = fresh.offsets.length - 1;
  const keep = Number(bondsMovingAverage) / 1e6;
  const result = new RowsBuilder(n, fresh.columns.length + old.columns.length);
  const row = new Float64Array(n);
  for (let uid = 0; uid < n; uid++) {
    for (let at = fresh.offsets[uid]!; at < fresh.offsets[uid + 1]!; at++) {
      row[fresh.columns[at]!]! += (1 - keep) * fresh.values[at]!;
    }
    for (let at = old.offsets[uid]!; at < old.offsets[uid + 1]!; at++) row[old.columns[at]!]! += keep * old.values[at]!;
    const empty = fresh.offsets[uid] === fresh.offsets[uid + 1] && old.offsets[uid] === old.offsets[uid + 1];
    for (let column = 0; column < n && !empty; column++) {
      if (row[column]! >= LEAST) result.add(column, row[column]!);
      row[column] = 0;
    }
    result.endRow(uid);
  }
  return result.build();
}

/** Spec 9.4 b: a smoothing constant for each pair; an old bond without a new weight vanishes, the order is the weights'. */
function liquidAverage({ weights, stored, consensus, hyperparameters }: BondInputs): Rows {
  const n = consensus.length;
  const low = hyperparameters.alphaLow / 65_535;
  const high = hyperparameters.alphaHigh / 65_535;
  const steepness = hyperparameters.alphaSigmoidSteepness / 100;
  const result = new RowsBuilder(n, weights.columns.length);
  const held = new Float64Array(n);
  const seen = new Float64Array(n);
  for (let uid = 0; uid < n; uid++) {
    let highest = -1; // a cursor that only moves forward misses what stands behind a larger column
    for (let at = stored.offsets[uid]!; at < stored.offsets[uid + 1]!; at++) {
      const column = stored.columns[at]!;
      held[column] = stored.values[at]!;
      if (column > highest) seen[column] = stored.values[at]!;
      highest = Math.max(highest, column);
    }
    highest = -1;
    for (let at = weights.offsets[uid]!; at < weights.offsets[uid + 1]!; at++) {
      const column = weights.columns[at]!;
      const fresh = column > highest ? weights.values[at]! : 0;
      highest = Math.max(highest, column);
      const distance = fresh >= seen[column]! ? fresh - consensus[column]! : seen[column]! - fresh;
      const sigmoid = 1 / (1 + Math.exp(-steepness * (clamp(distance, 0, 1) - 0.5)));
      const alpha = clamp(low + sigmoid * (high - low), low, high);
      const value = Math.min(1, (1 - alpha) * held[column]! + alpha * weights.values[at]!);
      if (value >= LEAST) result.add(column, value);
    }
    for (let at = stored.offsets[uid]!; at < stored.offsets[uid + 1]!; at++) {
      held[stored.columns[at]!] = 0;
      seen[stored.columns[at]!] = 0;
    }
    result.endRow(uid);
  }
  return result.build();
}

const clamp = (value: number, least: number, largest: number): number =>
  value < least ? least : value > largest ? largest : value;
