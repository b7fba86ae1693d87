/**
 * Consensus: the stake-weighted median of the weights each neuron receives.
 * Room   assembly (numeric core). Also in src/epoch/reference/consensus.ts
 * Spec   docs/spec/yuma-epoch.md 7.1
 * Layout ballots of column j: values and shares, i64 each, from ballotStarts[j] to ballotEnds[j]; a voter without an
 *        entry casts 0 and is counted, not stored. On overflow the uid stands in place of the share
 * Exact  integers; the answer is a weight that occurs, so the order of the rows cannot matter. Stakes whose sum does
 *        not fit i64 (no chain holds them) go to consensus-overflow.ts
 * PERF   bisects on the value with both ends snapped to weights that occur: about log2(voters) + 2 passes over a column
 */

import { consensusOverflow } from './consensus-overflow';
import { Fixed } from './fixed';

/** Left by votingShares: how many vote, the sum of their shares, and whether their stakes overflow. */
let voters: i32 = 0;
let votingShare: i64 = 0;
export let overflowed: bool = false;

export function consensus(
  n: i32,
  offsets: usize,
  columns: usize,
  values: usize,
  activeStake: usize,
  kappa16: u32,
  shares: usize,
  ballotStarts: usize,
  ballotEnds: usize,
  ballotRows: usize,
  ballotValues: usize,
  ballotShares: usize,
  scores: usize,
  out: usize,
): void {
  const min = Fixed.sub(votingShare, Fixed.prop(kappa16)); // may be negative
  castBallots(
    n,
    offsets,
    columns,
    values,
    shares,
    activeStake,
    ballotStarts,
    ballotEnds,
    ballotRows,
    ballotValues,
    ballotShares,
  );
  for (let j = 0; j < n; j++) {
    const start = load<u32>(ballotStarts + ((<usize>j) << 2));
    const cast = <i32>(load<u32>(ballotEnds + ((<usize>j) << 2)) - start);
    const first = (<usize>start) << 3;
    const median = overflowed
      ? consensusOverflow(
          n,
          ballotValues + first,
          ballotShares + first,
          cast,
          activeStake,
          shares,
          votingShare,
          min,
          scores,
        )
      : weightedMedian(ballotValues + first, ballotShares + first, cast, voters, votingShare, min);
    store<i64>(out + ((<usize>j) << 3), median);
  }
}

/** Shares of the positive stakes in their sum. Whether that sum fits i64 decides how the median is found. */
export function votingShares(n: i32, stakes: usize, shares: usize): void {
  let sum: u64 = 0;
  voters = 0;
  overflowed = false;
  for (let i = 0; i < n; i++) {
    const own = load<i64>(stakes + ((<usize>i) << 3));
    if (own <= 0) continue;
    voters += 1;
    sum += <u64>own;
    overflowed = overflowed || sum > <u64>i64.MAX_VALUE;
  }
  votingShare = 0;
  for (let i = 0; i < n; i++) {
    const own = load<i64>(stakes + ((<usize>i) << 3));
    const share: i64 = own <= 0 ? 0 : sum === 0 ? own : Fixed.div(own, <i64>sum);
    store<i64>(shares + ((<usize>i) << 3), share);
    votingShare += share;
  }
}

/** Sorts the voters' entries by column. Where a row names a column twice its last entry counts. */
function castBallots(
  n: i32,
  offsets: usize,
  columns: usize,
  values: usize,
  shares: usize,
  stakes: usize,
  starts: usize,
  ends: usize,
  rows: usize,
  ballotValues: usize,
  ballotShares: usize,
): void {
  memory.fill(starts, 0, (<usize>n + 1) << 2);
  for (let i = 0; i < n; i++) {
    if (load<i64>(stakes + ((<usize>i) << 3)) <= 0) continue;
    const stop = load<u32>(offsets + ((<usize>i) << 2), 4);
    for (let at = load<u32>(offsets + ((<usize>i) << 2)); at < stop; at++) {
      const slot = starts + ((<usize>load<u16>(columns + ((<usize>at) << 1))) << 2);
      store<u32>(slot, load<u32>(slot, 4) + 1, 4);
    }
  }
  for (let j = 0; j < n; j++) {
    const slot = starts + ((<usize>j) << 2);
    store<u32>(slot, load<u32>(slot) + load<u32>(slot, 4), 4);
    store<u32>(ends + ((<usize>j) << 2), load<u32>(slot));
  }
  memory.fill(rows, 0, (<usize>n) << 2);
  for (let i = 0; i < n; i++) {
    if (load<i64>(stakes + ((<usize>i) << 3)) <= 0) continue;
    const share = load<i64>(shares + ((<usize>i) << 3));
    const stop = load<u32>(offsets + ((<usize>i) << 2), 4);
    for (let at = load<u32>(offsets + ((<usize>i) << 2)); at < stop; at++) {
      const column = <usize>load<u16>(columns + ((<usize>at) << 1));
      const value = load<i64>(values + ((<usize>at) << 3));
      const end = load<u32>(ends + (column << 2));
      if (load<i32>(rows + (column << 2)) === i + 1) {
        store<i64>(ballotValues + ((<usize>end - 1) << 3), value);
        continue;
      }
      store<i32>(rows + (column << 2), i + 1);
      store<i64>(ballotValues + ((<usize>end) << 3), value);
      store<i64>(ballotShares + ((<usize>end) << 3), overflowed ? i : share);
      store<u32>(ends + (column << 2), end + 1);
    }
  }
}

/** The smallest weight of the column with F > min, F(x) the share of voters at or below x; else the largest. */
export function weightedMedian(values: usize, shares: usize, cast: i32, voters: i32, votingShare: i64, min: i64): i64 {
  if (voters === 0) return 0;
  let held = votingShare; // share that cast 0
  let low: i64 = i64.MAX_VALUE;
  let high: i64 = 0;
  for (let k = 0; k < cast; k++) {
    const value = load<i64>(values + ((<usize>k) << 3));
    if (value > 0) held -= load<i64>(shares + ((<usize>k) << 3));
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (votingShare <= min) return high;
  const zeroCast = cast < voters || low === 0;
  if (zeroCast && held > min) return 0;
  if (zeroCast) low = 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    let below = low;
    let above = high;
    let share = votingShare; // at or below the middle
    for (let k = 0; k < cast; k++) {
      const value = load<i64>(values + ((<usize>k) << 3));
      if (value > middle) {
        share -= load<i64>(shares + ((<usize>k) << 3));
        if (value < above) above = value;
      } else if (value > below) below = value;
    }
    if (share > min) high = below;
    else low = above;
  }
  return high;
}
