/**
 * Yuma3 by tiles: the averaged bonds of four columns, their column shares, and their stored form.
 * Room   assembly (numeric core); the general forms stand in ../ema.ts, ../columns.ts, ../yuma3.ts
 * Spec   docs/spec/yuma-epoch.md 9.3, 9.4 c
 * Takes  alpha and its complement, each above 0 and below 2^32
 * Exact  without a weight of exactly 2^32 an average is below alpha + its complement = 2^32 and fits a lane; columns with
 *        one are done again by wide.ts. A stored bond of 65535 is exactly 2^32: as 2^32 - 1 its product is one too small
 */

import { Bonds } from './bonds';
import { Divisor, makeDivisor } from './divisor';
import { ROW16, ROW32 } from './gather';
import { Lanes } from './lanes';
import * as place from './place';
import * as rows from './rows';

/** Writes the averaged bonds of four columns with one constant. */
export function average(group: usize, consensus: v128, alpha: u32, kept: u32): void {
  const alphas = i32x4.splat(alpha);
  const keeps = i32x4.splat(kept);
  const full = i32x4.splat(65535);
  let out = place.tileBondsOut + group;
  for (let r = 0; r < rows.count; r++) {
    const stored = Bonds.stored(r, group);
    const old = i32x4.add(i32x4.shl(stored, 16), stored); // 65537 b
    let bond = i32x4.sub(Lanes.mul(keeps, old), i32x4.eq(stored, full));
    if (r < rows.weighing) bond = i32x4.add(bond, Lanes.mul(alphas, Bonds.weight(r, group, consensus)));
    v128.store(out, bond);
    out += 1 << ROW32;
  }
}

/**
 * Writes the column shares of the averaged bonds and their stored form. Gives a bit for each lane whose column has one
 * holder only: its share is exactly 2^32 and stands as 0.
 */
export function share(group: usize, shares: usize): i32 {
  let sum01 = i64x2.splat(0);
  let sum23 = i64x2.splat(0);
  let largest = i32x4.splat(0);
  let out = place.tileBondsOut + group;
  for (let r = 0; r < rows.count; r++) {
    const bond = v128.load(out);
    sum01 = i64x2.add(sum01, i64x2.extend_low_i32x4_u(bond));
    sum23 = i64x2.add(sum23, i64x2.extend_high_i32x4_u(bond));
    largest = i32x4.max_u(largest, bond);
    out += 1 << ROW32;
  }
  makeDivisor(place.divisor, sum01, sum23);
  out = place.tileBondsOut + group;
  let share = shares + group;
  let stored = place.tileStored + (group >> 1);
  for (let r = 0; r < rows.count; r++) {
    const bond = v128.load(out);
    v128.store(share, Divisor.divide(place.divisor, bond));
    const scores = Lanes.toU16(bond);
    v128.store64_lane(stored, i16x8.narrow_i32x4_u(scores, scores), 0);
    out += 1 << ROW32;
    share += 1 << ROW32;
    stored += 1 << ROW16;
  }
  return holders(sum01, sum23, largest);
}

/** Lanes whose sum is one value and not 0. */
export function holders(sum01: v128, sum23: v128, largest: v128): i32 {
  const same01 = i64x2.eq(sum01, i64x2.extend_low_i32x4_u(largest));
  const same23 = i64x2.eq(sum23, i64x2.extend_high_i32x4_u(largest));
  const some = i32x4.ne(largest, i32x4.splat(0));
  return i32x4.bitmask(v128.and(v128.shuffle<u32>(same01, same23, 0, 2, 4, 6), some));
}
