/**
 * Exponential: the chain's truncated series for e^t.
 * Room   assembly (numeric core). Also in src/epoch/reference/exponential.ts; by lanes in tile/series.ts
 * Spec   docs/spec/yuma-epoch.md 9.7
 * Exact  |t| <= 20 * 2^32 keeps every term below 2^58, its product below 2^62 and the sum below 2^63. A term of 0 is
 *        followed by none but 0
 * PERF   three one-word products and a division a round, until the terms are 0: 59 ns up to exponents of 1, 105 up to 5;
 *        30 rounds of 128-bit products took 172
 */
import { ONE } from './fixed';

const LIMIT: i64 = 20 << 32;
/** What the chain gives at exactly 1: e with 23 fraction bits. */
const E: i64 = 11_674_931_200;
/** The sum of the series at 20, where every larger exponent ends. */
const SUM_AT_LIMIT: u64 = (481239357 << 32) + 2895507584;

/** e^t with t clamped to -20 .. 20; never an error. */
export function exponential(t: i64): i64 {
  if (t === ONE) return E;
  const sum = seriesOf(t < 0 ? -t : t);
  return t < 0 ? reciprocal(sum) : <i64>sum;
}

/** The sum of the series, x from 0 up. */
function seriesOf(x: i64): u64 {
  if (<u64>x >= <u64>LIMIT) return SUM_AT_LIMIT;
  const whole = <u64>x >> 32;
  const part = <u64>x & 0xffff_ffff;
  let term = <u64>x;
  let sum = term + <u64>ONE;
  for (let i: u64 = 2; i <= 31 && term !== 0; i++) {
    term = (term * whole + (term >> 32) * part + (((term & 0xffff_ffff) * part) >> 32)) / i;
    sum += term;
  }
  return sum;
}

/** floor(2^64 / x) for x > 1; for x = 2^32, 2^32. */
export function reciprocal(x: u64): i64 {
  const quotient = u64.MAX_VALUE / x;
  return <i64>(u64.MAX_VALUE % x === x - 1 ? quotient + 1 : quotient);
}
