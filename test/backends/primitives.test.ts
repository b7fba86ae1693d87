/**
 * Every operation of the core's arithmetic against that of the reference, on random operands and on those at the edges:
 * what test/vectors/math.test.ts does with golden ones.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs, SEED } from '../counterexamples.js';
import { type Operations, type Result, referenceArithmetic } from '../vectors/arithmetic.js';
import { wasmArithmetic } from '../vectors/wasm-arithmetic.js';

/** Some 20 000 in all. */
const RUNS_EACH = 700;

type Args = readonly (bigint | bigint[])[];

/** Signed integers of so many bits: edges and what lies beside them, near powers of two, and any. */
function signed(bits: number): fc.Arbitrary<bigint> {
  const largest = 2n ** BigInt(bits - 1) - 1n;
  const within = (value: bigint): bigint => (value > largest ? largest : value < -largest - 1n ? -largest - 1n : value);
  const edges = [0n, 1n, 2n ** 31n, 2n ** 32n, 65_535n, 65_535n * 2n ** 32n, 2n ** 64n, 2n ** 95n, largest];
  const near = fc.tuple(fc.nat(bits - 1), fc.bigInt(-3n, 3n)).map(([power, off]) => 2n ** BigInt(power) + off);
  const beside = fc.tuple(fc.constantFrom(...edges), fc.bigInt(-1n, 1n)).map(([edge, off]) => edge + off);
  const size = fc.oneof(beside, near, fc.bigInt(0n, 2n ** 32n), fc.bigInt(0n, largest));
  return fc.tuple(size, fc.constantFrom(1n, 1n, -1n)).map(([value, sign]) => within(value * sign));
}

const u16 = fc.oneof(fc.constantFrom(0n, 1n, 32_767n, 32_768n, 65_534n, 65_535n), fc.bigInt(0n, 65_535n));
const i16 = fc.oneof(fc.constantFrom(-32_768n, -1n, 0n, 1n, 32_767n), fc.bigInt(-32_768n, 32_767n));
const i64 = signed(64);
const i128 = signed(128);
const u64 = signed(65).map((value) => (value < 0n ? -value - 1n : value));
const share = fc.oneof(fc.bigInt(0n, 2n ** 32n), fc.constantFrom(0n, 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n));

/** Whole limits of the exponent, where 20 * 2^32 is the last, and those near them. */
const exponent = fc.oneof(fc.bigInt(-21n * 2n ** 32n, 21n * 2n ** 32n), i64);

/** At the last whole and the first new millionth of 2^31, 2^32 and 2^63. */
const average = fc.oneof(
  u64,
  fc.bigInt(0n, 2_000_000n),
  fc
    .tuple(fc.constantFrom(2n ** 31n * 1_000_000n, 2n ** 32n * 1_000_000n, 2n ** 63n), fc.bigInt(-2n, 2n))
    .map(([edge, off]) => edge + off),
);

const listOf = (item: fc.Arbitrary<bigint>): fc.Arbitrary<bigint[]> => fc.array(item, { maxLength: 7 });

/** Few values, some of them the negative of others, so that sums cancel, wrap and come out small. */
const dealt = (item: fc.Arbitrary<bigint>): fc.Arbitrary<bigint[]> =>
  fc
    .tuple(fc.array(item, { minLength: 1, maxLength: 3 }), item)
    .chain(([palette, one]) =>
      listOf(fc.constantFrom(one, ...palette, ...palette.map((value) => (value > 0n ? -value : value)))),
    );
const list = (item: fc.Arbitrary<bigint>): fc.Arbitrary<bigint[]> => fc.oneof(listOf(item), dealt(item));

/** Shares that do not overflow, and a minimum that is met exactly, or nearly. */
const median = fc
  .tuple(fc.array(fc.tuple(fc.bigInt(0n, 2n ** 40n), fc.bigInt(0n, 9n)), { minLength: 1, maxLength: 9 }), fc.nat(9))
  .chain(([voters, upto]) => {
    const stake = voters.map(([held]) => held);
    const sum = (part: bigint[]): bigint => part.reduce((total, held) => total + held, 0n);
    const lower = voters.filter(([, weight]) => weight <= BigInt(upto)).map(([held]) => held);
    const min = fc.oneof(fc.bigInt(-1n, 1n), i64).map((off) => BigInt.asIntN(64, sum(lower) + off));
    return min.map((min): Args => [stake, voters.map(([, weight]) => weight), min, sum(stake)]);
  });

const args = (...each: fc.Arbitrary<bigint | bigint[]>[]): fc.Arbitrary<Args> => fc.tuple(...each);

/** Operands of every operation that an epoch needs. */
const OPERANDS: Readonly<Record<Exclude<keyof Operations, 'vec_u16_max_upscale_to_u16'>, fc.Arbitrary<Args>>> = {
  'i32f32.saturating_mul': args(i64, i64),
  'i32f32.checked_mul': args(i64, i64),
  'i32f32.checked_div': args(i64, i64),
  'i32f32.safe_div': args(i64, i64),
  'i32f32.saturating_add': args(i64, i64),
  'i32f32.saturating_sub': args(i64, i64),
  'i32f32.sum': args(i64, i64),
  'i32f32.saturating_div': args(
    i64,
    i64.filter((divisor) => divisor !== 0n),
  ),
  'i32f32.normalize': args(list(i64)),
  exp: args(exponent),
  exp_safe: args(exponent),
  alpha_sigmoid: args(
    fc.oneof(share, i64),
    fc.oneof(share, i64),
    fc.oneof(share, i64),
    share,
    share,
    i16.map((steepness) => steepness << 32n),
  ),
  steepness_div_minus_100: args(i16),
  bma_alpha_normal: args(average),
  bma_alpha_disabled_liquid: args(average),
  u16_proportion_to_fixed: args(u16),
  u16_to_fixed: args(u16),
  fixed_to_fixed_u16_proportion: args(i64),
  fixed_proportion_to_u16: args(fc.oneof(share, i64)),
  fixed_to_u64: args(i64),
  'i64f64.to_u64': args(list(i128)),
  'i64f64.normalize': args(list(i128)),
  'i64f64.normalize_to_i32f32': args(list(i128)),
  'i64f64.normalize_wrapping': args(list(i128)),
  'i64f64.to_i32f32': args(i128),
  emission_to_u64: args(i64, u64),
  is_topk_nonzero: args(list(i64), fc.oneof(fc.bigInt(0n, 8n), u16)),
  weighted_median: median,
};

console.info(`primitives: SEED=${SEED}`);

test('every operation but the one that is no part of an epoch has operands', () => {
  expect(Object.keys({ ...OPERANDS, vec_u16_max_upscale_to_u16: null }).sort()).toEqual(
    Object.keys(wasmArithmetic.ops).sort(),
  );
});

test.each(Object.entries(OPERANDS))('%s of the core gives what the reference gives (spec 2)', (op, operands) => {
  const apply = (ops: Readonly<Operations>, args: Args): Result =>
    (ops[op as keyof Operations] as (...args: Args) => Result)(...args);
  let ran = 0;
  const property = fc.property(operands, (args) => {
    const texts = args.map((arg) => (typeof arg === 'bigint' ? String(arg) : arg.map(String)));
    if (wasmArithmetic.leftOut?.(op, texts) !== undefined) return;
    ran += 1;
    const wanted = apply(referenceArithmetic.ops, args);
    const want = text(wasmArithmetic.expected?.(op, wanted) ?? wanted);
    const got = text(apply(wasmArithmetic.ops, args));
    if (got !== want) throw new Error(`${op}(${texts.join('; ')}): got ${got}, want ${want}`);
  });
  fc.assert(property, { seed: SEED, numRuns: runs(RUNS_EACH) });
  expect(ran).toBeGreaterThan(0);
});

test.each([referenceArithmetic, wasmArithmetic])('a negative average is floored, on $name (spec 9.2)', ({ ops }) => {
  // 2^64 - 1 is -1 millionth, -4 294.97 raw: 1 + 4 295 / 2^32. -1.5 and -1 are whole.
  const alpha = (average: bigint): bigint => ops.bma_alpha_disabled_liquid(2n ** 64n + average);
  expect([-1n, -1_500_000n, -1_000_000n].map(alpha)).toEqual([2n ** 32n + 4_295n, 5n * 2n ** 31n, 2n ** 33n]);
});

const text = (result: Result): string => (Array.isArray(result) ? `[${result.map(text)}]` : String(result));
