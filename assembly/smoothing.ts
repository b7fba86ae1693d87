/**
 * Smoothing: the constant alpha = 1 - bondsMovingAverage of the fixed average of bonds.
 * Room   assembly (numeric core). Also in src/epoch/reference/smoothing.ts
 * Spec   docs/spec/yuma-epoch.md 9.2. Averages of 2^31 and more (only root could set them) do not fit I32F32: the
 *        chain clamps them in Yuma2 and lets them wrap in Yuma3
 */
import { Fixed, ONE } from './fixed';

const MILLION: u64 = 1_000_000;

/** Raw alpha for Yuma2: everything clamps. */
export function smoothingClamped(movingAverage: u64): i64 {
  const whole = movingAverage / MILLION;
  if (whole >= 0x8000_0000) return Fixed.sub(ONE, i64.MAX_VALUE);
  return Fixed.sub(ONE, <i64>((whole << 32) + ((movingAverage % MILLION) << 32) / MILLION));
}

/** Raw alpha for Yuma3: the average is read as a signed number, divided towards zero, floored to 32 bits, modulo 2^64. */
export function smoothingWrapped(movingAverage: u64): i64 {
  const negative = <i64>movingAverage < 0;
  const size: u64 = negative ? -movingAverage : movingAverage;
  const rest = (size % MILLION) << 32;
  const floor = ((size / MILLION) << 32) + rest / MILLION;
  const average = negative ? -(<i64>(floor + <u64>(rest % MILLION !== 0))) : <i64>floor;
  return Fixed.sub(ONE, average);
}
