/**
 * The bracket of the sigmoid (docs/liquid-alpha.md) holds the chain's integer sigmoid for every exponent, and no bound in
 * it could be half as large; the series in doubles gives that integer or none.
 */
import { expect, test } from 'vitest';
import { instantiateCore } from '../../src/backends/wasm/exports.js';
import { readCoreModule } from '../../src/backends/wasm/module.js';
import { ONE } from '../../src/epoch/reference/fixed.js';
import { liquidAlpha, sigmoidSlope } from '../../src/epoch/reference/liquid.js';
import { SEED } from '../counterexamples.js';

interface Probes {
  prepare(n: number, w: number, b: number): number;
  probeTable(): void;
  probeLeast(t: bigint, part: number): bigint;
  probeLargest(): bigint;
  probeSeries(t: bigint): bigint;
}

const core = instantiateCore(readCoreModule('simd')) as unknown as Probes;
core.prepare(16, 0, 0);
core.probeTable();
console.info(`sigmoid: SEED=${SEED}`);

/** The chain's sigmoid for a difference d and a stored steepness: alpha between 0 and ONE is the sigmoid itself. */
const sigmoid = (d: bigint, steepness: number) => liquidAlpha(0n, d, 0n, 0n, ONE, sigmoidSlope(steepness));

/** The chain's raw exponent. */
const exponent = (d: bigint, steepness: number) => (sigmoidSlope(steepness) * (d - ONE / 2n)) >> 32n;

interface Sample {
  d: bigint;
  steepness: number;
}

/**
 * Steepness values from gentle to the ends of i16, both signs; differences spread over 0 .. 2^32, at its ends, and (by a
 * slope of exactly 4, 20 or 40) at the knots of the table, halfway between them, and one unit from either.
 */
function* samples(count: number): Generator<Sample> {
  let state = SEED >>> 0;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const steepnesses = [1000, -1000, 300, 700, 1, 99, 100, 101, 333, 500, 2000, 4000, 32_767, -32_768, -100, -333, 7, 0];
  for (const steepness of steepnesses) {
    for (const d of [0n, 1n, ONE / 2n - 1n, ONE / 2n, ONE / 2n + 1n, ONE - 1n, ONE]) yield { d, steepness };
  }
  for (const steepness of [400, -400, 2000, -4000]) {
    const slope = BigInt(Math.abs(steepness) / 100);
    for (let half = 0n; half <= slope * 64n; half++) {
      const d = (half << 25n) / slope;
      for (const off of [-1n, 0n, 1n]) yield { d: d + off < 0n ? 0n : d + off, steepness };
    }
  }
  for (let k = 0; k < count; k++) {
    const steepness = random() < 0.7 ? steepnesses[k % steepnesses.length]! : Math.floor(random() * 65_536) - 32_768;
    const reach = random() < 0.5 ? 1 : 40 / Math.max(40, Math.abs(steepness) / 100);
    const d = BigInt(Math.floor((0.5 + (random() - 0.5) * reach) * 2 ** 32));
    yield { d, steepness };
  }
}

/** How often the chain's sigmoid lies outside of its bracket, by the sign of the exponent and the side. */
function misses(part: number, of: Iterable<Sample>) {
  const missed = { belowPositive: 0, abovePositive: 0, belowNegative: 0, aboveNegative: 0 };
  for (const { d, steepness } of of) {
    const t = exponent(d, steepness);
    const exact = sigmoid(d, steepness);
    const below = exact < core.probeLeast(t, part);
    const above = exact > core.probeLargest();
    missed.belowPositive += Number(t >= 0n && below);
    missed.abovePositive += Number(t >= 0n && above);
    missed.belowNegative += Number(t < 0n && below);
    missed.aboveNegative += Number(t < 0n && above);
  }
  return missed;
}

/** Exponents whose reciprocal lies so close above an integer that one rounding takes it below, and the sigmoid with it. */
const closeAbove = [-252_774_014n, -735_886_514n, -2_421_097_416n];

/** x = 1/2 + 1/4 at a slope of -4, 4: the exponent is exactly 1, where the chain has a value of its own. */
const exactlyOne: Sample[] = [{ d: ONE / 4n, steepness: 400 }];

test('the integer sigmoid lies in its bracket', () => {
  expect(exponent(exactlyOne[0]!.d, exactlyOne[0]!.steepness)).toBe(ONE);
  const none = { belowPositive: 0, abovePositive: 0, belowNegative: 0, aboveNegative: 0 };
  expect(misses(1, samples(200_000))).toEqual(none);
  expect(misses(1, exactlyOne)).toEqual(none);
});

test('half of the margins would be too little on every side that has a margin beyond rounding', () => {
  const { abovePositive, belowNegative, aboveNegative } = misses(0.5, samples(200_000));
  expect(abovePositive).toBeGreaterThan(0);
  expect(belowNegative).toBeGreaterThan(0);
  expect(aboveNegative).toBeGreaterThan(0);
  expect(misses(0.5, exactlyOne).abovePositive).toBe(1);
});

test('the series in doubles gives the integer sigmoid, or leaves it to the integers', () => {
  let left = 0;
  let ran = 0;
  for (const { d, steepness } of samples(100_000)) {
    const got = core.probeSeries(exponent(d, steepness));
    if (got >= 0n && got !== sigmoid(d, steepness))
      expect(got, `d ${d}, steepness ${steepness}`).toBe(sigmoid(d, steepness));
    if (Math.abs(steepness) > 1000 || steepness === 0) continue;
    left += Number(got < 0n);
    ran += 1;
  }
  expect([ONE, ...closeAbove].map(core.probeSeries)).toEqual([-1n, -1n, -1n, -1n]);
  expect(ran).toBeGreaterThan(10_000);
  expect(left / ran).toBeLessThan(0.05);
});
