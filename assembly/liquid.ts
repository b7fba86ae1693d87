/**
 * Liquid: the average of bonds with a smoothing constant of its own for each pair.
 * Room   assembly (numeric core). Also in src/epoch/reference/liquid.ts
 * Spec   docs/spec/yuma-epoch.md 9.4 b
 * Layout seenNew, seenOld, decayable: scratch i64[n], zero on entry and on return
 * PERF   a sigmoid for each entry of the new rows only: pairs without one are never read
 */

import { exponential, reciprocal } from './exponential';
import { Fixed, ONE } from './fixed';

/** Raw slope of the sigmoid from hundredths: trunc(-steepness * 2^32 / 100). */
export function slope(steepness: i32): i64 {
  return (-(<i64>steepness) * ONE) / 100;
}

/** The smoothing constant of one pair; x = new weight, y = old bond, c = consensus of the column. */
export function alphaOf(x: i64, y: i64, c: i64, slope: i64, low: i64, high: i64): i64 {
  const difference = x >= y ? Fixed.sub(x, c) : Fixed.sub(y, x);
  const d = min<i64>(max<i64>(difference, 0), ONE);
  const sigmoid = reciprocal(<u64>Fixed.add(ONE, exponential(Fixed.mul(slope, d - ONE / 2))));
  const alpha = Fixed.add(low, Fixed.mul(sigmoid, Fixed.sub(high, low)));
  return max(min(alpha, high), low);
}

/** Averaged rows in the order of the new rows; bonds without an entry there vanish. */
export function liquid(
  n: i32,
  consensus: usize,
  steepness: i32,
  low: i64,
  high: i64,
  newOffsets: usize,
  newColumns: usize,
  newValues: usize,
  oldOffsets: usize,
  oldColumns: usize,
  oldValues: usize,
  seenNew: usize,
  seenOld: usize,
  decayable: usize,
  outOffsets: usize,
  outColumns: usize,
  outValues: usize,
): void {
  const k = slope(steepness);
  let end: u32 = 0;
  for (let i = 0; i < n; i++) {
    store<u32>(outOffsets + ((<usize>i) << 2), end);
    const start = load<u32>(newOffsets + ((<usize>i) << 2));
    const stop = load<u32>(newOffsets + ((<usize>i) << 2), 4);
    if (start === stop) continue;
    const oldStart = load<u32>(oldOffsets + ((<usize>i) << 2));
    const oldStop = load<u32>(oldOffsets + ((<usize>i) << 2), 4);
    scatterVisible(n, start, stop, newColumns, newValues, seenNew);
    scatterVisible(n, oldStart, oldStop, oldColumns, oldValues, seenOld);
    scatterLast(n, oldStart, oldStop, oldColumns, oldValues, decayable);
    for (let at = start; at < stop; at++) {
      const column = load<u16>(newColumns + ((<usize>at) << 1));
      const slot = (<usize>column) << 3;
      const alpha = alphaOf(
        load<i64>(seenNew + slot),
        load<i64>(seenOld + slot),
        load<i64>(consensus + slot),
        k,
        low,
        high,
      );
      const old = Fixed.mul(Fixed.sub(ONE, alpha), load<i64>(decayable + slot));
      const bought = max(Fixed.mul(alpha, load<i64>(newValues + ((<usize>at) << 3))), 0);
      const value = min(Fixed.add(old, bought), ONE);
      if (value <= 0) continue;
      store<u16>(outColumns + ((<usize>end) << 1), column);
      store<i64>(outValues + ((<usize>end) << 3), value);
      end += 1;
    }
    clear(n, start, stop, newColumns, seenNew);
    clear(n, oldStart, oldStop, oldColumns, seenOld);
    clear(n, oldStart, oldStop, oldColumns, decayable);
  }
  store<u32>(outOffsets + ((<usize>n) << 2), end);
}

/**
 * What the chain's forward-only cursor sees of a row: an entry is found at its column only if all entries before it
 * have smaller columns. Those are the strict maxima from the left; a sorted row is seen whole.
 */
function scatterVisible(n: i32, start: u32, stop: u32, columns: usize, values: usize, seen: usize): void {
  let largest = -1;
  for (let at = start; at < stop; at++) {
    const column = <i32>load<u16>(columns + ((<usize>at) << 1));
    if (column <= largest) continue;
    largest = column;
    if (column >= n) return;
    store<i64>(seen + ((<usize>column) << 3), load<i64>(values + ((<usize>at) << 3)));
  }
}

function scatterLast(n: i32, start: u32, stop: u32, columns: usize, values: usize, out: usize): void {
  for (let at = start; at < stop; at++) {
    const column = <i32>load<u16>(columns + ((<usize>at) << 1));
    if (column < n) store<i64>(out + ((<usize>column) << 3), load<i64>(values + ((<usize>at) << 3)));
  }
}

function clear(n: i32, start: u32, stop: u32, columns: usize, out: usize): void {
  for (let at = start; at < stop; at++) {
    const column = <i32>load<u16>(columns + ((<usize>at) << 1));
    if (column < n) store<i64>(out + ((<usize>column) << 3), 0);
  }
}
