/**
 * Fixed: arithmetic on raw I32F32 (signed 64 bits, 32 of them fraction; ONE = 2^32), exact for every operand.
 * Room   assembly (numeric core). Also in src/epoch/reference/fixed.ts
 * Spec   docs/spec/yuma-epoch.md 2
 * Exact  operands from 0 to 2^32 - 1 (to be divided by no less) take one u64 operation; all others (ONE, negatives,
 *        large ones) go through 128 bits in wide.ts. Floats only in divShared, with their bound
 */
import { Eight } from './eight';
import { divideWide, multiplyWide } from './wide';

export const ONE: i64 = 1 << 32;

/** Adding it to 0 <= x < 2^51 rounds x to the nearest integer, which then stands in the low bits. */
const ROUND: f64 = 4503599627370496.0;
const MANTISSA: i64 = 0x000f_ffff_ffff_ffff;

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
   * `div` by a divisor other than 0 that many values share, given fl(2^32 / divisor).
   * Exact  for 0 <= a <= divisor < 2^53 the f64 estimate a * reciprocal has a relative error below 2^-52 (two roundings),
   *        so, the quotient being at most 2^32, an absolute one below 2^-20. Rounded to the nearest integer it misses the
   *        quotient by at most 1/2 + 2^-20: its floor is that integer, or, if the remainder is negative, the one below.
   *        All other operands take `div`
   */
  @inline
  static divShared(a: i64, divisor: i64, reciprocal: f64): i64 {
    if (<u64>a > <u64>divisor || <u64>divisor >= 1 << 53) return Fixed.div(a, divisor);
    const quotient = reinterpret<i64>(<f64>a * reciprocal + ROUND) & MANTISSA;
    const rest = (a << 32) - quotient * divisor; // modulo 2^64, but its size is at most that of the divisor
    return quotient + (rest >> 63);
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
  let i = 0;
  if (ASC_FEATURE_SIMD) {
    let pairs = i64x2.splat(0);
    for (; i + 4 <= n; i += 4) {
      const at = vector + ((<usize>i) << 3);
      pairs = i64x2.add(pairs, i64x2.add(v128.load(at), v128.load(at, 16)));
    }
    sum = i64x2.extract_lane(pairs, 0) + i64x2.extract_lane(pairs, 1);
  }
  for (; i < n; i++) sum += load<i64>(vector + ((<usize>i) << 3));
  return sum;
}

/** out = vector / its sum, element by element; a copy if the sum is 0. `out` may be `vector`. */
export function normalize(vector: usize, n: i32, out: usize): void {
  const divisor = sumOf(vector, n);
  if (divisor === 0) {
    memory.copy(out, vector, (<usize>n) << 3);
    return;
  }
  const reciprocal = Fixed.reciprocalOf(divisor);
  for (let first = 0; first < n; first += 8) {
    if (Eight.zeros(vector, first, n)) {
      Eight.clear(out, first);
      continue;
    }
    const stop = min(first + 8, n);
    for (let i = first; i < stop; i++) {
      const at = (<usize>i) << 3;
      store<i64>(out + at, Fixed.divShared(load<i64>(vector + at), divisor, reciprocal));
    }
  }
}

/** Whether a vector of n raw values holds any but 0. */
export function anyNonZero(vector: usize, n: i32): bool {
  for (let i = 0; i < n; i++) if (load<i64>(vector + ((<usize>i) << 3)) !== 0) return true;
  return false;
}
