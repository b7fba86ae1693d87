/**
 * What is computed for each neuron alone, on vectors longer than a block of eight, of few values and many, zeros in runs:
 * test/backends/primitives.test.ts has short ones only.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs, SEED } from '../counterexamples.js';
import { referenceArithmetic } from '../vectors/arithmetic.js';
import { wasmArithmetic } from '../vectors/wasm-arithmetic.js';

console.info(`neurons: SEED=${SEED}`);

/** Runs of zeros and of others, 0 to 60 in all. */
const vector = (item: fc.Arbitrary<bigint>): fc.Arbitrary<bigint[]> =>
  fc
    .array(
      fc.oneof(
        fc.array(item, { maxLength: 12 }),
        fc.nat(20).map((length) => Array<bigint>(length).fill(0n)),
      ),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    .map((parts) => parts.flat().slice(0, 60));

const powers = (least: number, most: number): fc.Arbitrary<bigint> =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.bigInt(-2n, 2n)).map(([power, off]) => 2n ** BigInt(power) + off);

const agree = (op: 'i32f32.normalize' | 'i64f64.normalize_to_i32f32', values: bigint[]): void => {
  expect(wasmArithmetic.ops[op](values)).toEqual(referenceArithmetic.ops[op](values));
};

test('shares of raw values: small, near 2^32 and 2^53, larger, negative (spec 5)', () => {
  const value = fc.oneof(
    fc.bigInt(0n, 9n),
    fc.bigInt(0n, 2n ** 32n),
    powers(31, 33),
    powers(47, 54),
    fc.bigInt(-(2n ** 62n), 2n ** 62n),
  );
  const usual = vector(fc.oneof(fc.bigInt(0n, 9n), fc.bigInt(0n, 2n ** 32n)));
  fc.assert(
    fc.property(fc.oneof(usual, vector(value)), (values) => agree('i32f32.normalize', values)),
    {
      seed: SEED,
      numRuns: runs(3_000),
    },
  );
});

test('a share of raw values whose quotient is a whole number, or one unit from it', () => {
  const parts = fc.tuple(fc.bigInt(1n, 2n ** 53n), fc.bigInt(1n, 2n ** 32n - 1n), fc.bigInt(-1n, 1n));
  const property = fc.property(parts, ([sum, quotient, off]) => {
    const share = atLeast(quotient, sum) + off;
    if (share > 0n && share < sum) agree('i32f32.normalize', [share, sum - share]);
  });
  fc.assert(property, { seed: SEED, numRuns: runs(5_000) });
});

test('shares of stake: of any size, of equal ones, beyond what the estimate takes (spec 4.2)', () => {
  const value = fc.oneof(fc.bigInt(1n, 9n), fc.bigInt(0n, 2n ** 96n), powers(60, 70), powers(120, 126));
  const equal = fc.tuple(value, fc.integer({ min: 1, max: 40 })).map(([stake, n]) => Array<bigint>(n).fill(stake));
  const property = fc.property(fc.oneof(vector(value), equal), (values) => agree('i64f64.normalize_to_i32f32', values));
  fc.assert(property, { seed: SEED, numRuns: runs(3_000) });
});

test('a share of stake whose quotient is a whole number, or one unit from it', () => {
  const sums = fc.oneof(
    fc.bigInt(1n, 2n ** 127n - 1n),
    fc.nat(126).map((power) => 2n ** BigInt(power)),
    fc.bigInt(1n, 2n ** 64n),
  );
  const quotients = fc.oneof(fc.bigInt(1n, 2n ** 32n - 1n), fc.bigInt(2n ** 32n - 9n, 2n ** 32n - 1n));
  const property = fc.property(sums, quotients, fc.bigInt(-1n, 1n), (sum, quotient, off) => {
    const share = atLeast(quotient, sum) + off;
    if (share > 0n && share < sum) agree('i64f64.normalize_to_i32f32', [share, sum - share]);
  });
  fc.assert(property, { seed: SEED, numRuns: runs(10_000) });
});

/** The smallest part of a sum that is at least so many 2^-32 of it. */
function atLeast(quotient: bigint, sum: bigint): bigint {
  return (quotient * sum + 2n ** 32n - 1n) >> 32n;
}

test('the largest stakes, many of them equal or 0 (spec 4.3)', () => {
  const value = fc.oneof(fc.bigInt(0n, 3n), fc.bigInt(0n, 2n ** 32n), powers(0, 32));
  const stakes = fc.oneof(vector(value), vector(value), vector(fc.bigInt(-(2n ** 62n), 2n ** 62n)));
  const property = fc.property(stakes, fc.bigInt(0n, 60n), (values, k) => {
    expect(wasmArithmetic.ops.is_topk_nonzero(values, k)).toEqual(referenceArithmetic.ops.is_topk_nonzero(values, k));
  });
  fc.assert(property, { seed: SEED, numRuns: runs(5_000) });
});
