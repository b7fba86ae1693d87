/**
 * Yuma3: dividends from bonds kept as proportions.
 * Room   assembly (numeric core). Also in src/epoch/reference/yuma3.ts
 * Spec   docs/spec/yuma-epoch.md 9.4 c
 * Exact  the bonds kept for storage are not divided; the quotient is used up at once and never stored
 */

import { columnSums, reciprocals } from './columns';
import { Fixed, normalize } from './fixed';

/** dividends = (each row's share of the incentive, times its active stake) over their sum. */
export function yuma3Dividends(
  n: i32,
  offsets: usize,
  columns: usize,
  values: usize,
  incentive: usize,
  activeStake: usize,
  sums: usize,
  inverse: usize,
  out: usize,
): void {
  columnSums(n, offsets, columns, values, sums);
  reciprocals(n, sums, inverse);
  for (let i = 0; i < n; i++) {
    let total: i64 = 0;
    const stop = load<u32>(offsets + ((<usize>i) << 2), 4);
    for (let at = load<u32>(offsets + ((<usize>i) << 2)); at < stop; at++) {
      const column = (<usize>load<u16>(columns + ((<usize>at) << 1))) << 3;
      const bond = load<i64>(values + ((<usize>at) << 3));
      const sum = load<i64>(sums + column);
      total += Fixed.mul(
        sum === 0 ? bond : Fixed.divShared(bond, sum, load<f64>(inverse + column)),
        load<i64>(incentive + column),
      );
    }
    store<i64>(out + ((<usize>i) << 3), Fixed.mulOrZero(total, load<i64>(activeStake + ((<usize>i) << 3))));
  }
  normalize(out, n, out);
}
