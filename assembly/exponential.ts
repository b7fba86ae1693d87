/**
 * Exponential: the chain's truncated series for e^t.
 * Room   assembly (numeric core). Also in src/epoch/reference/exponential.ts
 * Spec   docs/spec/yuma-epoch.md 9.7
 * Exact  |t| <= 20 * 2^32 keeps every term below 2^62 and the sum below 2^63
 * PERF   always 30 rounds, each a 128-bit product and a division by a small number
 */
import { ONE } from './fixed';
import { multiplyUnsigned } from './wide';

const LIMIT: i64 = 20 << 32;
/** What the chain gives at exactly 1: e with 23 fraction bits. */
const E: i64 = 11_674_931_200;

/** e^t with t clamped to -20 .. 20; never an error. */
export function exponential(t: i64): i64 {
  if (t > LIMIT) t = LIMIT;
  else if (t < -LIMIT) t = -LIMIT;
  if (t === 0) return ONE;
  if (t === ONE) return E;
  const x = <u64>(t < 0 ? -t : t);
  let sum = x + <u64>ONE;
  let term = x;
  for (let i: u64 = 2; i <= 31; i++) {
    term = multiplyUnsigned(term, x) / i;
    sum += term;
  }
  return t < 0 ? reciprocal(sum) : <i64>sum;
}

/** floor(2^64 / x) for x > 2^32. */
export function reciprocal(x: u64): i64 {
  const quotient = u64.MAX_VALUE / x;
  return <i64>(u64.MAX_VALUE % x === x - 1 ? quotient + 1 : quotient);
}
