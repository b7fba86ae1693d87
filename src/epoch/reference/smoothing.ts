/**
 * Smoothing: the one constant by which new bonds enter the moving average, where liquid alpha is not at work.
 * Room   reference (executable spec). Also in assembly/smoothing.ts
 * Spec   docs/spec/yuma-epoch.md 9.2
 * Takes  the bonds moving average, u64, in millionths of the old bonds that stay
 * Exact  I64F64, truncated, then floored to 32 bits. Above about 2^51 the two bond paths differ: the chain converts with
 *        saturation in Yuma2, by wrapping in Yuma3
 * Cost   O(1)
 */
import { clampTo, ONE, type Raw, sub } from './fixed.js';

const MILLION = 1_000_000n;

export const smoothing = (movingAverage: bigint, yuma3: boolean): Raw =>
  sub(ONE, yuma3 ? wrapping(movingAverage) : saturating(movingAverage));

const saturating = (average: bigint): Raw => clampTo(64, (clampTo(128, average << 64n) / MILLION) >> 32n);

const wrapping = (average: bigint): Raw => BigInt.asIntN(64, (BigInt.asIntN(128, average << 64n) / MILLION) >> 32n);
