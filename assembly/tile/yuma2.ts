/**
 * Yuma2 by tiles: bought and stored bonds as shares of their columns, averaged, and scaled up for storage.
 * Room   assembly (numeric core); the general forms stand in ../ema.ts, ../columns.ts, ../yuma2.ts
 * Spec   docs/spec/yuma-epoch.md 9.5
 * Takes  alpha and its complement, each above 0 and below 2^32
 * Exact  a share is exactly 2^32 only where one row holds the whole column. Such columns (and those with such a weight)
 *        are reported and done again by wide.ts; in all others every value is below 2^32
 */

import { Bonds } from './bonds';
import { Divisor, makeDivisor } from './divisor';
import { ROW16, ROW32 } from './gather';
import { Lanes } from './lanes';
import * as place from './place';
import * as rows from './rows';
import { holders } from './yuma3';

/** Gives a bit for each lane that a single row holds at some step: its column is to be done again. */
export function yuma2(group: usize, consensus: v128, alpha: u32, kept: u32, shares: usize): i32 {
  let lone = oldShares(group);
  lone |= boughtShares(group, consensus);
  const alphas = i32x4.splat(alpha);
  const keeps = i32x4.splat(kept);
  let sum01 = i64x2.splat(0);
  let sum23 = i64x2.splat(0);
  let largest = i32x4.splat(0);
  let out = place.tileBondsOut + group;
  let old = place.tileOldShares + group;
  for (let r = 0; r < rows.count; r++) {
    let bond = Lanes.mul(keeps, v128.load(old));
    if (r < rows.weighing) bond = i32x4.add(bond, Lanes.mul(alphas, Divisor.divide(place.divisor, v128.load(out))));
    v128.store(out, bond);
    sum01 = i64x2.add(sum01, i64x2.extend_low_i32x4_u(bond));
    sum23 = i64x2.add(sum23, i64x2.extend_high_i32x4_u(bond));
    largest = i32x4.max_u(largest, bond);
    out += 1 << ROW32;
    old += 1 << ROW32;
  }
  lone |= holders(sum01, sum23, largest);
  makeDivisor(place.divisor, sum01, sum23);
  largest = i32x4.splat(0);
  out = place.tileBondsOut + group;
  let share = shares + group;
  for (let r = 0; r < rows.count; r++) {
    const bond = Divisor.divide(place.divisor, v128.load(out));
    v128.store(share, bond);
    largest = i32x4.max_u(largest, bond);
    out += 1 << ROW32;
    share += 1 << ROW32;
  }
  scaleUp(group, shares, largest);
  return lone;
}

/** Old shares: each stored bond over the sum of its column. */
function oldShares(group: usize): i32 {
  let sum = i32x4.splat(0); // below 2^31: u16 values of at most 32 768 rows
  let largest = i32x4.splat(0);
  for (let r = 0; r < rows.count; r++) {
    const stored = Bonds.stored(r, group);
    sum = i32x4.add(sum, stored);
    largest = i32x4.max_u(largest, stored);
  }
  const sum01 = i64x2.extend_low_i32x4_u(sum);
  const sum23 = i64x2.extend_high_i32x4_u(sum);
  makeDivisor(place.divisor, sum01, sum23);
  let old = place.tileOldShares + group;
  for (let r = 0; r < rows.count; r++) {
    v128.store(old, Divisor.divide(place.divisor, Bonds.stored(r, group)));
    old += 1 << ROW32;
  }
  return holders(sum01, sum23, largest);
}

/** Bonds bought this epoch, weights times active stake, into the tile; their column sums become the divisor. */
function boughtShares(group: usize, consensus: v128): i32 {
  let sum01 = i64x2.splat(0);
  let sum23 = i64x2.splat(0);
  let largest = i32x4.splat(0);
  let out = place.tileBondsOut + group;
  for (let r = 0; r < rows.weighing; r++) {
    const stake = v128.load(place.rowStake + ((<usize>r) << 4));
    const bought = Lanes.mul(stake, Bonds.weight(r, group, consensus));
    v128.store(out, bought);
    sum01 = i64x2.add(sum01, i64x2.extend_low_i32x4_u(bought));
    sum23 = i64x2.add(sum23, i64x2.extend_high_i32x4_u(bought));
    largest = i32x4.max_u(largest, bought);
    out += 1 << ROW32;
  }
  makeDivisor(place.divisor, sum01, sum23);
  return holders(sum01, sum23, largest);
}

/** Stored form: each share over the largest of its column, as u16; the largest itself is 65535. */
function scaleUp(group: usize, shares: usize, largest: v128): void {
  makeDivisor(place.divisor, i64x2.extend_low_i32x4_u(largest), i64x2.extend_high_i32x4_u(largest));
  const full = i32x4.splat(65535);
  const zero = i32x4.splat(0);
  let share = shares + group;
  let stored = place.tileStored + (group >> 1);
  for (let r = 0; r < rows.count; r++) {
    const bond = v128.load(share);
    const top = v128.and(i32x4.eq(bond, largest), i32x4.ne(bond, zero));
    const scores = v128.bitselect(full, Lanes.toU16(Divisor.divide(place.divisor, bond)), top);
    v128.store64_lane(stored, i16x8.narrow_i32x4_u(scores, scores), 0);
    share += 1 << ROW32;
    stored += 1 << ROW16;
  }
}
