/**
 * Alpha: from the integer sigmoids of four pairs to their smoothing constants and averaged bonds.
 * Room   assembly (numeric core); the general form stands in ../liquid.ts
 * Spec   docs/spec/yuma-epoch.md 9.4 b
 * Exact  a sigmoid is at least 1 and below 2^32, low at most high and below 2^32: so is every constant. The chain's clamp to
 *        low .. high then changes nothing
 */
import { ONE } from '../fixed';
import { Lanes } from './lanes';

let lows: u32 = 0;
let span: u32 = 0;
/** Whether a constant can be 0, and a bond of 2^32 so stay what it is. */
export let reachesZero: bool = false;

/** Bounds of the constants, raw. A span of 2^32 stands as one less, and its low of 0 as 1: see `Alpha.of`. */
export function setBounds(low: i64, high: i64): void {
  const all = high - low === ONE;
  lows = all ? 1 : <u32>low;
  span = all ? 0xffff_ffff : <u32>(high - low);
  reachesZero = low === 0;
}

export class Alpha {
  /** low + floor(g * (high - low) / 2^32). If the span is 2^32 that is g, and floor(g * (2^32 - 1) / 2^32) = g - 1. */
  @inline
  static of(g: v128): v128 {
    return i32x4.add(Lanes.mul(g, i32x4.splat(span)), i32x4.splat(lows));
  }

  /** Stored bonds, u16 in lanes, as raw values; 65535, which is 2^32, as 2^32 - 1. */
  @inline
  static raw(stored: v128): v128 {
    return i32x4.add(i32x4.shl(stored, 16), stored);
  }

  /** Lanes whose stored bond is 2^32. */
  @inline
  static full(stored: v128): v128 {
    return i32x4.eq(stored, i32x4.splat(65535));
  }

  /**
   * floor((2^32 - alpha) * bond / 2^32), the bond as `raw` has it. The first factor is one more than its complement, which
   * fits; for a full bond the product with 2^32 - 1 is floored to 1 less than that with 2^32. 0 where it is 2^32.
   */
  @inline
  static kept(alpha: v128, bond: v128, full: v128): v128 {
    const rest = v128.not(alpha);
    const first = i64x2.add(i64x2.extmul_low_i32x4_u(rest, bond), i64x2.extend_low_i32x4_u(bond));
    const second = i64x2.add(i64x2.extmul_high_i32x4_u(rest, bond), i64x2.extend_high_i32x4_u(bond));
    return i32x4.sub(v128.shuffle<u32>(first, second, 1, 3, 5, 7), full);
  }

  /** Lanes whose averaged bond is exactly 2^32: a full bond of which nothing is lost. */
  @inline
  static whole(alpha: v128, full: v128): v128 {
    return v128.and(full, i32x4.eq(alpha, i32x4.splat(0)));
  }
}
