/**
 * Sigmoid: between which two numbers the sigmoid of liquid alpha lies, four exponents at a time, without its series.
 * Room   assembly (numeric core); the exact form stands in ../exponential.ts, and by lanes in series.ts
 * Spec   docs/spec/yuma-epoch.md 9.4 b, 9.7
 * Layout by knot, exponents -20, -20 + 1/64 .. 20, 16 bytes each: the exponential of the cut series (f64), and what to take
 *        from the estimate for the least sigmoid and to add for the largest before they are rounded (f32 each)
 * Exact  docs/liquid-alpha.md derives the bounds; test/backends/sigmoid.test.ts holds them against the series, and fails
 *        when they are halved
 */

import { makeConstants, SERIES_BYTES } from './series';

const KNOTS: i32 = 1280;
const PER_UNIT: f64 = 64.0;
const KNOT_BYTES: usize = (2 * 1280 + 1) << 4;
/** Bytes of the table and the constants of the series behind it. */
export const TABLE_BYTES: usize = KNOT_BYTES + SERIES_BYTES;
/** Terms of the series, the chain's own. */
const TERMS: i32 = 32;
const ONE: f64 = 4294967296.0;

/** Interpolation and rounding of the table and of what is read from it, in raw units. */
const TABLE: f64 = 0.001953125;
/** How much larger the sigmoid is at an exponent of exactly 1, where the chain has a constant of its own, at most. */
const AT_ONE: f64 = 32.0;
/** Largest error of a margin as f32, which is below 64. */
const AS_F32: f64 = 0.000003814697265625;
/** So much above an integer less 1/2, a number is not rounded to the integer below. */
const LIFT: f64 = 0.000244140625;

/** Adding it to 0 <= x < 2^51 rounds x to the nearest integer, which then stands in the low bits. */
const ROUND: f64 = 4503599627370496.0;
/** The same for numbers down to -2^51. */
const ROUND_SIGNED: f64 = 6755399441055744.0;

/** The knot of exponent 0. */
let middle: usize = 0;
/** How much of every margin the table was made with: 1, but in tests. */
let madeWith: f64 = 0;

/** Least and largest sigmoid, raw, of the last `bracketBy`. */
export let least: i64 = 0;
export let largest: i64 = 0;

/** Fills the table at `at`, and the constants of the series behind it: TABLE_BYTES in all. */
export function makeTable(at: usize, part: f64 = 1.0): void {
  middle = at + ((<usize>KNOTS) << 4);
  madeWith = part;
  makeConstants(at + KNOT_BYTES);
  for (let knot = 0; knot <= KNOTS; knot++) {
    const y = <f64>knot / PER_UNIT;
    const series = sumAt(y);
    // The piece reaches half a knot to either side: what is lost grows with y, what weighs it falls.
    const left = sumAt(Math.max(y - 0.5 / PER_UNIT, 0.0));
    const excess = truncated(y + 0.5 / PER_UNIT) / ((1.0 + left) * (1.0 + left));
    const right = sumAt(y + 0.5 / PER_UNIT);
    const floored = (right / (1.0 + right)) * (right / (1.0 + right));
    const special = knot === <i32>PER_UNIT ? AT_ONE : 0.0;
    if (knot === 0) setKnot(0, 1.0, excess * part, Math.max(excess, floored) * part);
    else {
      setKnot(-knot, 1.0 / series, excess * part, floored * part);
      setKnot(knot, series, 0.0, (excess + special) * part);
    }
  }
}

function setKnot(knot: i32, exponential: f64, below: f64, above: f64): void {
  const slot = middle + ((<usize>knot) << 4);
  const table = TABLE * madeWith;
  store<f64>(slot, exponential);
  store<f32>(slot, <f32>(0.5 + below + table + AS_F32), 8);
  store<f32>(slot, <f32>(above + table + AS_F32 - (0.5 - LIFT)), 12);
}

/** The cut series at y. */
function sumAt(y: f64): f64 {
  let term = 1.0;
  let sum = 1.0;
  for (let i = 1; i < TERMS; i++) {
    term *= y / <f64>i;
    sum += term;
  }
  return sum;
}

/**
 * How far the truncations of the integer series can add up to at y, in raw units: each term loses less than 1 and what
 * it inherits, and never more than all of itself.
 */
function truncated(y: f64): f64 {
  let term = ONE * y;
  let lost = 0.0;
  let sum = 0.0;
  for (let i = 2; i < TERMS; i++) {
    term = (term * y) / <f64>i;
    lost = Math.min((lost * y) / <f64>i + 1.0, term);
    sum += lost;
  }
  return sum;
}

/** Steps of the bracket on two raw exponents from -20 to 20 as f64. */
export class Sigmoid {
  /** 2^52 * 3/2 plus the nearest knot, whose number is in the low bits. */
  @inline
  static knots(t: v128): v128 {
    return f64x2.add(f64x2.mul(t, f64x2.splat(PER_UNIT / ONE)), f64x2.splat(ROUND_SIGNED));
  }

  /** What the table has for the first exponent, and for the second. */
  @inline
  static first(knots: v128): v128 {
    return v128.load(middle + ((<usize>i32x4.extract_lane(knots, 0)) << 4));
  }

  @inline
  static second(knots: v128): v128 {
    return v128.load(middle + ((<usize>i32x4.extract_lane(knots, 2)) << 4));
  }

  /** The sigmoid as a real number: 2^32 / (1 + e), e from the knot by four terms of its exponential. */
  @inline
  static estimate(t: v128, knots: v128, first: v128, second: v128): v128 {
    const r = f64x2.sub(f64x2.mul(t, f64x2.splat(PER_UNIT / ONE)), f64x2.sub(knots, f64x2.splat(ROUND_SIGNED)));
    let power = f64x2.add(f64x2.mul(r, f64x2.splat(C4)), f64x2.splat(C3));
    power = f64x2.add(f64x2.mul(power, r), f64x2.splat(C2));
    power = f64x2.add(f64x2.mul(power, r), f64x2.splat(C1));
    power = f64x2.add(f64x2.mul(power, r), f64x2.splat(1.0));
    const e = f64x2.mul(v128.shuffle<u64>(first, second, 0, 2), power);
    return f64x2.div(f64x2.splat(ONE), f64x2.add(e, f64x2.splat(1.0)));
  }

  /** Both margins below, then both above. */
  @inline
  static margins(first: v128, second: v128): v128 {
    return v128.shuffle<u32>(first, second, 2, 6, 3, 7);
  }

  /** The least integer it can be, in the low words. */
  @inline
  static least(estimate: v128, first: v128, second: v128): v128 {
    const below = f64x2.promote_low_f32x4(Sigmoid.margins(first, second));
    return f64x2.add(f64x2.sub(estimate, below), f64x2.splat(ROUND));
  }

  /** The largest integer it can be, in the low words. */
  @inline
  static largest(estimate: v128, first: v128, second: v128): v128 {
    const margins = Sigmoid.margins(first, second);
    const above = f64x2.promote_low_f32x4(v128.shuffle<u32>(margins, margins, 2, 3, 2, 3));
    return f64x2.add(f64x2.add(estimate, above), f64x2.splat(ROUND));
  }
}

/** Powers of the distance between two knots over their factorials: e^(r/64) = 1 + C1 r + C2 r^2 .. */
const C1: f64 = 1.0 / 64.0;
const C2: f64 = 1.0 / 8192.0;
const C3: f64 = 1.0 / 1572864.0;
const C4: f64 = 1.0 / 402653184.0;

/** Brackets one exponent by so much of every margin: tests show that half is too little. */
export function bracketBy(t: i64, part: f64): void {
  if (part !== madeWith) makeTable(middle - ((<usize>KNOTS) << 4), part);
  const exponent = f64x2.splat(Math.max(Math.min(<f64>t, 20.0 * ONE), -20.0 * ONE));
  const knots = Sigmoid.knots(exponent);
  const first = Sigmoid.first(knots);
  const second = Sigmoid.second(knots);
  const estimate = Sigmoid.estimate(exponent, knots, first, second);
  least = <i64>(<u32>i32x4.extract_lane(Sigmoid.least(estimate, first, second), 0));
  largest = <i64>(<u32>i32x4.extract_lane(Sigmoid.largest(estimate, first, second), 0));
}
