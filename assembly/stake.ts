/**
 * Stake: each neuron's share of the stake, and the share of those that are active and permitted.
 * Room   assembly (numeric core). Also in src/epoch/reference/stake.ts
 * Spec   docs/spec/yuma-epoch.md 4.1, 4.2, 5
 * Layout stakeIn: low word, high word of raw I64F64 (signed, 128 bits) a uid
 * Exact  128-bit integers in two words; sums modulo 2^128 and 2^64 as on the chain
 * PERF   a division is a subtraction a bit, 32 of them, only for a uid that has stake
 */
import { normalize } from './fixed';

const SIGN: u64 = 1 << 63;

/** stake[i] = the filtered stake weight over its sum, raw I32F32; whole[i] = its integer part before the filter, u64. */
export function stake(n: i32, stakeIn: usize, minStake: u64, owner: i32, out: usize, whole: usize): void {
  let sumLow: u64 = 0;
  let sumHigh: u64 = 0;
  for (let i = 0; i < n; i++) {
    const low = load<u64>(stakeIn + ((<usize>i) << 4));
    const high = load<u64>(stakeIn + ((<usize>i) << 4), 8);
    const integer: u64 = high & SIGN ? 0 : high;
    store<u64>(whole + ((<usize>i) << 3), integer);
    if (i !== owner && integer < minStake) continue;
    sumLow += low;
    sumHigh += high + <u64>(sumLow < low);
  }
  for (let i = 0; i < n; i++) {
    const low = load<u64>(stakeIn + ((<usize>i) << 4));
    const high = load<u64>(stakeIn + ((<usize>i) << 4), 8);
    const filtered = i !== owner && load<u64>(whole + ((<usize>i) << 3)) < minStake;
    store<i64>(out + ((<usize>i) << 3), filtered ? 0 : share(low, high, sumLow, sumHigh));
  }
}

/** Active stake: 0 for a uid that is inactive or, where there are permits at all, has none; then over its sum. */
export function activeStake(n: i32, stake: usize, active: usize, permit: usize, permitsApply: bool, out: usize): void {
  for (let i = 0; i < n; i++) {
    const counts = load<u8>(active + i) !== 0 && (!permitsApply || load<u8>(permit + i) !== 0);
    store<i64>(out + ((<usize>i) << 3), counts ? load<i64>(stake + ((<usize>i) << 3)) : 0);
  }
  normalize(out, n, out);
}

/**
 * T / S in I64F64 (towards zero, 0 if it does not fit), then floored to I32F32 and clamped. S = 0 leaves T as it is.
 * For 0 <= T <= S the two steps are one floor of T * 2^32 / S, which needs 32 bits of fraction only.
 */
export function share(low: u64, high: u64, sumLow: u64, sumHigh: u64): i64 {
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
