/**
 * Series: the chain's integer sigmoid of eight exponents at once, by its series in doubles.
 * Room   assembly (numeric core); the scalar form stands in ../exponential.ts
 * Spec   docs/spec/yuma-epoch.md 9.4 b, 9.7
 * Layout exponents: eight raw ones, f64; sigmoids: eight, u32. Constants: for each i from 2 to 31, v128 each, 1 / i a little
 *        too small and a little too large
 * Exact  docs/liquid-alpha.md, 7: every floor is taken of a bound from below and of one from above; where they differ
 *        the lane is given back as unknown. So is an exponent of exactly 1, where the chain has a value of its own: its
 *        first quotient, 2^31, is a whole number
 * PERF   a chain of two products and a floor a round, so four of them side by side: 9 ns an exponent where all are below
 *        1, 16 up to 5; the scalar series takes 59 and 105
 */

/** Bytes of the constants. */
export const SERIES_BYTES: usize = 30 << 5;

const ONE: f64 = 4294967296.0;
/** Adding it to an integer below 2^32 leaves that in the low word. */
const ROUND: f64 = 4503599627370496.0;
const TWO_64: f64 = 4294967296.0 * 4294967296.0;
/** 1 less and 1 plus 2^-50. */
const DOWN: f64 = 1.0 - 0.0000000000000008881784197001252;
const UP: f64 = 1.0 + 0.0000000000000008881784197001252;
/** Up to here the sum of the series stays far below 2^53. */
const LIMIT: f64 = 8.0;

let constants: usize = 0;

/** Writes the constants at `at`, SERIES_BYTES. */
export function makeConstants(at: usize): void {
  constants = at;
  for (let i = 2; i <= 31; i++) {
    const slot = at + ((<usize>(i - 2)) << 5);
    v128.store(slot, f64x2.splat((1.0 / <f64>i) * DOWN));
    v128.store(slot, f64x2.splat((1.0 / <f64>i) * UP), 16);
  }
}

/** Writes eight sigmoids; gives a bit for each that is unknown. */
export function sigmoids(exponents: usize, out: usize): i32 {
  const t0 = v128.load(exponents);
  const t1 = v128.load(exponents, 16);
  const t2 = v128.load(exponents, 32);
  const t3 = v128.load(exponents, 48);
  const scale = f64x2.splat(1.0 / ONE);
  const y0 = f64x2.mul(f64x2.abs(t0), scale);
  const y1 = f64x2.mul(f64x2.abs(t1), scale);
  const y2 = f64x2.mul(f64x2.abs(t2), scale);
  const y3 = f64x2.mul(f64x2.abs(t3), scale);
  let p0 = f64x2.abs(t0);
  let p1 = f64x2.abs(t1);
  let p2 = f64x2.abs(t2);
  let p3 = f64x2.abs(t3);
  const one = f64x2.splat(ONE);
  let sum0 = f64x2.add(p0, one);
  let sum1 = f64x2.add(p1, one);
  let sum2 = f64x2.add(p2, one);
  let sum3 = f64x2.add(p3, one);
  const limit = f64x2.splat(LIMIT);
  let unknown0 = f64x2.gt(y0, limit);
  let unknown1 = f64x2.gt(y1, limit);
  let unknown2 = f64x2.gt(y2, limit);
  let unknown3 = f64x2.gt(y3, limit);
  for (let slot = constants; slot < constants + SERIES_BYTES; slot += 32) {
    const down = v128.load(slot);
    const up = v128.load(slot, 16);
    p0 = f64x2.mul(p0, y0);
    p1 = f64x2.mul(p1, y1);
    p2 = f64x2.mul(p2, y2);
    p3 = f64x2.mul(p3, y3);
    const most0 = f64x2.floor(f64x2.mul(p0, up));
    const most1 = f64x2.floor(f64x2.mul(p1, up));
    const most2 = f64x2.floor(f64x2.mul(p2, up));
    const most3 = f64x2.floor(f64x2.mul(p3, up));
    p0 = f64x2.floor(f64x2.mul(p0, down));
    p1 = f64x2.floor(f64x2.mul(p1, down));
    p2 = f64x2.floor(f64x2.mul(p2, down));
    p3 = f64x2.floor(f64x2.mul(p3, down));
    unknown0 = v128.or(unknown0, f64x2.ne(p0, most0));
    unknown1 = v128.or(unknown1, f64x2.ne(p1, most1));
    unknown2 = v128.or(unknown2, f64x2.ne(p2, most2));
    unknown3 = v128.or(unknown3, f64x2.ne(p3, most3));
    sum0 = f64x2.add(sum0, p0);
    sum1 = f64x2.add(sum1, p1);
    sum2 = f64x2.add(sum2, p2);
    sum3 = f64x2.add(sum3, p3);
    if (!v128.any_true(v128.or(v128.or(p0, p1), v128.or(p2, p3)))) break;
  }
  const bits01 = finish(t0, sum0, unknown0, out) | (finish(t1, sum1, unknown1, out + 8) << 2);
  const bits23 = finish(t2, sum2, unknown2, out + 16) | (finish(t3, sum3, unknown3, out + 24) << 2);
  return bits01 | (bits23 << 4);
}

/** The sigmoids of two exponents from the sums of their series; gives a bit for each that is unknown. */
function finish(t: v128, sum: v128, unknown: v128, out: usize): i32 {
  const whole = f64x2.splat(TWO_64);
  const down = f64x2.splat(DOWN);
  const up = f64x2.splat(UP);
  const fall = f64x2.div(whole, sum);
  const falls = f64x2.lt(t, f64x2.splat(0));
  const least = f64x2.floor(f64x2.mul(fall, down));
  unknown = v128.or(unknown, v128.and(falls, f64x2.ne(least, f64x2.floor(f64x2.mul(fall, up)))));
  const e = v128.bitselect(least, sum, falls);
  const quotient = f64x2.div(whole, f64x2.add(e, f64x2.splat(ONE)));
  const sigmoid = f64x2.floor(f64x2.mul(quotient, down));
  unknown = v128.or(unknown, f64x2.ne(sigmoid, f64x2.floor(f64x2.mul(quotient, up))));
  const words = f64x2.add(sigmoid, f64x2.splat(ROUND));
  v128.store64_lane(out, v128.shuffle<u32>(words, words, 0, 2, 0, 2), 0);
  return i64x2.bitmask(unknown);
}
