/**
 * Yuma2: bonds as shares of a column, and dividends from them.
 * Room   assembly (numeric core). Also in src/epoch/reference/yuma2.ts
 * Spec   docs/spec/yuma-epoch.md 9.5
 */
import { Fixed, normalize } from './fixed';

/**
 * Clamps the column sums of the stored bonds to 2^31. They are whole numbers here, on the chain they are shifted by 32
 * bits and clamp at 2^63 - 1; dividing b < 2^16 by either gives 2 b. Only columns named twice by a row get there.
 */
export function yuma2ClampSums(n: i32, sums: usize): void {
  for (let j = 0; j < n; j++) {
    const slot = sums + ((<usize>j) << 3);
    store<i64>(slot, min<i64>(load<i64>(slot), 1 << 31));
  }
}

/** Multiplies each row of weights by its active stake: the bonds bought this epoch. In place. */
export function yuma2Bought(n: i32, offsets: usize, values: usize, activeStake: usize): void {
  for (let i = 0; i < n; i++) {
    const own = load<i64>(activeStake + ((<usize>i) << 3));
    const stop = load<u32>(offsets + ((<usize>i) << 2), 4);
    for (let at = load<u32>(offsets + ((<usize>i) << 2)); at < stop; at++) {
      const slot = values + ((<usize>at) << 3);
      store<i64>(slot, Fixed.mul(own, load<i64>(slot)));
    }
  }
}

/** dividends = each row's sum of incentive times bond, over their sum. */
export function yuma2Dividends(
  n: i32,
  offsets: usize,
  columns: usize,
  values: usize,
  incentive: usize,
  out: usize,
): void {
  for (let i = 0; i < n; i++) {
    let total: i64 = 0;
    const stop = load<u32>(offsets + ((<usize>i) << 2), 4);
    for (let at = load<u32>(offsets + ((<usize>i) << 2)); at < stop; at++) {
      const earned = load<i64>(incentive + ((<usize>load<u16>(columns + ((<usize>at) << 1))) << 3));
      total = Fixed.add(total, Fixed.mul(earned, load<i64>(values + ((<usize>at) << 3))));
    }
    store<i64>(out + ((<usize>i) << 3), total);
  }
  normalize(out, n, out);
}
