/**
 * Wide: one column of a group done again value by value, where 2^32 itself occurs.
 * Room   assembly (numeric core)
 * Spec   docs/spec/yuma-epoch.md 7.4, 8, 9.3, 9.4 c, 9.5
 * Layout values, others: scratch i64 a slot
 * Cost   about 50 ns a slot. A column comes here that holds a weight of 2^32 (a row's only one), and in Yuma2 one that a
 *        single row holds at some step
 */

import { Fixed, ONE, sumOf } from '../fixed';
import { penalty } from './bonds';
import * as group from './group';
import { bondOf, drops } from './liquid';

const LONE: u32 = 0xffff_ffff;

/** A lane of a group as raw I32F32. Only in columns with a weight of 2^32 does 2^32 - 1 stand for it. */
function raw(lane: u32): i64 {
  return lane === LONE ? ONE : <i64>lane;
}

function weightOf(r: i32, lane: usize): i64 {
  if (r >= group.weighing) return 0;
  return raw(load<u32>(group.weights + ((<usize>r) << 4) + (lane << 2)) ^ 0x8000_0000);
}

function stakeOf(r: i32, lane: usize): i64 {
  return <i64>load<u32>(group.stakes + ((<usize>r) << 4) + (lane << 2));
}

/** The consensus of a column with a weight of 2^32, whose lane is given; its rank at `rank`. */
export function wideConsensus(lane: usize, word: u32, rank: usize): i64 {
  const consensus = raw(word);
  let sum: i64 = 0;
  for (let r = 0; r < group.weighing; r++) {
    sum += Fixed.mul(stakeOf(r, lane), min<i64>(weightOf(r, lane), consensus));
  }
  store<i64>(rank, sum);
  return consensus;
}

/** Whether the clipped weight of a slot is exactly 2^32, for which the lanes added 2^32 - 1 to the trust. */
export function clipsToOne(r: i32, lane: usize, consensus: i64): bool {
  return consensus === ONE && weightOf(r, lane) === ONE;
}

function weightForBonds(r: i32, lane: usize, consensus: i64): i64 {
  const weight = weightOf(r, lane);
  if (penalty === 0) return weight;
  const clipped = min<i64>(weight, consensus);
  return penalty === ONE ? clipped : weight + Fixed.mul(penalty, clipped - weight);
}

function storedOf(r: i32, lane: usize): i64 {
  return <i64>load<u16>(group.bonds + ((<usize>r) << 3) + (lane << 1));
}

/** Bond, stored score and share of a slot; a share of 2^32 stands as 0, gives true, and is for the caller to note. */
function put(r: i32, lane: usize, bond: i64, score: u32, share: i64): bool {
  store<u32>(group.bondsOut + ((<usize>r) << 4) + (lane << 2), <u32>min<i64>(bond, 0xffff_ffff));
  store<u16>(group.stored + ((<usize>r) << 3) + (lane << 1), <u16>score);
  store<u32>(group.sharesOut + ((<usize>r) << 4) + (lane << 2), share === ONE ? 0 : <u32>share);
  return share === ONE;
}

/** The averaged bond of a slot: with the constant alpha, or, if that is negative, with one of its own. */
function averaged(r: i32, lane: usize, consensus: i64, alpha: i64): i64 {
  const weight = weightForBonds(r, lane, consensus);
  const old = Fixed.prop(<u32>storedOf(r, lane));
  if (alpha >= 0) return Fixed.mul(alpha, weight) + Fixed.mul(ONE - alpha, old);
  return hasEntry(r, lane, weight) ? bondOf(weight, old, consensus) : 0;
}

/** Whether the row from which bonds are made has an entry in the column; under liquid alpha a bond without one vanishes. */
function hasEntry(r: i32, lane: usize, weight: i64): bool {
  if (r >= group.weighing || ((load<u8>(group.present + r) >> <u8>lane) & 1) === 0) return false;
  return weight > 0 || !drops(r, lane);
}

/** The slot that holds the whole column, -1 = none. */
export function wideYuma3(lane: usize, consensus: i64, alpha: i64, values: usize): i32 {
  let holder = -1;
  for (let r = 0; r < group.count; r++) store<i64>(values + ((<usize>r) << 3), averaged(r, lane, consensus, alpha));
  const sum = sumOf(values, group.count);
  for (let r = 0; r < group.count; r++) {
    const bond = load<i64>(values + ((<usize>r) << 3));
    if (put(r, lane, bond, Fixed.toU16(bond), Fixed.div(bond, sum))) holder = r;
  }
  return holder;
}

/** The slot that holds the whole column, -1 = none. */
export function wideYuma2(lane: usize, consensus: i64, alpha: i64, values: usize, others: usize): i32 {
  for (let r = 0; r < group.count; r++) {
    const slot = (<usize>r) << 3;
    const bought = r < group.weighing ? Fixed.mul(stakeOf(r, lane), weightForBonds(r, lane, consensus)) : 0;
    store<i64>(values + slot, bought);
    store<i64>(others + slot, storedOf(r, lane));
  }
  const bought = sumOf(values, group.count);
  const old = sumOf(others, group.count);
  for (let r = 0; r < group.count; r++) {
    const slot = (<usize>r) << 3;
    const fresh = Fixed.mul(alpha, Fixed.div(load<i64>(values + slot), bought));
    store<i64>(values + slot, fresh + Fixed.mul(ONE - alpha, Fixed.div(load<i64>(others + slot), old)));
  }
  const sum = sumOf(values, group.count);
  let largest: i64 = 0;
  for (let r = 0; r < group.count; r++) {
    const slot = (<usize>r) << 3;
    const share = Fixed.div(load<i64>(values + slot), sum);
    store<i64>(values + slot, share);
    largest = max<i64>(largest, share);
  }
  let holder = -1;
  for (let r = 0; r < group.count; r++) {
    const share = load<i64>(values + ((<usize>r) << 3));
    if (put(r, lane, share, Fixed.toU16(Fixed.div(share, largest)), share)) holder = r;
  }
  return holder;
}
