/**
 * Sigmoid: between which two numbers the sigmoid of liquid alpha lies, without its series.
 * Room   assembly (numeric core); the exact form stands in ../liquid.ts, ../exponential.ts
 * Spec   docs/spec/yuma-epoch.md 9.4 b, 9.7
 * Layout by knot, y = 0, 1/512 .. 20: h = 2^32 / (1 + T(y)), its slope times 1/512, and `excess`; f64 each
 * Exact  docs/liquid-alpha.md derives the bounds; test/backends/sigmoid.test.ts holds them against the series, and fails
 *        when they are halved
 */

const KNOTS: i32 = 10_241;
const PER_UNIT: f64 = 512.0;
const LARGEST: f64 = 20.0;
/** Terms of the series, the chain's own. */
const TERMS: i32 = 32;

/** Interpolation and rounding of the table and of what is read from it, in raw units. */
const TABLE: f64 = 0.0078125;
/** What flooring the reciprocal of the series can add, at a slope below 1; negative exponents only. */
const RECIPROCAL: f64 = 1.0;

/** Adding it to 0 <= x < 2^51 rounds x to the nearest integer, which then stands in the low bits. */
const ROUND: f64 = 4503599627370496.0;
const MANTISSA: i64 = 0x000f_ffff_ffff_ffff;

let table: usize = 0;

/** Least and largest sigmoid, raw, of the last `bracket`. */
export let least: i64 = 0;
export let largest: i64 = 0;

/** Fills the table at `at`: KNOTS times 24 bytes. */
export function makeTable(at: usize): void {
  table = at;
  for (let knot = 0; knot < KNOTS; knot++) {
    const y = <f64>knot / PER_UNIT;
    const slot = at + <usize>knot * 24;
    let term = 1.0;
    let sum = 1.0;
    for (let i = 1; i < TERMS; i++) {
      term *= y / <f64>i;
      sum += term;
    }
    const h = 4294967296.0 / (1.0 + sum);
    store<f64>(slot, h);
    store<f64>(slot, (-h * (sum - term)) / (1.0 + sum) / PER_UNIT, 8);
    store<f64>(slot, truncated(y + 1.0 / PER_UNIT) / ((1.0 + sum) * (1.0 + sum)), 16);
  }
}

/**
 * How far the truncations of the integer series can add up to at y, in raw units: each term loses less than 1 and what
 * it inherits, and never more than all of itself.
 */
function truncated(y: f64): f64 {
  let term = 4294967296.0 * y;
  let lost = 0.0;
  let sum = 0.0;
  for (let i = 2; i < TERMS; i++) {
    term = (term * y) / <f64>i;
    lost = Math.min((lost * y) / <f64>i + 1.0, term);
    sum += lost;
  }
  return sum;
}

/** Brackets the integer sigmoid of the raw exponent t, other than ONE, which has a value of its own. */
export function bracket(t: i64): void {
  bracketBy(t, 1.0);
}

/** The same with so much of every margin; tests show that half is too little. */
export function bracketBy(t: i64, part: f64): void {
  const scaled = Math.min(<f64>(t < 0 ? -t : t) * (PER_UNIT / 4294967296.0), LARGEST * PER_UNIT);
  const knot = min<i32>(<i32>scaled, KNOTS - 2);
  const u = scaled - <f64>knot;
  const slot = table + <usize>knot * 24;
  const a = load<f64>(slot);
  const b = load<f64>(slot, 24);
  const slopeA = load<f64>(slot, 8);
  const slopeB = load<f64>(slot, 32);
  const series = load<f64>(slot, 16);
  const rise = b - a;
  const h = a + u * (slopeA + u * (3.0 * rise - 2.0 * slopeA - slopeB + u * (slopeA + slopeB - 2.0 * rise)));
  if (t >= 0) {
    least = floorOrLess(h - TABLE * part);
    largest = floorOrMore(h + (TABLE + series) * part);
  } else {
    least = floorOrLess(4294967296.0 - h - (TABLE + series) * part);
    largest = floorOrMore(4294967296.0 - h + (TABLE + RECIPROCAL) * part);
  }
}

/** floor(x), or one less where x is an integer; 0 for x below 1/2. */
function floorOrLess(x: f64): i64 {
  return reinterpret<i64>(Math.max(x - 0.5, 0.0) + ROUND) & MANTISSA;
}

/** floor(x), or one more where x lies less than 2^-12 below an integer. */
function floorOrMore(x: f64): i64 {
  return reinterpret<i64>(x - (0.5 - 0.000244140625) + ROUND) & MANTISSA;
}
