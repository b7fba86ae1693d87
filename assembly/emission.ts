/**
 * Emission: the alpha of the epoch, split by incentive and dividends.
 * Room   assembly (numeric core). Also in src/epoch/reference/emission.ts
 * Spec   docs/spec/yuma-epoch.md 10
 * Exact  scores of up to 33 bits (usual ones end at 2^32) have a sum below 2^53 that none of them exceeds, alone or in
 *        pairs: one reciprocal serves them all, and a share is at most 2^32. Others go through 128 bits
 * PERF   a uid with one score only, as nearly all have, is paid with one division. n = 4096, a score each: 38 us when
 *        the three shares were divided and paid one after the other, 17 so
 */
import { Eight } from './eight';
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
  if (areShares(n, incentive) && areShares(n, dividends)) {
    const sum = sumOf(incentive, n) + sumOf(dividends, n);
    if (sum !== 0) {
      payScores(n, sum, amount, incentive, dividends, server, validator, stored);
      return;
    }
  }
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

/** Whether none of n raw values is negative or has more than 33 bits. */
function areShares(n: i32, vector: usize): bool {
  let bits: u64 = 0;
  for (let i = 0; i < n; i++) bits |= load<u64>(vector + ((<usize>i) << 3));
  return bits >> 33 === 0;
}

/** Pays n pairs of scores of up to 33 bits out of their sum. */
function payScores(
  n: i32,
  sum: i64,
  amount: u64,
  incentive: usize,
  dividends: usize,
  server: usize,
  validator: usize,
  stored: usize,
): void {
  const reciprocal = Fixed.reciprocalOf(sum);
  for (let first = 0; first < n; first += 8) {
    if (Eight.zeros(dividends, first, n)) {
      Eight.clear(validator, first);
      if (Eight.zeros(incentive, first, n)) {
        Eight.clear(server, first);
        Eight.clear(stored, first);
        continue;
      }
    }
    const stop = min(first + 8, n);
    for (let i = first; i < stop; i++) {
      const at = (<usize>i) << 3;
      const earned = load<i64>(incentive + at);
      const shared = load<i64>(dividends + at);
      const all = part(Fixed.divShared(earned + shared, sum, reciprocal), amount);
      store<u64>(stored + at, all);
      store<u64>(server + at, shared === 0 ? all : part(Fixed.divShared(earned, sum, reciprocal), amount));
      if (shared === 0) store<u64>(validator + at, 0);
      else store<u64>(validator + at, earned === 0 ? all : part(Fixed.divShared(shared, sum, reciprocal), amount));
    }
  }
}

/** floor(share * amount / 2^32) for a share from 0 to 2^32: both products fit, and so does their sum, amount at most. */
function part(share: i64, amount: u64): u64 {
  return <u64>share * (amount >> 32) + ((<u64>share * (amount & 0xffff_ffff)) >> 32);
}

/** out[i] = floor(share * amount), the share being values[i] / sum, or values[i] itself where the sum is 0. */
function payShares(n: i32, values: usize, sum: i64, amount: u64, out: usize): void {
  for (let i = 0; i < n; i++) {
    const value = load<i64>(values + ((<usize>i) << 3));
    store<u64>(out + ((<usize>i) << 3), multiplyAmount(sum === 0 ? value : Fixed.div(value, sum), amount));
  }
}
