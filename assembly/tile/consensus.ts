/**
 * Consensus by groups: the medians of four columns at once, then clip, trust and rank.
 * Room   assembly (numeric core); the general form stands in ../consensus.ts, ../clip.ts, ../incentive.ts
 * Spec   docs/spec/yuma-epoch.md 7
 * Exact  with G(x) the share above x and U the whole, F(x) > min = U - kap is G(x) < kap. The median is the least weight of
 *        a voter with G(x) < kap; another's weight between two of them shares the G of the one below. G leaves out at
 *        least one voter wherever it is asked for, so it stays below 2^32
 * PERF   first the value is halved between the ends, a compare and an addition a slot; once few weights are left between
 *        them, both ends are moved to weights that occur
 */

import * as group from './group';
import { Lanes } from './lanes';
import * as place from './place';

/** Among so few weights every halving may as well find which occur. */
const FEW: i32 = 16;
const ZERO: i32 = i32.MIN_VALUE; // a weight of 0 as groups hold it

/** Medians of a group in which every voter has a slot of its own; `silent`: there are others, who weigh nothing. */
export function medians(kappa: i64, silent: bool): v128 {
  if (group.voting === 0) return i32x4.splat(ZERO);
  let low = silent ? i32x4.splat(ZERO) : i32x4.splat(i32.MAX_VALUE);
  let high = i32x4.splat(ZERO);
  const end = group.weights + ((<usize>group.voting) << 4);
  for (let w = group.weights; w < end; w += 16) {
    const weight = v128.load(w);
    low = i32x4.min_s(low, weight);
    high = i32x4.max_s(high, weight);
  }
  return between(kappa, low, high, silent ? i32x4.splat(-1) : i32x4.splat(0));
}

/** Medians where the slots of a lane are the rows that weigh its column; there are `voters` in all. */
export function scatteredMedians(kappa: i64, voters: i32): v128 {
  if (voters === 0) return i32x4.splat(ZERO);
  let low = i32x4.splat(i32.MAX_VALUE);
  let high = i32x4.splat(ZERO);
  let silent = i32x4.splat(voters);
  let shares = group.shares;
  const end = group.weights + ((<usize>group.voting) << 4);
  for (let w = group.weights; w < end; w += 16) {
    const weight = v128.load(w);
    const votes = i32x4.ne(v128.load(shares), i32x4.splat(0));
    low = i32x4.min_s(low, v128.bitselect(weight, i32x4.splat(i32.MAX_VALUE), votes));
    high = i32x4.max_s(high, v128.bitselect(weight, i32x4.splat(ZERO), votes));
    silent = i32x4.add(silent, votes);
    shares += 16;
  }
  const any = i32x4.ne(silent, i32x4.splat(0));
  low = v128.bitselect(i32x4.splat(ZERO), low, any);
  return between(kappa, low, high, any);
}

/** Halvings that leave few of so many weights between the ends. */
function halvings(voters: i32): i32 {
  return 33 - clz(voters);
}

/** The median from `low` to `high`, both weights that occur; a lane of `silent` is set where 0 occurs without a slot. */
function between(kappa: i64, low: v128, high: v128, silent: v128): v128 {
  if (kappa === 0) return high;
  const most = i32x4.splat(<i32>(kappa - 1)); // G < kap as G <= kap - 1, which fits a lane for every kappa
  v128.store(place.low, low);
  v128.store(place.high, high);
  if (group.voting > FEW) approach(most, silent);
  while (v128.any_true(i32x4.ne(v128.load(place.low), v128.load(place.high)))) halve(most);
  return v128.load(place.high);
}

/** Halves between the ends until few weights are left there; then both are weights that occur again. */
function approach(most: v128, silent: v128): void {
  let least = v128.load(place.low);
  let largest = v128.load(place.high);
  const weights = group.weights;
  const end = weights + ((<usize>group.voting) << 4);
  for (let k = halvings(group.voting); k > 0; k--) {
    const middle = i32x4.add(least, i32x4.shr_u(i32x4.sub(largest, least), 1));
    let share = i32x4.splat(0);
    let shares = group.shares;
    for (let w = weights; w < end; w += 16) {
      share = i32x4.add(share, v128.and(i32x4.gt_s(v128.load(w), middle), v128.load(shares)));
      shares += 16;
    }
    const enough = i32x4.le_u(share, most);
    // Where the two are equal they stay so: the median itself has enough, and `middle` is it.
    largest = v128.bitselect(middle, largest, enough);
    least = v128.bitselect(least, i32x4.add(middle, i32x4.splat(1)), enough);
  }
  narrow(least, largest, silent);
}

/** Moves both ends to weights that occur. */
function narrow(least: v128, largest: v128, silent: v128): void {
  const zero = i32x4.splat(ZERO);
  let below = zero;
  let above = v128.bitselect(zero, i32x4.splat(i32.MAX_VALUE), v128.and(silent, i32x4.eq(least, zero)));
  const end = group.weights + ((<usize>group.voting) << 4);
  for (let w = group.weights; w < end; w += 16) {
    const weight = v128.load(w);
    above = i32x4.min_s(above, v128.bitselect(i32x4.splat(i32.MAX_VALUE), weight, i32x4.gt_s(least, weight)));
    below = i32x4.max_s(below, v128.bitselect(zero, weight, i32x4.gt_s(weight, largest)));
  }
  v128.store(place.low, above);
  v128.store(place.high, below);
}

/** One halving after which both ends are weights that occur again. */
function halve(most: v128): void {
  const least = v128.load(place.low);
  const largest = v128.load(place.high);
  const middle = i32x4.add(least, i32x4.shr_u(i32x4.sub(largest, least), 1));
  const end = group.weights + ((<usize>group.voting) << 4);
  let below = least;
  let above = largest;
  let share = i32x4.splat(0);
  let shares = group.shares;
  for (let w = group.weights; w < end; w += 16) {
    const weight = v128.load(w);
    const over = i32x4.gt_s(weight, middle);
    share = i32x4.add(share, v128.and(over, v128.load(shares)));
    below = i32x4.max_s(below, v128.bitselect(least, weight, over));
    above = i32x4.min_s(above, v128.bitselect(weight, largest, over));
    shares += 16;
  }
  const enough = i32x4.le_u(share, most);
  v128.store(place.high, v128.bitselect(below, largest, enough));
  v128.store(place.low, v128.bitselect(least, above, enough));
}

/** Adds the clipped weights to the trust (a pair of i64 a slot), their products with stake to the ranks at `rank`. */
export function clipAndRank(consensus: v128, trust: usize, rank: usize): void {
  const bias = i32x4.splat(ZERO);
  let rank01 = i64x2.splat(0);
  let rank23 = i64x2.splat(0);
  let stakes = group.stakes;
  const end = group.weights + ((<usize>group.weighing) << 4);
  for (let w = group.weights; w < end; w += 16) {
    const clipped = v128.xor(i32x4.min_s(v128.load(w), consensus), bias);
    const sum = i64x2.add(i64x2.extend_low_i32x4_u(clipped), i64x2.extend_high_i32x4_u(clipped));
    v128.store(trust, i64x2.add(v128.load(trust), sum));
    const product = Lanes.mul(v128.load(stakes), clipped);
    rank01 = i64x2.add(rank01, i64x2.extend_low_i32x4_u(product));
    rank23 = i64x2.add(rank23, i64x2.extend_high_i32x4_u(product));
    trust += 16;
    stakes += 16;
  }
  v128.store(rank, rank01);
  v128.store(rank, rank23, 16);
}

/** The same where the lanes belong to different rows: the clipped weights themselves (u32) go to `clipped`. */
export function clipScattered(consensus: v128, clipped: usize, rank: usize): void {
  const bias = i32x4.splat(ZERO);
  let rank01 = i64x2.splat(0);
  let rank23 = i64x2.splat(0);
  let stakes = group.stakes;
  const end = group.weights + ((<usize>group.weighing) << 4);
  for (let w = group.weights; w < end; w += 16) {
    const weight = v128.xor(i32x4.min_s(v128.load(w), consensus), bias);
    v128.store(clipped, weight);
    const product = Lanes.mul(v128.load(stakes), weight);
    rank01 = i64x2.add(rank01, i64x2.extend_low_i32x4_u(product));
    rank23 = i64x2.add(rank23, i64x2.extend_high_i32x4_u(product));
    clipped += 16;
    stakes += 16;
  }
  v128.store(rank, rank01);
  v128.store(rank, rank23, 16);
}
