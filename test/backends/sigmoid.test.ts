/**
 * The bracket of the sigmoid (docs/liquid-alpha.md): it holds the chain's integer sigmoid for every exponent, and no
 * bound in it could be half as large.
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
}

const core = instantiateCore(readCoreModule('simd')) as unknown as Probes;
core.prepare(1, 0, 0);
core.probeTable();

/** The chain's sigmoid for a difference d and a stored steepness: alpha between 0 and ONE is the sigmoid itself. */
const sigmoid = (d: bigint, steepness: number) => liquidAlpha(0n, d, 0n, 0n, ONE, sigmoidSlope(steepness));

/** The chain's raw exponent. */
const exponent = (d: bigint, steepness: number) => (sigmoidSlope(steepness) * (d - ONE / 2n)) >> 32n;

/** Steepness values from gentle to the ends of i16, both signs; differences spread over 0 .. 2^32 and at its ends. */
function* samples(count: number): Generator<{ d: bigint; steepness: number }> {
  let state = SEED >>> 0;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const steepnesses = [1000, -1000, 1, 99, 100, 101, 333, 500, 2000, 4000, 32_767, -32_768, -100, -333, 7, 0];
  for (const steepness of steepnesses) {
    for (const d of [0n, 1n, ONE / 2n - 1n, ONE / 2n, ONE / 2n + 1n, ONE - 1n, ONE]) yield { d, steepness };
  }
  for (let k = 0; k < count; k++) {
    const steepness = random() < 0.7 ? steepnesses[k % steepnesses.length]! : Math.floor(random() * 65_536) - 32_768;
    const reach = random() < 0.5 ? 1 : 40 / Math.max(40, Math.abs(steepness) / 100);
    const d = BigInt(Math.floor((0.5 + (random() - 0.5) * reach) * 2 ** 32));
    yield { d, steepness };
  }
}

/** How often the chain's sigmoid lies outside of its bracket, by the sign of the exponent and the side. */
function misses(part: number, count: number) {
  const missed = { belowPositive: 0, abovePositive: 0, belowNegative: 0, aboveNegative: 0 };
  for (const { d, steepness } of samples(count)) {
    const t = exponent(d, steepness);
    if (t === ONE) continue;
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

test('the integer sigmoid lies in its bracket', () => {
  console.info(`sigmoid: SEED=${SEED}`);
  expect(misses(1, 200_000)).toEqual({ belowPositive: 0, abovePositive: 0, belowNegative: 0, aboveNegative: 0 });
});

test('half of the margins would be too little on every side that has a margin beyond rounding', () => {
  const { abovePositive, belowNegative, aboveNegative } = misses(0.5, 200_000);
  expect(abovePositive).toBeGreaterThan(0);
  expect(belowNegative).toBeGreaterThan(0);
  expect(aboveNegative).toBeGreaterThan(0);
});
