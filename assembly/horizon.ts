/**
 * Horizon: the stored bonds, without those towards neurons registered after the previous epoch.
 * Room   assembly (numeric core). Also in src/epoch/reference/horizon.ts
 * Spec   docs/spec/yuma-epoch.md 3 (horizon), 9.1, 9.4 and 9.5 (what a stored bond means)
 */
import { Fixed } from './fixed';

/** The block that a registration must precede for bonds towards it to count. */
export function horizon(now: u64, tempo: u32, lastStep: u64): u64 {
  if (lastStep === 0) return now > <u64>tempo ? now - tempo : 0;
  return lastStep === u64.MAX_VALUE ? lastStep : lastStep + 1;
}

/**
 * Kept rows in stored order: as raw proportions (Yuma3), or the stored numbers themselves (Yuma2, which only needs
 * their ratios). Entries of columns >= n stay: they take part in nothing but the cursor of liquid alpha.
 */
export function keepBonds(
  n: i32,
  offsets: usize,
  columns: usize,
  values: usize,
  horizon: u64,
  registeredAt: usize,
  proportions: bool,
  outOffsets: usize,
  outColumns: usize,
  outValues: usize,
): void {
  let end: u32 = 0;
  for (let i = 0; i < n; i++) {
    store<u32>(outOffsets + ((<usize>i) << 2), end);
    const stop = load<u32>(offsets + ((<usize>i) << 2), 4);
    for (let at = load<u32>(offsets + ((<usize>i) << 2)); at < stop; at++) {
      const column = <i32>load<u16>(columns + ((<usize>at) << 1));
      const registered: u64 = column < n ? load<u64>(registeredAt + ((<usize>column) << 3)) : 0;
      if (horizon <= registered) continue;
      const stored = <u32>load<u16>(values + ((<usize>at) << 1));
      store<u16>(outColumns + ((<usize>end) << 1), <u16>column);
      store<i64>(outValues + ((<usize>end) << 3), proportions ? Fixed.prop(stored) : <i64>stored);
      end += 1;
    }
  }
  store<u32>(outOffsets + ((<usize>n) << 2), end);
}
