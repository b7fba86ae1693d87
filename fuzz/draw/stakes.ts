/** Stakes: a few distinct weights, raw I64F64, dealt out to many, so that there are ties. */
import type { Random } from '#yuma/sample/random.js';
import { bigBelow, oneIn, pick, u64 } from './integers.js';

const LARGEST = 2n ** 127n - 1n;
const SMALL = [0n, 1n, 3n, 2n ** 32n, 2n ** 63n, 2n ** 64n, 2n ** 64n - 1n, 1_000n << 64n];
const HUGE = [LARGEST, LARGEST - 1n, 2n ** 126n, 2n ** 95n, 2n ** 96n];

/** Low word, then high word of each uid. @param odd also negative ones, and sums near zero, whose shares are huge */
export function drawStakes(random: Random, count: number, odd: boolean): BigUint64Array {
  const words = new BigUint64Array(2 * count);
  const set = (uid: number, raw: bigint): void => {
    words[2 * uid] = BigInt.asUintN(64, raw);
    words[2 * uid + 1] = BigInt.asUintN(64, raw >> 64n);
  };
  if (odd && oneIn(random, 3)) {
    drawCancelling(random, count, set);
    return words;
  }
  const palette = Array.from({ length: oneIn(random, 4) ? count : 1 + random.below(4) }, () => drawStake(random, odd));
  for (let uid = 0; uid < count; uid++) set(uid, pick(random, palette));
  return words;
}

function drawStake(random: Random, odd: boolean): bigint {
  const kind = random.below(7);
  let raw: bigint;
  if (kind < 2) raw = pick(random, SMALL);
  else if (kind < 5) raw = bigBelow(random, 10n ** 16n) << 64n;
  else if (kind < 6) raw = pick(random, HUGE);
  else raw = ((u64(random) >> 1n) << 64n) | u64(random);
  return odd && oneIn(random, 4) ? -raw : raw;
}

/**
 * Pairs that cancel and one small rest: the sum is so small that a share nearly fills 64 bits, and those of a few
 * voters overflow together.
 */
function drawCancelling(random: Random, count: number, set: (uid: number, raw: bigint) => void): void {
  const rest = 1n << BigInt(32 + random.below(59));
  const factors = Array.from({ length: 1 + random.below(3) }, () => 2n ** 29n + bigBelow(random, 3n * 2n ** 29n));
  const order = Array.from({ length: count }, (_, uid) => uid);
  random.shuffle(order);
  for (let at = 0; at < count; at++) {
    const pair = (at - 1) >> 1;
    const raw = factors[Math.max(0, pair) % factors.length]! * rest;
    const alone = at + 1 === count && at % 2 === 1;
    set(order[at]!, at === 0 ? rest : alone ? 0n : at % 2 === 1 ? raw : -raw);
  }
}
