/**
 * Exponential: the chain's power series, with its errors.
 * Room   reference (executable spec). Also in assembly/exponential.ts
 * Spec   docs/spec/yuma-epoch.md 9.7
 * Takes  a raw I32F32 exponent
 * Exact  32 terms, every step truncated; 1.0 has a value of its own; about 0.8 % too small at 20
 * Cost   90 BigInt operations
 */
import { checkedDiv, checkedMul, fits, ONE, type Raw } from './fixed.js';

const LIMIT: Raw = 20n * ONE;

/** e with 23 fraction bits, which is all the chain's library knows of it. */
const E: Raw = 11_674_931_200n;

const TERMS = 32n;

/** exp of the exponent, clamped to -20 .. 20; always between 8 and about 2^61. */
export function expSafe(exponent: Raw): Raw {
  const clamped = exponent < -LIMIT ? -LIMIT : exponent > LIMIT ? LIMIT : exponent;
  return exp(clamped)!; // no term overflows within the limits (spec 9.7)
}

/** exp of the exponent, or `null` where a step overflows. */
export function exp(exponent: Raw): Raw | null {
  if (exponent === 0n) return ONE;
  if (exponent === ONE) return E;
  const x = exponent < 0n ? -exponent : exponent;
  let result = x + ONE;
  let term = x;
  for (let i = 2n; i < TERMS; i++) {
    const next = checkedMul(term, x);
    if (next === null) return null;
    term = next / i;
    result += term;
  }
  if (!fits(result, 64)) return null;
  return exponent < 0n ? checkedDiv(ONE, result) : result;
}
