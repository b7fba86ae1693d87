/**
 * Liquid by groups: the averaged bonds of four columns, each pair with a smoothing constant of its own.
 * Room   assembly (numeric core); the general form stands in ../liquid.ts
 * Spec   docs/spec/yuma-epoch.md 9.4 b
 * Takes  rows in ascending columns, where the chain's cursor is a plain lookup
 * Exact  both ends of the bracket of a sigmoid give a bond; if they agree it is that one (each product is monotone in the
 *        sigmoid), else the series decides (docs/liquid-alpha.md)
 * PERF   a bracket takes 7 ns an entry; one in ten is left open where bonds are full and random, and costs 28 more. 64 x
 *        4096, the whole epoch: 56 ns an entry when brackets and series were taken one by one, 17 so. Tried: constants
 *        splatted in memory (2 %), a branch on what is open (10 %), the series for every entry (slower)
 */
import { Fixed, ONE } from '../fixed';
import { alphaOf } from '../liquid';
import { Alpha, reachesZero, setBounds } from './alpha';
import { Bonds, penalty } from './bonds';
import * as group from './group';
import { Lanes } from './lanes';
import { Open, placeOpen, settle } from './open';
import * as place from './place';
import { Sigmoid } from './sigmoid';

/** Largest size of an exponent. */
const LIMIT: f64 = 20.0 * 4294967296.0;

let slope: i64 = 0;
let low: i64 = 0;
let high: i64 = 0;
/** The slope is upper * 2^20 + lower * 2^20, the second factor below 1. */
let upper: f64 = 0;
let lower: f64 = 0;

/** Slope of the sigmoid and bounds of the constants, raw, of the epoch; the table of the sigmoid has been made. */
export function startLiquid(rawSlope: i64, rawLow: i64, rawHigh: i64): void {
  slope = rawSlope;
  low = rawLow;
  high = rawHigh;
  upper = <f64>(rawSlope >> 20);
  lower = <f64>(rawSlope & 0xf_ffff) / 1048576.0;
  setBounds(rawLow, rawHigh);
}

/** Writes the averaged bonds; gives a bit for each lane in which one is exactly 2^32: its column is to be done again. */
export function average(consensus: v128): i32 {
  const c = v128.xor(consensus, i32x4.splat(i32.MIN_VALUE));
  let whole = 0;
  placeOpen(place.open);
  for (let r = 0; r < group.weighing; r++) {
    const out = group.bondsOut + ((<usize>r) << 4);
    if (load<u8>(group.present + r) === 0) {
      v128.store(out, i32x4.splat(0));
      continue;
    }
    const x = Bonds.weight(r, consensus);
    const entries = Pairs.present(r, x);
    if (low === ONE) v128.store(out, v128.and(x, entries));
    else whole |= Pairs.average(x, Bonds.stored(r), c, entries, out);
  }
  whole |= settle();
  for (let r = group.weighing; r < group.count; r++) {
    v128.store(group.bondsOut + ((<usize>r) << 4), i32x4.splat(0));
  }
  return whole;
}

class Pairs {
  /** Lanes in which the row from which bonds are made has an entry. */
  @inline
  static present(r: i32, x: v128): v128 {
    const bits = i32x4.splat(<i32>load<u8>(group.present + r));
    const present = i32x4.ne(v128.and(bits, i32x4(1, 2, 4, 8)), i32x4.splat(0));
    if (penalty === 0) return present;
    const none = i32x4.eq(x, i32x4.splat(0));
    if (penalty !== ONE) return v128.andnot(present, none);
    const given = i32x4.ne(v128.load(group.weights + ((<usize>r) << 4)), i32x4.splat(i32.MIN_VALUE));
    return v128.andnot(present, v128.and(none, given)); // see `drops`
  }

  /**
   * The exponent: floor(slope * x / 2^32) for two |x| <= 2^31, clamped.
   * Exact  the slope has at most 41 bits and a sign: each product is an integer below 2^52, or one times 2^-20, and so is
   *        their sum with the second floored; nested floors are one
   */
  @inline
  static exponent(x: v128): v128 {
    const rest = f64x2.floor(f64x2.mul(x, f64x2.splat(lower)));
    const sum = f64x2.add(f64x2.mul(x, f64x2.splat(upper)), rest);
    const t = f64x2.floor(f64x2.mul(sum, f64x2.splat(1.0 / 4096.0)));
    return f64x2.pmax(f64x2.pmin(t, f64x2.splat(LIMIT)), f64x2.splat(-LIMIT));
  }

  /**
   * Writes the averaged bonds of four pairs: x = weights for bonds, stored = bonds as stored, c = consensus, u32 each;
   * entries: the lanes that have an entry, all others give 0. Those that the bracket leaves open are written by `settle`.
   * Gives a bit for each lane in which a bond is exactly 2^32.
   */
  @inline
  static average(x: v128, stored: v128, c: v128, entries: v128, out: usize): i32 {
    const y = Alpha.raw(stored);
    const full = Alpha.full(stored);
    const d = v128.bitselect(i32x4.sub(i32x4.max_u(x, c), c), i32x4.sub(y, x), i32x4.ge_u(x, y));
    const centred = v128.xor(d, i32x4.splat(i32.MIN_VALUE)); // less 2^31; full lanes, -1, are to have 1 more
    const centredHigh = v128.shuffle<u32>(centred, centred, 2, 3, 2, 3);
    const fullHigh = v128.shuffle<u32>(full, full, 2, 3, 2, 3);
    const t01 = Pairs.exponent(f64x2.sub(f64x2.convert_low_i32x4_s(centred), f64x2.convert_low_i32x4_s(full)));
    const t23 = Pairs.exponent(f64x2.sub(f64x2.convert_low_i32x4_s(centredHigh), f64x2.convert_low_i32x4_s(fullHigh)));
    const knots01 = Sigmoid.knots(t01);
    const knots23 = Sigmoid.knots(t23);
    const at0 = Sigmoid.first(knots01);
    const at1 = Sigmoid.second(knots01);
    const at2 = Sigmoid.first(knots23);
    const at3 = Sigmoid.second(knots23);
    const g01 = Sigmoid.estimate(t01, knots01, at0, at1);
    const g23 = Sigmoid.estimate(t23, knots23, at2, at3);
    const least = Alpha.of(v128.shuffle<u32>(Sigmoid.least(g01, at0, at1), Sigmoid.least(g23, at2, at3), 0, 2, 4, 6));
    const largest = Alpha.of(
      v128.shuffle<u32>(Sigmoid.largest(g01, at0, at1), Sigmoid.largest(g23, at2, at3), 0, 2, 4, 6),
    );
    const bought = Lanes.mul(least, x);
    const kept = Alpha.kept(least, y, full);
    const known = v128.and(i32x4.eq(bought, Lanes.mul(largest, x)), i32x4.eq(kept, Alpha.kept(largest, y, full)));
    const done = v128.and(entries, known);
    v128.store(out, v128.and(i32x4.add(bought, kept), done));
    let whole = reachesZero ? i32x4.bitmask(v128.and(done, Alpha.whole(least, full))) : 0;
    const open = i32x4.bitmask(v128.andnot(entries, known));
    if (Open.note(x, stored, t01, t23, out, open)) whole |= settle();
    return whole;
  }
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
  const alpha = alphaOf(x, y, c, slope, low, high);
  return Fixed.mul(alpha, x) + Fixed.mul(ONE - alpha, y);
}
