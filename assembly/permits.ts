/**
 * Permits: who may validate now, and who from the next epoch on.
 * Room   assembly (numeric core). Also in src/epoch/reference/permits.ts
 * Spec   docs/spec/yuma-epoch.md 4.3, 4.4, 1.3
 * PERF   no sort: the K-th largest stake is found by bisecting its value, at most 64 passes over n
 */

/** Permits in force: the old ones, and the owner's if its uid lies within the stored vector. */
export function permitsInForce(n: i32, oldPermit: usize, length: i32, owner: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    store<u8>(out + i, <u8>(i < length && (load<u8>(oldPermit + i) !== 0 || i === owner)));
  }
}

/** New permits: the K largest non-zero stakes, the higher uid first among equals, and the owner on top. */
export function permits(n: i32, stake: usize, k: i32, owner: i32, out: usize): void {
  topNonZero(n, stake, k, out);
  if (owner >= 0 && owner < n) store<u8>(out + owner, 1);
}

export function topNonZero(n: i32, stake: usize, k: i32, out: usize): void {
  if (k === 0) {
    memory.fill(out, 0, n);
    return;
  }
  for (let i = 0; i < n; i++) store<u8>(out + i, <u8>(load<i64>(stake + ((<usize>i) << 3)) !== 0));
  if (n <= k) return;
  const least = kthLargest(n, stake, k);
  let places = k - countAbove(n, stake, least); // for those who have exactly `least`
  for (let i = n - 1; i >= 0; i--) {
    const own = load<i64>(stake + ((<usize>i) << 3));
    if (own > least) continue;
    if (own < least || places === 0) store<u8>(out + i, 0);
    else places -= 1;
  }
}

/** The smallest value that fewer than k stakes exceed; 1 <= k <= n, so it occurs. */
function kthLargest(n: i32, stake: usize, k: i32): i64 {
  let low: i64 = i64.MAX_VALUE;
  let high: i64 = i64.MIN_VALUE;
  for (let i = 0; i < n; i++) {
    const own = load<i64>(stake + ((<usize>i) << 3));
    if (own < low) low = own;
    if (own > high) high = own;
  }
  while (low < high) {
    const middle = low + <i64>(<u64>(high - low) >> 1);
    if (countAbove(n, stake, middle) < k) high = middle;
    else low = middle + 1;
  }
  return high;
}

function countAbove(n: i32, stake: usize, value: i64): i32 {
  let count = 0;
  for (let i = 0; i < n; i++) count += <i32>(load<i64>(stake + ((<usize>i) << 3)) > value);
  return count;
}
