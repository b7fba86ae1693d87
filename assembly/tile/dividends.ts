/**
 * Dividends: each row's shares of its columns times their incentives.
 * Room   assembly (numeric core); the general forms stand in ../yuma2.ts, ../yuma3.ts
 * Spec   docs/spec/yuma-epoch.md 9.4 c, 9.5
 * Exact  every product is floored, then added. An incentive of exactly 2^32 leaves all others 0: that column's shares
 *        themselves are the sums. A share of exactly 2^32 earns the incentive itself
 */

import { Fixed, normalize, ONE } from '../fixed';
import * as at from '../layout';
import { Lanes } from './lanes';
import * as place from './place';
import { groupBytes, TILE, tileBytes } from './place';
import * as rows from './rows';

let holding: i32 = 0;

/** Forgets the columns held by single rows. */
export function startHolders(): void {
  holding = 0;
}

/** Notes that row r holds the whole of a uid's column: a share of 2^32, which stands as 0 among the shares. */
export function addHolder(r: i32, uid: u32): void {
  store<i32>(place.holders + ((<usize>holding) << 3), r);
  store<u32>(place.holders + ((<usize>holding) << 3), uid, 4);
  holding += 1;
}

/** Sums of all rows over the tiles first .. last - 1, a pair of i64 a row, added at `rowDividend`. */
export function addTiles(first: i32, last: i32): void {
  for (let t = first; t < last; t++) {
    addTile(place.shares + <usize>t * tileBytes(rows.count), place.incentives + <usize>t * TILE * 4);
  }
}

/** What the columns that single rows hold earn them. */
export function addHeld(): void {
  for (let h = 0; h < holding; h++) {
    const sum = place.rowDividend + ((<usize>load<u32>(place.holders + ((<usize>h) << 3))) << 4);
    const uid = load<u32>(place.holders + ((<usize>h) << 3), 4);
    store<i64>(sum, load<i64>(sum) + load<i64>(at.incentive + ((<usize>uid) << 3)));
  }
}

/** The dividends of all uids from the sums of the rows. */
export function storeDividends(n: i32, timesStake: bool): void {
  memory.fill(at.dividends, 0, (<usize>n) << 3);
  for (let r = 0; r < rows.count; r++) {
    const uid = (<usize>load<u32>(place.rowUid + ((<usize>r) << 2))) << 3;
    const sum = place.rowDividend + ((<usize>r) << 4);
    const total = load<i64>(sum) + load<i64>(sum, 8);
    store<i64>(at.dividends + uid, timesStake ? Fixed.mulOrZero(total, load<i64>(at.activeStake + uid)) : total);
  }
  normalize(at.dividends, n, at.dividends);
}

/** Incentives as lanes by tile column; one of exactly 2^32 stands as 0. Gives its column, else -1. */
export function laneIncentives(columns: i32): i32 {
  let whole = -1;
  for (let j = 0; j < columns; j++) {
    const uid = load<u16>(place.columnOf + ((<usize>j) << 1));
    const incentive = load<i64>(at.incentive + ((<usize>uid) << 3));
    if (incentive === ONE) whole = j;
    store<u32>(place.incentives + ((<usize>j) << 2), incentive === ONE ? 0 : <u32>incentive);
  }
  for (let j = columns; j < place.padded(columns); j++) store<u32>(place.incentives + ((<usize>j) << 2), 0);
  return whole;
}

/** The shares themselves, where one column has all the incentive. */
export function addWhole(column: i32): void {
  const shares =
    place.shares +
    <usize>(column / TILE) * tileBytes(rows.count) +
    <usize>((column % TILE) >> 2) * groupBytes(rows.count) +
    ((<usize>(column & 3)) << 2);
  for (let r = 0; r < rows.count; r++) {
    const sum = place.rowDividend + ((<usize>r) << 4);
    store<i64>(sum, load<i64>(sum) + <i64>load<u32>(shares + ((<usize>r) << 4)));
  }
}

function addTile(shares: usize, incentives: usize): void {
  let any = i32x4.splat(0);
  for (let k: usize = 0; k < 128; k += 16) any = v128.or(any, v128.load(incentives + k));
  if (!v128.any_true(any)) return;
  const step = groupBytes(rows.count);
  for (let k: usize = 0; k < 128; k += 32) {
    const earned = v128.load(incentives + k);
    const earnedNext = v128.load(incentives + k, 16);
    let sum = place.rowDividend;
    const end = shares + step;
    for (let share = shares; share < end; share += 16) {
      const here = Lanes.mul(v128.load(share), earned);
      const next = Lanes.mul(v128.load(share + step), earnedNext);
      const four = i64x2.add(
        i64x2.add(i64x2.extend_low_i32x4_u(here), i64x2.extend_high_i32x4_u(here)),
        i64x2.add(i64x2.extend_low_i32x4_u(next), i64x2.extend_high_i32x4_u(next)),
      );
      v128.store(sum, i64x2.add(v128.load(sum), four));
      sum += 16;
    }
    shares += step << 1;
  }
}
