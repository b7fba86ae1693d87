/**
 * Permits: who may validate now, and who from the next epoch on.
 * Room   assembly (numeric core). Also in src/epoch/reference/permits.ts
 * Spec   docs/spec/yuma-epoch.md 4.3, 4.4, 1.3
 * PERF   no sort: the stakes other than 0 are halved by value until the K-th largest is left. 4096 stakes: 47 us when
 *        each half was found by a pass over all of them, 20 since only what is left is looked at; 64 of 4096: 56 and 0.5
 */
import { Eight } from './eight';
import * as at from './layout';

/** Permits in force: the old ones, and the owner's if its uid lies within the stored vector. */
export function permitsInForce(n: i32, oldPermit: usize, length: i32, owner: i32, out: usize): void {
  let i = 0;
  if (ASC_FEATURE_SIMD) {
    const one = i8x16.splat(1);
    for (; i + 16 <= length; i += 16) v128.store(out + i, i8x16.min_u(v128.load(oldPermit + i), one));
  }
  for (; i < length; i++) store<u8>(out + i, <u8>(load<u8>(oldPermit + i) !== 0));
  memory.fill(out + length, 0, n - length);
  if (owner >= 0 && owner < length) store<u8>(out + owner, 1);
}

/** New permits: the K largest non-zero stakes, the higher uid first among equals, and the owner on top. */
export function permits(n: i32, stake: usize, k: i32, owner: i32, out: usize): void {
  topNonZero(n, stake, k, out);
  if (owner >= 0 && owner < n) store<u8>(out + owner, 1);
}

export function topNonZero(n: i32, stake: usize, k: i32, out: usize): void {
  memory.fill(out, 0, n);
  if (k === 0) return;
  let count = listNonZero(n, stake, out);
  if (negative) {
    // No chain holds one. Zeros rank above it and take places, though they get no permit.
    memory.copy(at.combined, stake, (<usize>n) << 3);
    count = n;
  }
  if (count <= k) return;
  const least = kthLargest(at.combined, count, k);
  let left = places; // for those who have exactly `least`
  for (let i = n - 1; i >= 0; i--) {
    const own = load<i64>(stake + ((<usize>i) << 3));
    if (own > least) continue;
    if (own < least || left === 0) store<u8>(out + i, 0);
    else left -= 1;
  }
}

/** Whether the last list met a negative stake. */
let negative: bool = false;

/** Sets out[i] = 1 where the stake is not 0, and lists those stakes in `combined`; gives how many. */
function listNonZero(n: i32, stake: usize, out: usize): i32 {
  let count: usize = 0;
  let signs: i64 = 0;
  for (let first = 0; first < n; first += 8) {
    if (Eight.zeros(stake, first, n)) continue;
    const stop = min(first + 8, n);
    for (let i = first; i < stop; i++) {
      const own = load<i64>(stake + ((<usize>i) << 3));
      const some = <usize>(own !== 0);
      signs |= own;
      store<u8>(out + i, <u8>some);
      store<i64>(at.combined + (count << 3), own);
      count += some;
    }
  }
  negative = signs < 0;
  return <i32>count;
}

/** How many of those who have exactly the k-th largest value are among the k largest. */
let places: i32 = 0;

/** The k-th largest of so many values, 1 <= k <= count. Leaves the list in pieces. */
function kthLargest(list: usize, count: i32, k: i32): i64 {
  let low: i64 = i64.MAX_VALUE;
  let high: i64 = i64.MIN_VALUE;
  for (let i = 0; i < count; i++) {
    const own = load<i64>(list + ((<usize>i) << 3));
    low = min(low, own);
    high = max(high, own);
  }
  while (low < high) {
    const middle = low + <i64>(<u64>(high - low) >> 1);
    let above = 0;
    for (let i = 0; i < count; i++) above += <i32>(load<i64>(list + ((<usize>i) << 3)) > middle);
    const upper = above >= k;
    if (!upper) k -= above;
    let kept: usize = 0;
    low = i64.MAX_VALUE;
    high = i64.MIN_VALUE;
    for (let i = 0; i < count; i++) {
      const own = load<i64>(list + ((<usize>i) << 3));
      if (own > middle !== upper) continue;
      store<i64>(list + (kept << 3), own);
      low = min(low, own);
      high = max(high, own);
      kept += 1;
    }
    count = <i32>kept;
  }
  places = k;
  return high;
}
