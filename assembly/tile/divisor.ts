/**
 * Divisor: what the columns of one group of four are divided by, made ready once and used for every slot.
 * Room   assembly (numeric core)
 * Layout eight v128 at `divisor`: the low words; fl(2^32 / s) of lanes 0, 1 and 2, 3; fl((2^32 - s) / s) likewise; which
 *        lanes are near 2^32; the high words; 16 bytes unused
 */
import { Lanes, NEAR } from './lanes';

/** How the lanes of a divisor are to be divided. */
const ALL_SMALL: i32 = 0;
const ALL_NEAR: i32 = 1;
const MIXED: i32 = 2;
const WIDE: i32 = 3;

/** Bits of 2^52 as f64: with an integer below 2^52 in their low bits they are 2^52 plus that integer. */
const EXPONENT: i64 = 0x4330_0000_0000_0000;
const TWO_52: f64 = 4503599627370496.0;

/** x / s by lanes, for x < s; 0 for x = s. */
export class Divisor {
  /**
   * Makes ready the four sums (i64 below 2^52, two v128); gives how they are to be divided by. A lane whose sum is 0
   * divides nothing but zeros and gives zeros.
   */
  @inline
  static make(at: usize, s01: v128, s23: v128): i32 {
    const lows = v128.shuffle<u32>(s01, s23, 0, 2, 4, 6);
    const highs = v128.shuffle<u32>(s01, s23, 1, 3, 5, 7);
    v128.store(at, lows);
    v128.store(at, highs, 96);
    v128.store(at, reciprocals(s01), 16);
    v128.store(at, reciprocals(s23), 32);
    const one = i32x4.splat(1);
    const over = i32x4.gt_u(highs, v128.and(one, i32x4.eq(lows, i32x4.splat(0)))); // above 2^32
    if (v128.any_true(over)) return WIDE;
    const near = v128.or(i32x4.gt_u(lows, i32x4.splat(<i32>NEAR)), i32x4.ne(highs, i32x4.splat(0)));
    if (!v128.any_true(near)) return ALL_SMALL;
    v128.store(at, near, 80);
    v128.store(at, shortfalls(s01, near, 0), 48);
    v128.store(at, shortfalls(s23, near, 1), 64);
    return i32x4.all_true(near) ? ALL_NEAR : MIXED;
  }

  @inline
  static divide(at: usize, kind: i32, x: v128): v128 {
    if (kind === ALL_SMALL) return Lanes.quotient(x, v128.load(at), v128.load(at, 16), v128.load(at, 32));
    if (kind === ALL_NEAR) return Lanes.quotientNear(x, v128.load(at, 48), v128.load(at, 64));
    return other(at, kind, x);
  }
}

/** fl(2^32 / s) of two lanes, 0 where s is 0. */
function reciprocals(s: v128): v128 {
  const divisors = asFloats(s);
  const none = f64x2.eq(divisors, f64x2.splat(0));
  return v128.andnot(f64x2.div(f64x2.splat(4294967296.0), divisors), none);
}

/** fl((2^32 - s) / s) of two lanes, 0 where they are not near 2^32. `pair` is which two of the four lanes of `near`. */
function shortfalls(s: v128, near: v128, pair: i32): v128 {
  const mask = pair === 0 ? i64x2.extend_low_i32x4_s(near) : i64x2.extend_high_i32x4_s(near);
  const missing = asFloats(v128.and(i64x2.sub(i64x2.splat(1 << 32), s), mask));
  return v128.and(f64x2.div(missing, asFloats(s)), mask);
}

/** Integers from 0 to 2^52 - 1 as f64. */
function asFloats(s: v128): v128 {
  return f64x2.sub(v128.or(s, i64x2.splat(EXPONENT)), f64x2.splat(TWO_52));
}

function other(at: usize, kind: i32, x: v128): v128 {
  if (kind === WIDE) {
    return Lanes.quotientWide(x, v128.load(at), v128.load(at, 96), v128.load(at, 16), v128.load(at, 32));
  }
  return v128.bitselect(
    Lanes.quotientNear(x, v128.load(at, 48), v128.load(at, 64)),
    Lanes.quotient(x, v128.load(at), v128.load(at, 16), v128.load(at, 32)),
    v128.load(at, 80),
  );
}
