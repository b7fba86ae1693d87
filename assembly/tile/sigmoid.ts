/**
 * Sigmoid: between which two numbers the sigmoid of liquid alpha lies, without its series.
 * Room   assembly (numeric core); the exact form stands in ../liquid.ts, ../exponential.ts
 * Spec   docs/spec/yuma-epoch.md 9.4 b, 9.7
 * Layout by knot, y = 0, 1/256 .. 20: h = 2^32 / (1 + T(y)), its slope times 1/256, and `excess`; f64 each
 * Exact  docs/liquid-alpha.md derives the bounds; test/backends/sigmoid.test.ts holds them against the series, and fails
 *        when they are halved
 */

const KNOTS: i32 = 5_121;
const PER_UNIT: f64 = 256.0;
const LARGEST: f64 = 20.0;
/** Terms of the series, the chain's own. */
const TERMS: i32 = 32;

/** Interpolation and rounding of the table and of what is read from it, in raw units. */
const TABLE: f64 = 0.125;
/** What flooring the exponent to 32 bits can change: less than a unit of it, at a slope of a quarter. */
const EXPONENT: f64 = 0.25;
/** What flooring the reciprocal of the series can add, at a slope below 1; negative exponents only. */
const RECIPROCAL: f64 = 1.0;

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

/** Brackets the integer sigmoid of the real exponent t (1 = 1.0), other than one within 2^-30 of 1. */
export function bracket(t: f64): void {
  bracketBy(t, 1.0);
}

/** The same with so much of every margin; tests show that half is too little. */
export function bracketBy(t: f64, part: f64): void {
  const y = Math.min(Math.abs(t), LARGEST);
  const scaled = y * PER_UNIT;
  const knot = min<i32>(<i32>scaled, KNOTS - 2);
  const u = scaled - <f64>knot;
  const slot = table + <usize>knot * 24;
  const a = load<f64>(slot);
  const b = load<f64>(slot, 24);
  const slopeA = load<f64>(slot, 8);
  const slopeB = load<f64>(slot, 32);
  const series = EXPONENT + load<f64>(slot, 16);
  const rise = b - a;
  const h = a + u * (slopeA + u * (3.0 * rise - 2.0 * slopeA - slopeB + u * (slopeA + slopeB - 2.0 * rise)));
  if (t >= 0.0) {
    least = <i64>(h - TABLE * part);
    largest = <i64>(h + (TABLE + series) * part);
  } else {
    least = <i64>(4294967296.0 - h - (TABLE + series) * part);
    largest = <i64>(4294967296.0 - h + (TABLE + RECIPROCAL) * part);
  }
  if (least < 0) least = 0;
}
