/**
 * Liquid by groups: the averaged bonds of four columns, each pair with a smoothing constant of its own.
 * Room   assembly (numeric core); the general form stands in ../liquid.ts
 * Spec   docs/spec/yuma-epoch.md 9.4 b
 * Takes  rows in ascending columns, where the chain's cursor is a plain lookup
 * Exact  both ends of the bracket of a smoothing constant give a bond; if they agree it is that one (each product is
 *        monotone in the constant), else the series decides
 * PERF   one bracket an entry; the series is run for about one entry in eight where bonds are full and random, the worst
 *        case. 60 ns an entry at 64 x 4096 then; table: bench/RESULTS.md, "One epoch"
 */
import { Fixed, ONE } from '../fixed';
import { alphaOf } from '../liquid';
import { Bonds, penalty } from './bonds';
import * as group from './group';
import * as place from './place';
import * as sigmoid from './sigmoid';

const HALF: i64 = ONE / 2;
let slope: i64 = 0;
let low: i64 = 0;
let high: i64 = 0;

/** Slope of the sigmoid and bounds of the constants, raw, of the epoch. */
export function startLiquid(rawSlope: i64, rawLow: i64, rawHigh: i64): void {
  slope = rawSlope;
  low = rawLow;
  high = rawHigh;
}

/** Writes the averaged bonds; gives a bit for each lane in which one is exactly 2^32: its column is to be done again. */
export function average(consensus: v128): i32 {
  let whole = 0;
  v128.store(place.divisor, v128.xor(consensus, i32x4.splat(i32.MIN_VALUE)));
  for (let r = 0; r < group.weighing; r++) {
    const out = group.bondsOut + ((<usize>r) << 4);
    v128.store(out, i32x4.splat(0));
    const present = load<u8>(group.present + r);
    if (present === 0) continue;
    v128.store(place.scattered, Bonds.weight(r, consensus));
    for (let lane: usize = 0; lane < 4; lane++) {
      if (((present >> <u8>lane) & 1) === 0) continue;
      const weight = <i64>load<u32>(place.scattered + (lane << 2));
      const c = <i64>load<u32>(place.divisor + (lane << 2));
      if (weight === 0 && drops(r, lane)) continue;
      const stored = load<u16>(group.bonds + ((<usize>r) << 3) + (lane << 1));
      const bond = bondOf(weight, Fixed.prop(stored), c);
      if (bond === ONE) whole |= 1 << (<i32>lane);
      store<u32>(out + (lane << 2), <u32>bond);
    }
  }
  for (let r = group.weighing; r < group.count; r++) {
    v128.store(group.bondsOut + ((<usize>r) << 4), i32x4.splat(0));
  }
  return whole;
}

/**
 * Whether an entry whose weight for bonds is 0 is none: under a penalty it stays only if it was submitted as 0, and only
 * where the clipped weights are taken as they are.
 */
export function drops(r: i32, lane: usize): bool {
  if (penalty === 0) return false;
  return penalty !== ONE || load<u32>(group.weights + ((<usize>r) << 4) + (lane << 2)) !== 0x8000_0000;
}

/** The averaged bond of one pair: x = weight, y = old bond, c = consensus. */
export function bondOf(x: i64, y: i64, c: i64): i64 {
  const difference = x >= y ? x - c : y - x;
  const d = min<i64>(max<i64>(difference, 0), ONE);
  const t = exponent(d - HALF);
  if (t !== ONE) {
    sigmoid.bracket(t);
    const alphaLeast = within(sigmoid.least);
    const alphaLargest = within(sigmoid.largest);
    const bought = product(alphaLeast, x);
    const kept = product(ONE - alphaLeast, y);
    if (bought === product(alphaLargest, x) && kept === product(ONE - alphaLargest, y)) return bought + kept;
  }
  return mixed(x, y, alphaOf(x, y, c, slope, low, high));
}

/** floor(slope * x / 2^32) for |x| <= 2^31; the slope has at most 41 bits, so both products fit 64. */
function exponent(x: i64): i64 {
  return (slope >> 32) * x + (((slope & 0xffff_ffff) * x) >> 32);
}

/** The smoothing constant of a sigmoid. */
function within(sigmoid: i64): i64 {
  return max<i64>(min<i64>(low + product(sigmoid, high - low), high), low);
}

function mixed(x: i64, y: i64, alpha: i64): i64 {
  return min<i64>(product(alpha, x) + product(ONE - alpha, y), ONE);
}

/** floor(a * b / 2^32) for 0 <= a, b <= 2^32. */
function product(a: i64, b: i64): i64 {
  return a === ONE ? b : <i64>((<u64>a * <u64>b) >> 32);
}
