/**
 * Probes: the core's own arithmetic, one operation an export, so that tests can hold it against golden values.
 * Room   assembly (numeric core). Not part of the ABI that embedders rely on
 * Layout vectors lie in arrays of a prepared epoch: i64 an element, stake as u64 pairs
 */

import { weightedMedian } from './consensus';
import { setWay, went } from './epoch';
import { exponential } from './exponential';
import { Fixed, normalize, sumOf } from './fixed';
import * as layout from './layout';
import { alphaOf, slope } from './liquid';
import { topNonZero } from './permits';
import { smoothingClamped, smoothingWrapped } from './smoothing';
import { narrow, stake } from './stake';
import { Divisor } from './tile/divisor';
import { Lanes } from './tile/lanes';
import { sigmoids } from './tile/series';
import * as sigmoid from './tile/sigmoid';
import { divideWide, multiplyAmount } from './wide';

export function probeMul(a: i64, b: i64): i64 {
  return Fixed.mul(a, b);
}
export function probeMulOrZero(a: i64, b: i64): i64 {
  return Fixed.mulOrZero(a, b);
}
export function probeDiv(a: i64, b: i64): i64 {
  return Fixed.div(a, b);
}
export function probeDivClamped(a: i64, b: i64): i64 {
  return divideWide(a, b, true);
}
export function probeAdd(a: i64, b: i64): i64 {
  return Fixed.add(a, b);
}
export function probeSub(a: i64, b: i64): i64 {
  return Fixed.sub(a, b);
}
export function probeProp(value: u32): i64 {
  return Fixed.prop(value);
}
export function probeToU16(x: i64): u32 {
  return Fixed.toU16(x);
}
export function probeExponential(t: i64): i64 {
  return exponential(t);
}
export function probeAlpha(consensus: i64, weight: i64, bond: i64, low: i64, high: i64, slope: i64): i64 {
  return alphaOf(weight, bond, consensus, slope, low, high);
}
export function probeSlope(steepness: i32): i64 {
  return slope(steepness);
}
export function probeSmoothingClamped(movingAverage: u64): i64 {
  return smoothingClamped(movingAverage);
}
export function probeSmoothingWrapped(movingAverage: u64): i64 {
  return smoothingWrapped(movingAverage);
}
export function probeAmount(share: i64, amount: u64): u64 {
  return multiplyAmount(share, amount);
}
export function probeNarrow(low: u64, high: u64): i64 {
  return narrow(low, high);
}
/** stakeIn -> stake and wholeStake, nothing filtered. */
export function probeStake(): void {
  stake(layout.neurons, layout.stakeIn, 0, -1, layout.stake, layout.wholeStake);
}
/** stake -> activeStake, over its sum. */
export function probeNormalize(): void {
  normalize(layout.stake, layout.neurons, layout.activeStake);
}
/** stake -> newPermit. */
export function probeTopNonZero(k: i32): void {
  topNonZero(layout.neurons, layout.stake, k, layout.newPermit);
}
/** Weighted median of the weights in activeStake under the shares in stake, all of them voters. */
export function probeMedian(votingShare: i64, min: i64): i64 {
  return weightedMedian(layout.activeStake, layout.stake, layout.neurons, layout.neurons, votingShare, min);
}
/** Sum of stake, modulo 2^64. */
export function probeSum(): i64 {
  return sumOf(layout.stake, layout.neurons);
}
/** Way of the epochs from now on: 0 the one that suits, 1 tiles where they can be, 2 the general stages, 3 cells. */
export function probeWay(way: i32): void {
  setWay(way);
}
/** Way of the last epoch: 0 the general stages, 1 tiles, 2 cells. */
export function probeWent(): i32 {
  return went;
}
/** Makes the table of the sigmoid; an epoch must have been prepared. */
export function probeTable(): void {
  if (ASC_FEATURE_SIMD) sigmoid.makeTable(layout.sigmoidTable);
}
/** Least integer sigmoid of the raw exponent t by so much of every margin; the largest is in `probeLargest`. */
export function probeLeast(t: i64, part: f64): i64 {
  if (ASC_FEATURE_SIMD) {
    sigmoid.bracketBy(t, part);
    return sigmoid.least;
  }
  return 0;
}
export function probeLargest(): i64 {
  return ASC_FEATURE_SIMD ? sigmoid.largest : 0;
}
/**
 * x / divisor in the first lane or in the last, x < divisor; the divisor `beside` in the two between decides the way. At
 * least 16 neurons prepared.
 */
export function probeLaneQuotient(x: u32, divisor: i64, beside: i64, last: bool): u32 {
  if (ASC_FEATURE_SIMD) {
    const others = i64x2.splat(beside);
    const first = i64x2.replace_lane(others, 0, divisor);
    const kind = Divisor.make(layout.dense, first, i64x2.replace_lane(others, 1, divisor));
    const quotients = Divisor.divide(layout.dense, kind, i32x4.splat(x));
    return last ? i32x4.extract_lane(quotients, 3) : i32x4.extract_lane(quotients, 0);
  }
  return 0;
}
/** floor(a * b / 2^32) by lanes. */
export function probeLaneMul(a: u32, b: u32): u32 {
  return ASC_FEATURE_SIMD ? i32x4.extract_lane(Lanes.mul(i32x4.splat(a), i32x4.splat(b)), 3) : 0;
}
/** ceil(a * b / 2^32) by lanes. */
export function probeLaneMulUp(a: u32, b: u32): u32 {
  return ASC_FEATURE_SIMD ? i32x4.extract_lane(Lanes.mulUp(i32x4.splat(a), i32x4.splat(b)), 3) : 0;
}
/** floor(x * 65535 / 2^32) by lanes. */
export function probeLaneToU16(x: u32): u32 {
  return ASC_FEATURE_SIMD ? i32x4.extract_lane(Lanes.toU16(i32x4.splat(x)), 3) : 0;
}
/** The sigmoid of the raw exponent t by the series in doubles, -1 = left to the integers. At least 16 neurons prepared. */
export function probeSeries(t: i64): i64 {
  if (ASC_FEATURE_SIMD) {
    const exponents = layout.dense;
    for (let k: usize = 0; k < 64; k += 8) store<f64>(exponents + k, <f64>t);
    return sigmoids(exponents, exponents + 64) & 128 ? -1 : <i64>load<u32>(exponents + 92);
  }
  return -1;
}
