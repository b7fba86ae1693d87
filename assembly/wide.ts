/**
 * Wide: products and quotients of raw I32F32 through 128 bits, for operands that the one-word forms cannot take.
 * Room   assembly (numeric core), behind fixed.ts; BigInt does this work in the reference room
 * Spec   docs/spec/yuma-epoch.md 2
 */

let high: u64 = 0;

/** Low word of a * b; the high word is then in `high`. */
function multiply128(a: u64, b: u64): u64 {
  const a0 = a & 0xffff_ffff;
  const a1 = a >> 32;
  const b0 = b & 0xffff_ffff;
  const b1 = b >> 32;
  const low = a0 * b0;
  const middle = a1 * b0 + (low >> 32); // at most (2^32 - 1)^2 + 2^32 - 1: fits
  const cross = a0 * b1 + (middle & 0xffff_ffff);
  high = a1 * b1 + (middle >> 32) + (cross >> 32);
  return (cross << 32) | (low & 0xffff_ffff);
}

function magnitude(a: i64): u64 {
  return a < 0 ? <u64>-a : <u64>a;
}

/** floor(a * b / 2^32) for any a, b. Out of range: clamped if `saturate`, else 0. */
export function multiplyWide(a: i64, b: i64, saturate: bool): i64 {
  const low = multiply128(magnitude(a), magnitude(b));
  const negative = (a ^ b) < 0;
  const whole = (high << 32) | (low >> 32);
  if (negative) {
    if (high > 0x8000_0000 || (high === 0x8000_0000 && low !== 0)) return saturate ? i64.MIN_VALUE : 0;
    return -(<i64>(whole + <u64>((low & 0xffff_ffff) !== 0))); // the floor is the ceiling of the magnitude
  }
  if (high >= 0x8000_0000) return saturate ? i64.MAX_VALUE : 0;
  return <i64>whole;
}

/** floor(a * b / 2^32) for a signed share and an unsigned amount, clamped to u64; a negative gives 0. */
export function multiplyAmount(share: i64, amount: u64): u64 {
  if (share <= 0) return 0;
  const low = multiply128(<u64>share, amount);
  return high >> 32 !== 0 ? u64.MAX_VALUE : (high << 32) | (low >> 32);
}

/** floor(a * b / 2^32) where the result is known to fit u64. */
export function multiplyUnsigned(a: u64, b: u64): u64 {
  const low = multiply128(a, b);
  return (high << 32) | (low >> 32);
}

/** trunc(a * 2^32 / b) for any a, b. Out of range: clamped if `saturate`, else 0. b = 0 gives 0. */
export function divideWide(a: i64, b: i64, saturate: bool): i64 {
  if (b === 0) return 0;
  const dividend = magnitude(a);
  const divisor = magnitude(b);
  const negative = (a ^ b) < 0;
  const whole = dividend / divisor;
  const quotient: u64 = whole > 0x8000_0000 ? u64.MAX_VALUE : (whole << 32) + fraction32(dividend % divisor, divisor);
  if (negative) return quotient > (<u64>1) << 63 ? (saturate ? i64.MIN_VALUE : 0) : -(<i64>quotient);
  return quotient >= (<u64>1) << 63 ? (saturate ? i64.MAX_VALUE : 0) : <i64>quotient;
}

/** floor(rest * 2^32 / divisor) for rest < divisor <= 2^63. */
function fraction32(rest: u64, divisor: u64): u64 {
  if (rest >> 32 === 0) return (rest << 32) / divisor;
  let quotient: u64 = 0;
  for (let bit = 0; bit < 32; bit++) {
    rest <<= 1;
    quotient <<= 1;
    if (rest >= divisor) {
      rest -= divisor;
      quotient |= 1;
    }
  }
  return quotient;
}
