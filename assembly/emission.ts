/**
 * Emission: the alpha of the epoch, split by incentive and dividends.
 * Room   assembly (numeric core). Also in src/epoch/reference/emission.ts
 * Spec   docs/spec/yuma-epoch.md 10
 */
import { Fixed, sumOf } from './fixed';
import { multiplyAmount } from './wide';

/** Amounts u64 in rao. `combined` is scratch i64[n]. */
export function emission(
  n: i32,
  amount: u64,
  incentive: usize,
  dividends: usize,
  stake: usize,
  activeStake: usize,
  combined: usize,
  server: usize,
  validator: usize,
  stored: usize,
): void {
  for (let i = 0; i < n; i++) {
    const at = (<usize>i) << 3;
    store<i64>(combined + at, Fixed.add(load<i64>(incentive + at), load<i64>(dividends + at)));
  }
  const sum = sumOf(combined, n);
  if (sum !== 0) {
    payShares(n, incentive, sum, amount, server);
    payShares(n, dividends, sum, amount, validator);
    payShares(n, combined, sum, amount, stored);
    return;
  }
  // Nobody earned anything: validators get active stake, or stake where nobody is active.
  const fallback = sumOf(activeStake, n) === 0 ? stake : activeStake;
  payShares(n, incentive, 0, amount, server);
  payShares(n, fallback, 0, amount, validator);
  payShares(n, fallback, 0, amount, stored);
}

/** out[i] = floor(share * amount), the share being values[i] / sum, or values[i] itself where the sum is 0. */
function payShares(n: i32, values: usize, sum: i64, amount: u64, out: usize): void {
  for (let i = 0; i < n; i++) {
    const value = load<i64>(values + ((<usize>i) << 3));
    store<u64>(out + ((<usize>i) << 3), multiplyAmount(sum === 0 ? value : Fixed.div(value, sum), amount));
  }
}
