/**
 * Lanes: exact arithmetic on four raw values at once, u32 a lane (0 .. 2^32 - 1; the value 2^32 does not occur here).
 * Room   assembly (numeric core), behind the tile stages; fixed.ts does the same a value at a time
 * Spec   docs/spec/yuma-epoch.md 2, 15.3
 */

/** 2^52: adding it to 0 <= x < 2^51 rounds x to the nearest integer, whose low word is then the low word of the sum. */
const ROUND: f64 = 4503599627370496.0;
/** 1.5 * 2^52: the same for numbers down to -2^51. */
const ROUND_SIGNED: f64 = 6755399441055744.0;
/** 2^-36 - 1/2; why, at `Lanes.quotientNear`. */
const DOWN: f64 = 0.000000000014551915228366852 - 0.5;

/** A divisor above this and up to 2^32 is near 2^32: 2^32 - 2^13. */
export const NEAR: i64 = 0xffff_e000;

export class Lanes {
  /** floor(a * b / 2^32). */
  @inline
  static mul(a: v128, b: v128): v128 {
    return v128.shuffle<u32>(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(a, b), 1, 3, 5, 7);
  }

  /** ceil(a * b / 2^32). */
  @inline
  static mulUp(a: v128, b: v128): v128 {
    const below = i64x2.splat(0xffff_ffff);
    return v128.shuffle<u32>(
      i64x2.add(i64x2.extmul_low_i32x4_u(a, b), below),
      i64x2.add(i64x2.extmul_high_i32x4_u(a, b), below),
      1,
      3,
      5,
      7,
    );
  }

  /**
   * floor(x * 2^32 / s) for x < s <= NEAR; low, high = fl(2^32 / s) of lanes 0, 1 and 2, 3. Gives 0 for x = s.
   * Exact  fl rounds twice, so the f64 product misses the quotient by less than 2^32 * 2^-52; rounded to the nearest
   *        integer q it misses by at most 1/2 + 2^-20, and x * 2^32 - q * s by less than 2^31 (s <= 2^32 - 2^13). So the
   *        low word of -q * s is that remainder with its sign, and q is one too large exactly if it is negative
   */
  @inline
  static quotient(x: v128, s: v128, low: v128, high: v128): v128 {
    const first = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_u(x), low), f64x2.splat(ROUND));
    const upper = v128.shuffle<u32>(x, x, 2, 3, 2, 3);
    const second = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_u(upper), high), f64x2.splat(ROUND));
    const q = v128.shuffle<u32>(first, second, 0, 2, 4, 6);
    return i32x4.add(q, i32x4.gt_s(i32x4.mul(q, s), i32x4.splat(0)));
  }

  /**
   * floor(x * 2^32 / s) for x < s, NEAR < s <= 2^32; low, high = fl((2^32 - s) / s) of lanes 0, 1 and 2, 3.
   * Exact  it is x + floor(x * d / s) with d = 2^32 - s < 2^13. The f64 product is below 2^13 and misses x * d / s by less
   *        than 2^-38; that number is an integer or at least 1 / s >= 2^-32 from one. So 2^-36 lifts it over the integer
   *        it may have missed and over no other, and less 1/2 it rounds to the floor
   */
  @inline
  static quotientNear(x: v128, low: v128, high: v128): v128 {
    const down = f64x2.splat(DOWN);
    const round = f64x2.splat(ROUND_SIGNED);
    const first = f64x2.add(f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_u(x), low), down), round);
    const upper = v128.shuffle<u32>(x, x, 2, 3, 2, 3);
    const second = f64x2.add(f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_u(upper), high), down), round);
    return i32x4.add(x, v128.shuffle<u32>(first, second, 0, 2, 4, 6));
  }

  /**
   * floor(x * 2^32 / s) for x < s < 2^48; s as its low and its high words, low, high as in `quotient`. Gives 0 for x = s.
   * Exact  q is found as there. x * 2^32 - q * s, less than 2^48 either way, is (x - q * sh) * 2^32 - q * sl; its upper word,
   *        taken modulo 2^32, is x - q * sh less the upper word of q * sl, and less 1 where the lower word is not 0
   */
  @inline
  static quotientWide(x: v128, sl: v128, sh: v128, low: v128, high: v128): v128 {
    const first = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_u(x), low), f64x2.splat(ROUND));
    const upper = v128.shuffle<u32>(x, x, 2, 3, 2, 3);
    const second = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_u(upper), high), f64x2.splat(ROUND));
    const q = v128.shuffle<u32>(first, second, 0, 2, 4, 6);
    const product01 = i64x2.extmul_low_i32x4_u(q, sl);
    const product23 = i64x2.extmul_high_i32x4_u(q, sl);
    const productHigh = v128.shuffle<u32>(product01, product23, 1, 3, 5, 7);
    const whole = i32x4.eq(v128.shuffle<u32>(product01, product23, 0, 2, 4, 6), i32x4.splat(0));
    const rest = i32x4.sub(i32x4.sub(x, i32x4.mul(q, sh)), productHigh);
    const over = i32x4.lt_s(rest, i32x4.add(whole, i32x4.splat(1)));
    const same = v128.and(i32x4.eq(x, sl), i32x4.eq(sh, i32x4.splat(0)));
    return v128.andnot(i32x4.add(q, over), same);
  }

  /** floor(x * 65535 / 2^32): x / 2^16 floored, less 1 where the bits dropped are fewer than x / 2^32 takes away. */
  @inline
  static toU16(x: v128): v128 {
    const dropped = i32x4.shl(x, 16);
    const borrow = i32x4.gt_u(x, dropped);
    return i32x4.add(i32x4.shr_u(x, 16), borrow);
  }
}
