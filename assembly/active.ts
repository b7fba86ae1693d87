/**
 * Active: whose last update is recent enough to count.
 * Room   assembly (numeric core). Also in src/epoch/reference/active.ts
 * Spec   docs/spec/yuma-epoch.md 3
 */

/** active[i] = 1 unless lastUpdate[i] + cutoff (clamped to u64) lies before now. */
export function active(n: i32, lastUpdate: usize, cutoff: u64, now: u64, out: usize): void {
  // A sum that is clamped lies before nothing, and without clamping the cutoff may change sides.
  const oldest: u64 = now > cutoff ? now - cutoff : 0;
  for (let i = 0; i < n; i++) store<u8>(out + i, <u8>(load<u64>(lastUpdate + ((<usize>i) << 3)) >= oldest));
}
