/**
 * Fixed: arithmetic on raw I32F32 (signed 64 bits, 32 of them fraction; ONE = 2^32), exact for every operand.
 * Room   assembly (numeric core). Also in src/epoch/reference/fixed.ts
 * Spec   docs/spec/yuma-epoch.md 2
 * Exact  operands from 0 to 2^32 - 1 (to be divided by no less) take one u64 operation; all others (ONE, negatives,
 *        large ones) go through 128 bits in wide.ts. Floats only in divShared, with their bound
 */
import { divideWide, multiplyWide } from './wide';

export const ONE: i64 = 1 << 32;

/** One operation each; a class because only its methods can be told to be inlined in a form that editors parse. */
export class Fixed {
  /** floor(a * b / 2^32), clamped. */
  @inline
  static mul(a: i64, b: i64): i64 {
    if (((a | b) & ~0xffff_ffff) === 0) return <i64>((<u64>a * <u64>b) >> 32);
    return multiplyWide(a, b, true);
  }

  /** floor(a * b / 2^32), or 0 if that does not fit (the dividends of 9.4). */
  @inline
  static mulOrZero(a: i64, b: i64): i64 {
    if (((a | b) & ~0xffff_ffff) === 0) return <i64>((<u64>a * <u64>b) >> 32);
    return multiplyWide(a, b, false);
  }

  /** trunc(a * 2^32 / b); 0 if b is 0 or the quotient does not fit. */
  @inline
  static div(a: i64, b: i64): i64 {
    if (b > 0 && a <= b && (a & ~0xffff_ffff) === 0) return <i64>(((<u64>a) << 32) / <u64>b);
    return divideWide(a, b, false);
  }

  /**
   * `div` by a divisor that many values share, given fl(2^32 / divisor).
   * Exact  for 0 <= a <= divisor < 2^53 and a < 2^32 the f64 estimate a * reciprocal has a relative error below 2^-52
   *        (two roundings), so, the quotient being at most 2^32, an absolute one below 2^-20: its floor is off by one at
   *        most, which the sign and size of the remainder tell. All other operands take `div`
   */
  @inline
  static divShared(a: i64, divisor: i64, reciprocal: f64): i64 {
    if ((a & ~0xffff_ffff) !== 0 || a > divisor || divisor >= 1 << 53) return Fixed.div(a, divisor);
    const quotient = <i64>(<f64>a * reciprocal);
    const rest = (a << 32) - quotient * divisor; // modulo 2^64, but between -divisor and 2 divisor
    if (rest < 0) return quotient - 1;
    return rest >= divisor ? quotient + 1 : quotient;
  }

  /** fl(2^32 / divisor), for `divShared`. */
  @inline
  static reciprocalOf(divisor: i64): f64 {
    return 4294967296.0 / <f64>divisor;
  }

  /** a + b, clamped. */
  @inline
  static add(a: i64, b: i64): i64 {
    const sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) return a < 0 ? i64.MIN_VALUE : i64.MAX_VALUE;
    return sum;
  }

  /** a - b, clamped. */
  @inline
  static sub(a: i64, b: i64): i64 {
    const difference = a - b;
    if (((a ^ b) & (a ^ difference)) < 0) return a < 0 ? i64.MIN_VALUE : i64.MAX_VALUE;
    return difference;
  }

  /** A u16 as a proportion: floor(u * 2^32 / 65535). Since 2^32 = 65537 * 65535 + 1, only u = 65535 gains the last unit. */
  @inline
  static prop(u: u32): i64 {
    return <i64>u * 65537 + <i64>(u === 65535);
  }

  /** A proportion as a u16: floor(x * 65535 / 2^32), clamped to 0 .. 65535. */
  @inline
  static toU16(x: i64): u32 {
    if (x <= 0) return 0;
    if (x >= ONE) return 65535;
    return <u32>((x * 65535) >> 32);
  }
}

/** Sum of a vector of n raw values, modulo 2^64 as on the chain. */
export function sumOf(vector: usize, n: i32): i64 {
  let sum: i64 = 0;
  for (let i = 0; i < n; i++) sum += load<i64>(vector + ((<usize>i) << 3));
  return sum;
}

/** out = vector / its sum, element by element; a copy if the sum is 0. `out` may be `vector`. */
export function normalize(vector: usize, n: i32, out: usize): void {
  divideAll(vector, n, sumOf(vector, n), out);
}

/** out = vector / divisor, element by element; a copy if the divisor is 0. `out` may be `vector`. */
function divideAll(vector: usize, n: i32, divisor: i64, out: usize): void {
  const reciprocal = Fixed.reciprocalOf(divisor);
  for (let i = 0; i < n; i++) {
    const at = (<usize>i) << 3;
    const value = load<i64>(vector + at);
    store<i64>(out + at, divisor === 0 ? value : Fixed.divShared(value, divisor, reciprocal));
  }
}

/** Whether a vector of n raw values holds any but 0. */
export function anyNonZero(vector: usize, n: i32): bool {
  for (let i = 0; i < n; i++) if (load<i64>(vector + ((<usize>i) << 3)) !== 0) return true;
  return false;
}
