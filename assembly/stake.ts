/**
 * Stake: each neuron's share of the stake, and the share of those that are active and permitted.
 * Room   assembly (numeric core). Also in src/epoch/reference/stake.ts
 * Spec   docs/spec/yuma-epoch.md 4.1, 4.2, 5
 * Layout stakeIn: low word, high word of raw I64F64 (signed, 128 bits) a uid
 * Exact  128-bit integers in two words; sums modulo 2^128 and 2^64 as on the chain
 * PERF   a share takes an f64 estimate, and a multiplication where that is too near an integer. 4096 stakes: 476 us when
 *        each was a subtraction a bit, 19 so
 */
import { Eight } from './eight';
import { normalize } from './fixed';

const SIGN: u64 = 1 << 63;
const TWO_64: f64 = 4294967296.0 * 4294967296.0;
/** 2^-18. */
const MARGIN: f64 = 0.000003814697265625;

/** stake[i] = the filtered stake weight over its sum, raw I32F32; whole[i] = its integer part before the filter, u64. */
export function stake(n: i32, stakeIn: usize, minStake: u64, owner: i32, out: usize, whole: usize): void {
  let sumLow: u64 = 0;
  let sumHigh: u64 = 0;
  for (let i = 0; i < n; i++) {
    const low = load<u64>(stakeIn + ((<usize>i) << 4));
    const high = load<u64>(stakeIn + ((<usize>i) << 4), 8);
    const integer: u64 = high & SIGN ? 0 : high;
    const counts = (low | high) !== 0 && (i === owner || integer >= minStake);
    store<u64>(whole + ((<usize>i) << 3), integer);
    store<i64>(out + ((<usize>i) << 3), <i64>counts);
    if (!counts) continue;
    sumLow += low;
    sumHigh += high + <u64>(sumLow < low);
  }
  startShares(sumLow, sumHigh);
  for (let first = 0; first < n; first += 8) {
    if (Eight.zeros(out, first, n)) continue;
    const stop = min(first + 8, n);
    for (let i = first; i < stop; i++) {
      const slot = out + ((<usize>i) << 3);
      if (load<i64>(slot) === 0) continue;
      const low = load<u64>(stakeIn + ((<usize>i) << 4));
      const high = load<u64>(stakeIn + ((<usize>i) << 4), 8);
      store<i64>(slot, share(low, high, sumLow, sumHigh));
    }
  }
}

/** Active stake: 0 for a uid that is inactive or, where there are permits at all, has none; then over its sum. */
export function activeStake(n: i32, stake: usize, active: usize, permit: usize, permitsApply: bool, out: usize): void {
  const counting = permitsApply ? permit : active;
  for (let first = 0; first < n; first += 8) {
    const whole = first + 8 <= n;
    if (whole && (load<u64>(active + first) & load<u64>(counting + first)) === 0) {
      Eight.clear(out, first);
      continue;
    }
    const stop = min(first + 8, n);
    for (let i = first; i < stop; i++) {
      const counts = <i64>(load<u8>(active + i) & load<u8>(counting + i)); // each of them 0 or 1
      store<i64>(out + ((<usize>i) << 3), load<i64>(stake + ((<usize>i) << 3)) & -counts);
    }
  }
  normalize(out, n, out);
}

let reciprocal: f64 = 0;

/** The sum that the shares to come are in. */
function startShares(sumLow: u64, sumHigh: u64): void {
  reciprocal = 4294967296.0 / (<f64>sumHigh * TWO_64 + <f64>sumLow);
}

/**
 * `wideShare` for 0 <= T <= S < 2^126, nearly always without a long division.
 * Exact  T and S as f64 miss by less than 2^-52.9 of themselves (each word is rounded, then the sum), and two more
 *        roundings make that less than 2^-50.4: the estimate of a quotient up to 2^32 is off by less than 2^-18. If its
 *        fraction is further from 0 and 1 than that, its floor is the answer; else the sign and size of the remainder,
 *        which is between -S and 2 S and known modulo 2^128, tell
 */
function share(low: u64, high: u64, sumLow: u64, sumHigh: u64): i64 {
  if (sumHigh >> 62 !== 0 || high > sumHigh || (high === sumHigh && low > sumLow)) {
    return wideShare(low, high, sumLow, sumHigh);
  }
  const estimate = (<f64>high * TWO_64 + <f64>low) * reciprocal;
  const floor = Math.floor(estimate);
  const fraction = estimate - floor;
  const quotient = <u64>floor;
  if (fraction > MARGIN && fraction < 1.0 - MARGIN) return <i64>quotient;
  const first = quotient * (sumLow & 0xffff_ffff); // the quotient is at most 2^32
  const second = quotient * (sumLow >> 32) + (first >> 32);
  const productLow = (second << 32) | (first & 0xffff_ffff);
  const dividendLow = low << 32;
  let restHigh = ((high << 32) | (low >> 32)) - (quotient * sumHigh + (second >> 32));
  restHigh -= <u64>(dividendLow < productLow);
  const restLow = dividendLow - productLow;
  if (restHigh & SIGN) return <i64>quotient - 1;
  return <i64>quotient + <i64>(restHigh > sumHigh || (restHigh === sumHigh && restLow >= sumLow));
}

/**
 * T / S in I64F64 (towards zero, 0 if it does not fit), then floored to I32F32 and clamped. S = 0 leaves T as it is.
 * For 0 <= T <= S the two steps are one floor of T * 2^32 / S, which needs 32 bits of fraction only.
 */
function wideShare(low: u64, high: u64, sumLow: u64, sumHigh: u64): i64 {
  if ((low | high) === 0) return 0;
  if ((sumLow | sumHigh) === 0) return narrow(low, high);
  const negative = ((high ^ sumHigh) & SIGN) !== 0;
  if (high & SIGN) {
    low = -low;
    high = ~high + <u64>(low === 0);
  }
  if (sumHigh & SIGN) {
    sumLow = -sumLow;
    sumHigh = ~sumHigh + <u64>(sumLow === 0);
  }
  const integer = divide128(low, high, sumLow, sumHigh);
  const first = fraction32(sumLow, sumHigh);
  if (!negative) return integer >= SIGN ? 0 : integer >> 31 !== 0 ? i64.MAX_VALUE : <i64>((integer << 32) | first);
  const second = fraction32(sumLow, sumHigh);
  if (integer > SIGN || (integer === SIGN && (first | second) !== 0)) return 0;
  if (integer > 0x8000_0000 || (integer === 0x8000_0000 && (first | second) !== 0)) return i64.MIN_VALUE;
  return -(<i64>((integer << 32) + first + <u64>(second !== 0)));
}

/** Raw I64F64 to I32F32: 32 fraction bits fewer, clamped. */
export function narrow(low: u64, high: u64): i64 {
  const signed = <i64>high;
  if (signed > 0x7fff_ffff) return i64.MAX_VALUE;
  if (signed < -0x8000_0000) return i64.MIN_VALUE;
  return <i64>((high << 32) | (low >> 32));
}

let restLow: u64 = 0;
let restHigh: u64 = 0;

/** floor(a / b), clamped to u64; the remainder is left in `rest`. b > 0. */
function divide128(low: u64, high: u64, divisorLow: u64, divisorHigh: u64): u64 {
  restLow = low;
  restHigh = high;
  if (high < divisorHigh || (high === divisorHigh && low < divisorLow)) return 0;
  restLow = 0;
  restHigh = 0;
  let quotient: u64 = 0;
  let overflow = false;
  for (let bit = 127; bit >= 0; bit--) {
    const next = bit >= 64 ? (high >> (bit - 64)) & 1 : (low >> bit) & 1;
    overflow = overflow || (quotient & SIGN) !== 0;
    quotient = (quotient << 1) | shiftRest(next, divisorLow, divisorHigh);
  }
  return overflow ? u64.MAX_VALUE : quotient;
}

/** The next 32 bits of the fraction rest / divisor. */
function fraction32(divisorLow: u64, divisorHigh: u64): u64 {
  let bits: u64 = 0;
  for (let bit = 0; bit < 32; bit++) bits = (bits << 1) | shiftRest(0, divisorLow, divisorHigh);
  return bits;
}

/** rest = 2 rest + bit, less the divisor if it holds it: gives whether. The divisor is at most 2^127. */
function shiftRest(bit: u64, divisorLow: u64, divisorHigh: u64): u64 {
  const high = (restHigh << 1) | (restLow >> 63);
  const low = (restLow << 1) | bit;
  if (high < divisorHigh || (high === divisorHigh && low < divisorLow)) {
    restLow = low;
    restHigh = high;
    return 0;
  }
  restLow = low - divisorLow;
  restHigh = high - divisorHigh - <u64>(low < divisorLow);
  return 1;
}
