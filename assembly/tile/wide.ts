/**
 * Wide: one column of a tile done again value by value, where 2^32 itself occurs.
 * Room   assembly (numeric core)
 * Spec   docs/spec/yuma-epoch.md 7.4, 8, 9.3, 9.4 c, 9.5
 * Layout values, others: scratch i64 a row
 * Cost   about 50 ns a row. A column comes here that holds a weight of 2^32 (a row's only one), and in Yuma2 one that a
 *        single row holds at some step
 */

import { Fixed, ONE, sumOf } from '../fixed';
import { penalty } from './bonds';
import { ROW16, ROW32 } from './gather';
import { bondOf, drops } from './liquid';
import * as place from './place';
import * as rows from './rows';

const LONE: u32 = 0xffff_ffff;

let holding: i32 = 0;

/** Forgets the columns held by single rows. */
export function startHolders(): void {
  holding = 0;
}

/** Columns held by single rows so far. */
export function holderCount(): i32 {
  return holding;
}

/** Notes that row r holds the whole of a column: a share of 2^32, which stands as 0 in the tile. */
export function addHolder(r: i32, column: i32): void {
  store<i32>(place.holders + ((<usize>holding) << 3), r);
  store<i32>(place.holders + ((<usize>holding) << 3), column, 4);
  holding += 1;
}

/** A lane of a tile as raw I32F32. Only in columns with a weight of 2^32 does 2^32 - 1 stand for it. */
function raw(lane: u32): i64 {
  return lane === LONE ? ONE : <i64>lane;
}

function weightOf(r: i32, k: i32): i64 {
  if (r >= rows.weighing) return 0;
  return raw(load<u32>(place.tileWeights + ((<usize>r) << ROW32) + ((<usize>k) << 2)) ^ 0x8000_0000);
}

function stakeOf(r: i32): i64 {
  return <i64>load<u32>(place.rowStake + ((<usize>r) << 4));
}

/** The consensus of the column, whose lane is given; trust and rank corrected for weights of 2^32. */
export function wideConsensus(k: i32, lane: u32, rank: usize): i64 {
  const consensus = raw(lane);
  let sum: i64 = 0;
  for (let r = 0; r < rows.weighing; r++) {
    const clipped = min<i64>(weightOf(r, k), consensus);
    const trust = place.rowTrust + ((<usize>r) << 4);
    if (clipped === ONE) store<i64>(trust, load<i64>(trust) + 1); // the lanes added 2^32 - 1
    if (r < rows.voting) sum += Fixed.mul(stakeOf(r), clipped);
  }
  store<i64>(rank, sum);
  return consensus;
}

function weightForBonds(r: i32, k: i32, consensus: i64): i64 {
  const weight = weightOf(r, k);
  if (penalty === 0) return weight;
  const clipped = min<i64>(weight, consensus);
  return penalty === ONE ? clipped : weight + Fixed.mul(penalty, clipped - weight);
}

function storedOf(r: i32, k: i32): i64 {
  return <i64>load<u16>(place.tileBonds + ((<usize>r) << ROW16) + ((<usize>k) << 1));
}

/** Bond and stored score of a row into the tile; its share among the shares, or among the holders. */
function put(r: i32, k: i32, column: i32, shares: usize, bond: i64, score: u32, share: i64): void {
  store<u32>(place.tileBondsOut + ((<usize>r) << ROW32) + ((<usize>k) << 2), <u32>min<i64>(bond, 0xffff_ffff));
  store<u16>(place.tileStored + ((<usize>r) << ROW16) + ((<usize>k) << 1), <u16>score);
  if (share === ONE) addHolder(r, column);
  store<u32>(shares + ((<usize>r) << ROW32) + ((<usize>k) << 2), share === ONE ? 0 : <u32>share);
}

/** The averaged bond of row r: with the constant alpha, or, if that is negative, with one of its own. */
function averaged(r: i32, k: i32, consensus: i64, alpha: i64): i64 {
  const weight = weightForBonds(r, k, consensus);
  const old = Fixed.prop(<u32>storedOf(r, k));
  if (alpha >= 0) return Fixed.mul(alpha, weight) + Fixed.mul(ONE - alpha, old);
  return hasEntry(r, k, weight) ? bondOf(weight, old, consensus) : 0;
}

/** Whether the row from which bonds are made has an entry in the column; under liquid alpha a bond without one vanishes. */
function hasEntry(r: i32, k: i32, weight: i64): bool {
  if (r >= rows.weighing || ((load<u32>(place.rowPresent + ((<usize>r) << 2)) >> k) & 1) === 0) return false;
  return weight > 0 || !drops(r, (<usize>k) << 2);
}

export function wideYuma3(k: i32, column: i32, consensus: i64, alpha: i64, shares: usize, values: usize): void {
  for (let r = 0; r < rows.count; r++) store<i64>(values + ((<usize>r) << 3), averaged(r, k, consensus, alpha));
  const sum = sumOf(values, rows.count);
  for (let r = 0; r < rows.count; r++) {
    const bond = load<i64>(values + ((<usize>r) << 3));
    put(r, k, column, shares, bond, Fixed.toU16(bond), Fixed.div(bond, sum));
  }
}

export function wideYuma2(
  k: i32,
  column: i32,
  consensus: i64,
  alpha: i64,
  shares: usize,
  values: usize,
  others: usize,
): void {
  for (let r = 0; r < rows.count; r++) {
    store<i64>(
      values + ((<usize>r) << 3),
      r < rows.weighing ? Fixed.mul(stakeOf(r), weightForBonds(r, k, consensus)) : 0,
    );
    store<i64>(others + ((<usize>r) << 3), storedOf(r, k));
  }
  const bought = sumOf(values, rows.count);
  const old = sumOf(others, rows.count);
  for (let r = 0; r < rows.count; r++) {
    const slot = (<usize>r) << 3;
    const fresh = Fixed.mul(alpha, Fixed.div(load<i64>(values + slot), bought));
    store<i64>(values + slot, fresh + Fixed.mul(ONE - alpha, Fixed.div(load<i64>(others + slot), old)));
  }
  const sum = sumOf(values, rows.count);
  let largest: i64 = 0;
  for (let r = 0; r < rows.count; r++) {
    const slot = (<usize>r) << 3;
    const share = Fixed.div(load<i64>(values + slot), sum);
    store<i64>(values + slot, share);
    largest = max<i64>(largest, share);
  }
  for (let r = 0; r < rows.count; r++) {
    const share = load<i64>(values + ((<usize>r) << 3));
    put(r, k, column, shares, share, Fixed.toU16(Fixed.div(share, largest)), share);
  }
}
