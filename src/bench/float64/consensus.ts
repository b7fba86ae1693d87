/**
 * Consensus of the float64 peer: the stake-weighted median of each column, by quickselect.
 * Spec   docs/spec/yuma-epoch.md 7.1
 * Cost   O(entries) on average: entries are dealt into their columns once, each column is then halved until it is found
 */
import { normalize, type Rows } from './rows.js';

/** @param activeStake shares, 0 = does not vote; @param kappa share */
export function consensus({ offsets, columns, values }: Rows, activeStake: Float64Array, kappa: number): Float64Array {
  const n = activeStake.length;
  const share = normalize(activeStake.slice());
  const starts = new Uint32Array(n + 1);
  for (const column of columns) starts[column + 1]! += 1;
  for (let column = 0; column < n; column++) starts[column + 1]! += starts[column]!;
  const ends = starts.slice(0, n);
  const weights = new Float64Array(columns.length);
  const stakes = new Float64Array(columns.length);
  let total = 0;
  for (let uid = 0; uid < n; uid++) {
    const stake = share[uid]!;
    if (stake === 0) continue;
    total += stake;
    for (let at = offsets[uid]!; at < offsets[uid + 1]!; at++) {
      if (values[at] === 0) continue; // the same as no entry here
      const place = ends[columns[at]!]!++;
      weights[place] = values[at]!;
      stakes[place] = stake;
    }
  }
  const medians = new Float64Array(n);
  const majority = Math.min(kappa, total);
  for (let column = 0; column < n; column++) {
    const start = starts[column]!;
    const end = ends[column]!;
    let given = 0;
    for (let at = start; at < end; at++) given += stakes[at]!;
    if (end > start && given >= majority) medians[column] = select(weights, stakes, start, end, majority);
  }
  return medians;
}

/** The largest weight that, with all larger ones, holds at least so much stake. Reorders the column. */
function select(weights: Float64Array, stakes: Float64Array, start: number, end: number, wanted: number): number {
  let low = start;
  let high = end - 1;
  let needed = wanted;
  while (low < high) {
    const pivot = weights[(low + high) >> 1]!;
    let left = low;
    let right = high;
    let above = 0; // stake that went to the left, which takes the larger weights
    while (left <= right) {
      while (weights[left]! > pivot) above += stakes[left++]!;
      while (weights[right]! < pivot) right -= 1;
      if (left > right) break;
      swap(weights, left, right);
      swap(stakes, left, right);
      above += stakes[left]!;
      left += 1;
      right -= 1;
    }
    if (above >= needed) {
      high = left - 1; // at least one less: equal weights are swapped, so both ends move
    } else {
      needed -= above;
      low = left;
    }
  }
  return weights[low]!;
}

function swap(list: Float64Array, one: number, other: number): void {
  const kept = list[one]!;
  list[one] = list[other]!;
  list[other] = kept;
}
