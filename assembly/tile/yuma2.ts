/**
 * Yuma2 by groups: bought and stored bonds as shares of their columns, averaged, and scaled up for storage.
 * Room   assembly (numeric core); the general forms stand in ../ema.ts, ../columns.ts, ../yuma2.ts
 * Spec   docs/spec/yuma-epoch.md 9.5
 * Takes  alpha and its complement, each above 0 and below 2^32
 * Exact  a share is exactly 2^32 only where one row holds the whole column. Such columns (and those with such a weight)
 *        are reported and done again by wide.ts; in all others every value is below 2^32. The largest share is that of the
 *        largest bond: floors keep their order
 */

import { Bonds, holders } from './bonds';
import { Divisor } from './divisor';
import * as group from './group';
import { Lanes } from './lanes';
import * as place from './place';

/** Gives a bit for each lane that a single row holds at some step: its column is to be done again. */
export function yuma2(consensus: v128, alpha: u32, kept: u32): i32 {
  const oldKind = sumStored(place.otherDivisor);
  const boughtKind = sumBought(consensus, place.divisor);
  let lone = loneStored | loneBought;
  const alphas = i32x4.splat(alpha);
  const keeps = i32x4.splat(kept);
  let sum01 = i64x2.splat(0);
  let sum23 = i64x2.splat(0);
  let largest = i32x4.splat(0);
  let out = group.bondsOut;
  for (let r = 0; r < group.count; r++) {
    let bond = Lanes.mul(keeps, Divisor.divide(place.otherDivisor, oldKind, Bonds.stored(r)));
    if (r < group.weighing) {
      bond = i32x4.add(bond, Lanes.mul(alphas, Divisor.divide(place.divisor, boughtKind, v128.load(out))));
    }
    v128.store(out, bond);
    sum01 = i64x2.add(sum01, i64x2.extend_low_i32x4_u(bond));
    sum23 = i64x2.add(sum23, i64x2.extend_high_i32x4_u(bond));
    largest = i32x4.max_u(largest, bond);
    out += 16;
  }
  lone |= holders(sum01, sum23, largest);
  shareAndScale(Divisor.make(place.divisor, sum01, sum23), largest);
  return lone;
}

let loneStored: i32 = 0;
let loneBought: i32 = 0;

/** The column sums of the stored bonds as divisor. */
function sumStored(divisor: usize): i32 {
  let sum = i32x4.splat(0); // below 2^31: u16 values of at most 32 768 rows
  let largest = i32x4.splat(0);
  const end = group.bonds + ((<usize>group.count) << 3);
  for (let b = group.bonds; b < end; b += 8) {
    const stored = v128.load_ext<u16>(b);
    sum = i32x4.add(sum, stored);
    largest = i32x4.max_u(largest, stored);
  }
  const sum01 = i64x2.extend_low_i32x4_u(sum);
  const sum23 = i64x2.extend_high_i32x4_u(sum);
  loneStored = holders(sum01, sum23, largest);
  return Divisor.make(divisor, sum01, sum23);
}

/** Bonds bought this epoch, weights times active stake, into the results; their column sums as divisor. */
function sumBought(consensus: v128, divisor: usize): i32 {
  let sum01 = i64x2.splat(0);
  let sum23 = i64x2.splat(0);
  let largest = i32x4.splat(0);
  let out = group.bondsOut;
  let stakes = group.stakes;
  for (let r = 0; r < group.weighing; r++) {
    const bought = Lanes.mul(v128.load(stakes), Bonds.weight(r, consensus));
    v128.store(out, bought);
    sum01 = i64x2.add(sum01, i64x2.extend_low_i32x4_u(bought));
    sum23 = i64x2.add(sum23, i64x2.extend_high_i32x4_u(bought));
    largest = i32x4.max_u(largest, bought);
    out += 16;
    stakes += 16;
  }
  loneBought = holders(sum01, sum23, largest);
  return Divisor.make(divisor, sum01, sum23);
}

/**
 * Each bond over its column's sum (the divisor, of `kind`); and for storage that share over the column's largest share, as
 * u16; the largest itself is 65535.
 */
function shareAndScale(kind: i32, largest: v128): void {
  const top = Divisor.divide(place.divisor, kind, largest);
  const topKind = Divisor.make(place.otherDivisor, i64x2.extend_low_i32x4_u(top), i64x2.extend_high_i32x4_u(top));
  const full = i32x4.splat(65535);
  const zero = i32x4.splat(0);
  const end = group.bondsOut + ((<usize>group.count) << 4);
  let share = group.sharesOut;
  let stored = group.stored;
  for (let out = group.bondsOut; out < end; out += 16) {
    const bond = Divisor.divide(place.divisor, kind, v128.load(out));
    v128.store(share, bond);
    const whole = v128.and(i32x4.eq(bond, top), i32x4.ne(bond, zero));
    const scores = v128.bitselect(full, Lanes.toU16(Divisor.divide(place.otherDivisor, topKind, bond)), whole);
    v128.store64_lane(stored, i16x8.narrow_i32x4_u(scores, scores), 0);
    share += 16;
    stored += 8;
  }
}
