/**
 * Yuma3 by groups: the averaged bonds of four columns, their column shares, and their stored form.
 * Room   assembly (numeric core); the general forms stand in ../ema.ts, ../columns.ts, ../yuma3.ts
 * Spec   docs/spec/yuma-epoch.md 9.3, 9.4 c
 * Takes  alpha and its complement, each above 0 and below 2^32
 * Exact  without a weight of exactly 2^32 an average is below alpha + its complement = 2^32 and fits a lane; columns with
 *        one are done again by wide.ts. A stored bond of 65535 is exactly 2^32: as 2^32 - 1 its product is one too small
 */

import { Bonds, holders } from './bonds';
import { Divisor } from './divisor';
import * as group from './group';
import { Lanes } from './lanes';
import * as place from './place';

/** Writes the averaged bonds of four columns with one constant. */
export function average(consensus: v128, alpha: u32, kept: u32): void {
  const alphas = i32x4.splat(alpha);
  const keeps = i32x4.splat(kept);
  const full = i32x4.splat(65535);
  let out = group.bondsOut;
  for (let r = 0; r < group.weighing; r++) {
    const stored = Bonds.stored(r);
    const old = i32x4.add(i32x4.shl(stored, 16), stored); // 65537 b
    const decayed = i32x4.sub(Lanes.mul(keeps, old), i32x4.eq(stored, full));
    v128.store(out, i32x4.add(decayed, Lanes.mul(alphas, Bonds.weight(r, consensus))));
    out += 16;
  }
  for (let r = group.weighing; r < group.count; r++) {
    const stored = Bonds.stored(r);
    const old = i32x4.add(i32x4.shl(stored, 16), stored);
    v128.store(out, i32x4.sub(Lanes.mul(keeps, old), i32x4.eq(stored, full)));
    out += 16;
  }
}

/**
 * Writes the column shares of the averaged bonds and their stored form. Gives a bit for each lane whose column has one
 * holder only: its share is exactly 2^32 and stands as 0.
 */
export function share(): i32 {
  let sum01 = i64x2.splat(0);
  let sum23 = i64x2.splat(0);
  let largest = i32x4.splat(0);
  const end = group.bondsOut + ((<usize>group.count) << 4);
  for (let out = group.bondsOut; out < end; out += 16) {
    const bond = v128.load(out);
    sum01 = i64x2.add(sum01, i64x2.extend_low_i32x4_u(bond));
    sum23 = i64x2.add(sum23, i64x2.extend_high_i32x4_u(bond));
    largest = i32x4.max_u(largest, bond);
  }
  const kind = Divisor.make(place.divisor, sum01, sum23);
  let share = group.sharesOut;
  let stored = group.stored;
  for (let out = group.bondsOut; out < end; out += 16) {
    const bond = v128.load(out);
    v128.store(share, Divisor.divide(place.divisor, kind, bond));
    const scores = Lanes.toU16(bond);
    v128.store64_lane(stored, i16x8.narrow_i32x4_u(scores, scores), 0);
    share += 16;
    stored += 8;
  }
  return holders(sum01, sum23, largest);
}
