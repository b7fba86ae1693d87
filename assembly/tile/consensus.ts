/**
 * Consensus by tiles: the medians of four columns at once, then clip, trust and rank.
 * Room   assembly (numeric core); the general form stands in ../consensus.ts, ../clip.ts, ../incentive.ts
 * Spec   docs/spec/yuma-epoch.md 7
 * Layout `group` is the byte offset of the four columns in a tile row
 * Exact  with G(x) the share above x and U the whole, F(x) > min = U - kap is G(x) < kap. G leaves out at least one voter
 *        wherever it is asked for, so it stays below 2^32
 * PERF   both ends of the bisection are moved to weights that occur: about log2(voters) + 2 passes
 */

import { ROW32 } from './gather';
import { Lanes } from './lanes';
import * as place from './place';
import * as rows from './rows';

const ZERO: i32 = i32.MIN_VALUE; // a weight of 0 as tiles hold it

/** The medians, less 2^31 as the weights are. `kappa` is raw. */
export function medians(group: usize, kappa: i64): v128 {
  const weights = place.tileWeights + group;
  const end = weights + ((<usize>rows.voting) << ROW32);
  if (rows.voting === 0) return i32x4.splat(ZERO);
  let low = rows.silentVoter ? i32x4.splat(ZERO) : i32x4.splat(i32.MAX_VALUE);
  let high = i32x4.splat(ZERO);
  for (let w = weights; w < end; w += 1 << ROW32) {
    const weight = v128.load(w);
    low = i32x4.min_s(low, weight);
    high = i32x4.max_s(high, weight);
  }
  if (kappa === 0) return high;
  const most = i32x4.splat(<i32>(kappa - 1)); // G < kap as G <= kap - 1, which fits a lane for every kappa
  const settled = i32x4.le_u(shareAbove(weights, end, low), most);
  high = v128.bitselect(low, high, settled);
  while (v128.any_true(i32x4.ne(low, high))) {
    const middle = i32x4.add(low, i32x4.shr_u(i32x4.sub(high, low), 1));
    let below = low;
    let above = high;
    let share = i32x4.splat(0);
    let shares = place.rowShare;
    for (let w = weights; w < end; w += 1 << ROW32) {
      const weight = v128.load(w);
      const over = i32x4.gt_s(weight, middle);
      share = i32x4.add(share, v128.and(over, v128.load(shares)));
      below = i32x4.max_s(below, v128.bitselect(low, weight, over));
      above = i32x4.min_s(above, v128.bitselect(weight, high, over));
      shares += 16;
    }
    const enough = i32x4.le_u(share, most);
    high = v128.bitselect(below, high, enough);
    low = v128.bitselect(low, above, enough);
  }
  return high;
}

function shareAbove(weights: usize, end: usize, value: v128): v128 {
  let share = i32x4.splat(0);
  let shares = place.rowShare;
  for (let w = weights; w < end; w += 1 << ROW32) {
    share = i32x4.add(share, v128.and(i32x4.gt_s(v128.load(w), value), v128.load(shares)));
    shares += 16;
  }
  return share;
}

/** Adds the clipped weights to their rows' trust, and their products with active stake to the ranks (i64) at `rank`. */
export function clipAndRank(group: usize, consensus: v128, rank: usize): void {
  const bias = i32x4.splat(ZERO);
  let rank01 = i64x2.splat(0);
  let rank23 = i64x2.splat(0);
  let weight = place.tileWeights + group;
  for (let r = 0; r < rows.weighing; r++) {
    const clipped = v128.xor(i32x4.min_s(v128.load(weight), consensus), bias);
    const trust = place.rowTrust + ((<usize>r) << 4);
    const sum = i64x2.add(i64x2.extend_low_i32x4_u(clipped), i64x2.extend_high_i32x4_u(clipped));
    v128.store(trust, i64x2.add(v128.load(trust), sum));
    if (r < rows.voting) {
      const product = Lanes.mul(v128.load(place.rowStake + ((<usize>r) << 4)), clipped);
      rank01 = i64x2.add(rank01, i64x2.extend_low_i32x4_u(product));
      rank23 = i64x2.add(rank23, i64x2.extend_high_i32x4_u(product));
    }
    weight += 1 << ROW32;
  }
  v128.store(rank, rank01);
  v128.store(rank, rank23, 16);
}
