/** The arithmetic of the tiles, four values at once, against BigInt: random operands, and those where rounding is closest. */
import { expect, test } from 'vitest';
import { instantiateCore } from '../../src/backends/wasm/exports.js';
import { readCoreModule } from '../../src/backends/wasm/module.js';
import { SEED } from '../counterexamples.js';

interface Lanes {
  prepare(n: number, w: number, b: number): number;
  probeLaneQuotient(x: number, divisor: bigint, beside: bigint, last: number): number;
  probeLaneMul(a: number, b: number): number;
  probeLaneMulUp(a: number, b: number): number;
  probeLaneToU16(x: number): number;
}

const core = instantiateCore(readCoreModule('simd')) as unknown as Lanes;
core.prepare(16, 0, 0);

const ONE = 2n ** 32n;
const LARGEST = ONE - 1n;

let state = SEED >>> 0;
const word = (): bigint => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  const high = state >>> 16;
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return BigInt(high * 65_536 + (state >>> 16));
};
const below = (limit: bigint): bigint => ((word() << 32n) | word()) % limit;

/** Divisors beside the one under test, so that all lanes are small, all near 2^32, some of each, or one above 2^32. */
const BESIDE = [1n, 77n, ONE - 8_192n, ONE - 8_191n, ONE - 1n, ONE, ONE + 1n, 2n ** 40n];

function expectQuotient(x: bigint, divisor: bigint): void {
  if (x < 0n || x > LARGEST || x > divisor || divisor <= 0n) return;
  const want = x === divisor ? 0n : (x << 32n) / divisor;
  for (const beside of [divisor, ...BESIDE]) {
    for (const last of [0, 1]) {
      const got = BigInt(core.probeLaneQuotient(Number(x), divisor, beside, last) >>> 0);
      if (got !== want) expect({ x, divisor, beside, last, got }).toEqual({ x, divisor, beside, last, got: want });
    }
  }
}

test('quotients by lanes are the floor, whatever the divisors beside them', () => {
  console.info(`lanes: SEED=${SEED}`);
  const divisors = [1n, 2n, 3n, 65_535n, 65_536n, 2n ** 31n, 2n ** 31n - 1n, ONE, ONE + 1n, 2n ** 33n, 2n ** 47n - 1n];
  for (let d = 0n; d <= 16n; d++) divisors.push(ONE - d, ONE - 8_192n + d, ONE - 8_192n - d);
  for (let k = 0; k < 400; k++) divisors.push(1n + below(ONE), ONE - below(9_000n), ONE + below(2n ** 40n));
  for (const divisor of divisors) {
    for (const x of [0n, 1n, 2n, divisor - 1n, divisor, LARGEST]) expectQuotient(x, divisor);
    for (let near = -3n; near <= 3n; near++) expectQuotient(divisor / 2n + near, divisor);
    for (let k = 0; k < 60; k++) expectQuotient(below(divisor < ONE ? divisor : ONE), divisor);
  }
});

test('quotients that come out whole are not one less', () => {
  for (let bits = 1n; bits <= 13n; bits++) {
    // 2^32 - 2^bits = 2^bits * odd: x = j * odd gives x * 2^32 / divisor a whole number.
    const divisor = ONE - 2n ** bits;
    const odd = divisor >> bits;
    for (let k = 0; k < 300; k++) expectQuotient(odd * below(2n ** bits), divisor);
  }
  for (let k = 0; k < 2_000; k++) {
    const divisor = 1n + below(2n ** 16n);
    expectQuotient(below(divisor), divisor);
  }
});

test('products by lanes, floored and rounded up', () => {
  const check = (a: bigint, b: bigint): void => {
    const floor = (a * b) >> 32n;
    const up = (a * b + LARGEST) >> 32n;
    const got = {
      floor: BigInt(core.probeLaneMul(Number(a), Number(b)) >>> 0),
      up: core.probeLaneMulUp(Number(a), Number(b)),
    };
    if (got.floor !== floor || BigInt(got.up >>> 0) !== up) expect({ a, b, ...got }).toEqual({ a, b, floor, up });
  };
  const edges = [0n, 1n, 2n, 65_535n, 65_536n, 2n ** 31n, LARGEST - 1n, LARGEST];
  for (const a of edges) for (const b of edges) check(a, b);
  for (let k = 0; k < 20_000; k++) {
    const a = word() | 1n;
    check(a, word());
    check(a, inverse(a)); // their product ends in 1: the smallest rest that is rounded up
  }
});

/** b with a * b = 1 modulo 2^32, for odd a: Newton's step doubles the bits that are right. */
function inverse(a: bigint): bigint {
  let b = a;
  for (let step = 0; step < 5; step++) b = BigInt.asUintN(32, b * (2n - a * b));
  return b;
}

test('proportions as u16 by lanes', () => {
  const check = (x: bigint): void => {
    const got = core.probeLaneToU16(Number(x)) & 0xffff;
    if (got !== Number((x * 65_535n) >> 32n)) expect({ x, got }).toEqual({ x, got: Number((x * 65_535n) >> 32n) });
  };
  for (let high = 0n; high < 65_536n; high += 13n) {
    // Where the dropped bits equal the kept ones the borrow sets in.
    for (const low of [high - 1n, high, high + 1n]) if (low >= 0n && low < 65_536n) check((high << 16n) | low);
  }
  for (let k = 0; k < 20_000; k++) check(word());
});
