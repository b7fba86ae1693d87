/**
 * Fixed-point arithmetic: numbers as the chain's library rounds, clamps and wraps them.
 * Room   reference (executable spec). Also in assembly/fixed.ts
 * Spec   docs/spec/yuma-epoch.md 2
 * Takes  raw values: a number times 2^32 (I32F32), as a signed 64-bit integer in a BigInt
 * Exact  products and quotients are unbounded on the way; mul floors, div truncates towards zero, results are clamped
 *        (saturating), wrapped (vector sums) or refused (checked), never rounded
 * Cost   one to three BigInt operations each; written to be read
 */

/** A raw I32F32 value, within 64 bits signed. */
export type Raw = bigint;

/** Fraction bits of I32F32. */
const FRACTION = 32n;

/** 1.0 as raw I32F32. */
export const ONE: Raw = 1n << FRACTION;

/** Whether `x` fits a signed integer of so many bits. */
export const fits = (x: bigint, bits: number): boolean => BigInt.asIntN(bits, x) === x;

/** `x`, or the end of the signed range of so many bits that lies nearest. */
export function clampTo(bits: number, x: bigint): bigint {
  if (fits(x, bits)) return x;
  const beyond = 1n << BigInt(bits - 1);
  return x < 0n ? -beyond : beyond - 1n;
}

/** Saturating sum. */
export const add = (a: Raw, b: Raw): Raw => clampTo(64, a + b);

/** Saturating difference. */
export const sub = (a: Raw, b: Raw): Raw => clampTo(64, a - b);

/** Saturating product, floored also where it is negative. */
export const mul = (a: Raw, b: Raw): Raw => clampTo(64, (a * b) >> FRACTION);

/** Product, or `null` where it does not fit. */
export function checkedMul(a: Raw, b: Raw): Raw | null {
  const product = (a * b) >> FRACTION;
  return fits(product, 64) ? product : null;
}

/** Quotient truncated towards zero, or `null` where `b` is 0 or the quotient does not fit. */
export function checkedDiv(a: Raw, b: Raw): Raw | null {
  if (b === 0n) return null;
  const quotient = (a << FRACTION) / b;
  return fits(quotient, 64) ? quotient : null;
}

/** The chain's `safeDiv`: 0 where there is no quotient. */
export const div = (a: Raw, b: Raw): Raw => checkedDiv(a, b) ?? 0n;

/** Saturating quotient, truncated towards zero; `b` must not be 0. */
export const saturatingDiv = (a: Raw, b: Raw): Raw => clampTo(64, (a << FRACTION) / b);

/** Vector sum: wraps modulo 2^64, which no legal input reaches. */
export function sum(vector: readonly Raw[]): Raw {
  let total = 0n;
  for (const value of vector) total += value;
  return BigInt.asIntN(64, total); // once at the end is the same as after every addition
}

/** Shares of the vector's sum; the vector itself where that sum is 0. */
export const normalize = (vector: readonly Raw[]): Raw[] => normalizeTo(sum(vector), vector);

/** Shares of `total`; the vector itself where `total` is 0. */
export const normalizeTo = (total: Raw, vector: readonly Raw[]): Raw[] =>
  vector.map((value) => (total === 0n ? value : div(value, total)));

/** An integer u16 as raw. */
export const fromU16 = (value: number | bigint): Raw => BigInt(value) << FRACTION;

/** A share of 65535, given as raw, as raw proportion. */
export const proportion = (value: Raw): Raw => saturatingDiv(value, fromU16(65_535));

/** `prop` of the spec: a u16 share as raw proportion; 65535 gives exactly ONE. */
export const prop = (share: number | bigint): Raw => proportion(fromU16(share));

/** Integer part as u64: floored, clamped at both ends. `fraction` is the number of fraction bits of `raw`. */
export function toU64(raw: bigint, fraction: bigint): bigint {
  const whole = raw >> fraction;
  if (whole < 0n) return 0n;
  return whole > 0xffff_ffff_ffff_ffffn ? 0xffff_ffff_ffff_ffffn : whole;
}

/** A raw proportion as u16 share: truncated, clamped at both ends; ONE - 1 gives 65534. */
export function toU16(value: Raw): number {
  const share = toU64(mul(value, fromU16(65_535)), FRACTION);
  return share > 65_535n ? 65_535 : Number(share);
}
