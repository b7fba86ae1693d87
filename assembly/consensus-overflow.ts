/**
 * Consensus where the voting stakes overflow: the chain's pivot search, step by step.
 * Room   assembly (numeric core). Also in src/epoch/reference/consensus-overflow.ts
 * Spec   docs/spec/yuma-epoch.md 7.1. Its closed form needs sums that neither wrap nor saturate. Odd stakes can break
 *        that (shares are then 0 or negative), and the course of the search itself decides
 * Layout scores i64[n]: scratch, one weight a voter
 * Cost   up to one pass over n for each value that occurs; no stakes of a chain come here
 */
import { Fixed } from './fixed';

/**
 * The part of the list that is still searched is always "all voters with a weight between two bounds, in uid order",
 * so the bounds stand for it.
 */
export function consensusOverflow(
  n: i32,
  values: usize,
  uids: usize,
  cast: i32,
  stakes: usize,
  shares: usize,
  votingShare: i64,
  min: i64,
  scores: usize,
): i64 {
  memory.fill(scores, 0, (<usize>n) << 3);
  for (let k = 0; k < cast; k++) {
    const uid = <usize>load<i64>(uids + ((<usize>k) << 3));
    store<i64>(scores + (uid << 3), load<i64>(values + ((<usize>k) << 3)));
  }
  let above: i64 = -1; // the part holds weights above this
  let below: i64 = i64.MAX_VALUE; // and below this
  let shareBelow: i64 = 0;
  let shareUpTo = votingShare;
  while (true) {
    const size = count(n, stakes, scores, above, below);
    if (size === 0) return 0;
    const pivot = nth(n, stakes, scores, above, below, size >> 1);
    if (size === 1) return pivot;
    const lower = count(n, stakes, scores, above, pivot);
    const upper = count(n, stakes, scores, pivot, below);
    const lowerEnd = Fixed.add(shareBelow, shareOf(n, stakes, scores, shares, above, pivot));
    const upperStart = Fixed.sub(shareUpTo, shareOf(n, stakes, scores, shares, pivot, below));
    if (min < lowerEnd && lower > 0) {
      below = pivot;
      shareUpTo = lowerEnd;
    } else if (upperStart <= min && upper > 0) {
      above = pivot;
      shareBelow = upperStart;
    } else return pivot;
  }
}

function within(stakes: usize, scores: usize, i: i32, above: i64, below: i64): bool {
  const score = load<i64>(scores + ((<usize>i) << 3));
  return load<i64>(stakes + ((<usize>i) << 3)) > 0 && score > above && score < below;
}

function count(n: i32, stakes: usize, scores: usize, above: i64, below: i64): i32 {
  let members = 0;
  for (let i = 0; i < n; i++) members += <i32>within(stakes, scores, i, above, below);
  return members;
}

function nth(n: i32, stakes: usize, scores: usize, above: i64, below: i64, index: i32): i64 {
  for (let i = 0; i < n; i++) {
    if (!within(stakes, scores, i, above, below)) continue;
    if (index === 0) return load<i64>(scores + ((<usize>i) << 3));
    index -= 1;
  }
  return 0;
}

function shareOf(n: i32, stakes: usize, scores: usize, shares: usize, above: i64, below: i64): i64 {
  let sum: i64 = 0;
  for (let i = 0; i < n; i++) {
    if (within(stakes, scores, i, above, below)) sum = Fixed.add(sum, load<i64>(shares + ((<usize>i) << 3)));
  }
  return sum;
}
