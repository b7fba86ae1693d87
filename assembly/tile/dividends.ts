/**
 * Dividends by tiles: each row's shares of its columns times their incentives.
 * Room   assembly (numeric core); the general forms stand in ../yuma2.ts, ../yuma3.ts
 * Spec   docs/spec/yuma-epoch.md 9.4 c, 9.5
 * Exact  every product is floored, then added. An incentive of exactly 2^32 leaves all others 0: that column's shares
 *        themselves are the sums. A share of exactly 2^32 earns the incentive itself
 */

import { Fixed, normalize, ONE } from '../fixed';
import * as at from '../layout';
import { ROW32, TILE } from './gather';
import { Lanes } from './lanes';
import * as place from './place';
import * as rows from './rows';
import { holderCount } from './wide';

export function dividends(n: i32, columns: i32, timesStake: bool): void {
  const whole = laneIncentives(columns);
  memory.fill(place.rowDividend, 0, (<usize>rows.count) << 4);
  const tileBytes = (<usize>rows.count) << ROW32;
  let shares = place.shares;
  for (let first = 0; first < columns; first += TILE) {
    addTile(shares, place.incentives + ((<usize>first) << 2));
    shares += tileBytes;
  }
  memory.fill(at.dividends, 0, (<usize>n) << 3);
  for (let r = 0; r < rows.count; r++) {
    const sum = place.rowDividend + ((<usize>r) << 4);
    let total = load<i64>(sum) + load<i64>(sum, 8);
    if (whole >= 0) total += shareOf(r, whole);
    store<i64>(sum, total);
  }
  for (let h = 0; h < holderCount(); h++) {
    const sum = place.rowDividend + ((<usize>load<u32>(place.holders + ((<usize>h) << 3))) << 4);
    const uid = load<u16>(place.columnOf + ((<usize>load<u32>(place.holders + ((<usize>h) << 3), 4)) << 1));
    store<i64>(sum, load<i64>(sum) + load<i64>(at.incentive + ((<usize>uid) << 3)));
  }
  for (let r = 0; r < rows.count; r++) {
    const uid = (<usize>load<u32>(place.rowUid + ((<usize>r) << 2))) << 3;
    const total = load<i64>(place.rowDividend + ((<usize>r) << 4));
    store<i64>(at.dividends + uid, timesStake ? Fixed.mulOrZero(total, load<i64>(at.activeStake + uid)) : total);
  }
  normalize(at.dividends, n, at.dividends);
}

/** Incentives as lanes; one of exactly 2^32 stands as 0, and its column is given back (else -1). */
function laneIncentives(columns: i32): i32 {
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

function shareOf(r: i32, column: i32): i64 {
  const tile = place.shares + <usize>(column / TILE) * ((<usize>rows.count) << ROW32);
  return <i64>load<u32>(tile + ((<usize>r) << ROW32) + ((<usize>(column % TILE)) << 2));
}

function addTile(shares: usize, incentives: usize): void {
  let any = i32x4.splat(0);
  for (let k: usize = 0; k < 128; k += 16) any = v128.or(any, v128.load(incentives + k));
  if (!v128.any_true(any)) return;
  for (let r = 0; r < rows.count; r++) {
    const sum = place.rowDividend + ((<usize>r) << 4);
    let total = v128.load(sum);
    for (let k: usize = 0; k < 128; k += 16) {
      const earned = Lanes.mul(v128.load(shares + k), v128.load(incentives + k));
      total = i64x2.add(total, i64x2.add(i64x2.extend_low_i32x4_u(earned), i64x2.extend_high_i32x4_u(earned)));
    }
    v128.store(sum, total);
    shares += 1 << ROW32;
  }
}
