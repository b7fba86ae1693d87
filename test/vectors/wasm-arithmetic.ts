/**
 * Arithmetic of the WebAssembly core through the probes of the built module itself (assembly/probes.ts).
 */
import { FIELD } from '../../src/backends/wasm/layout.js';
import { readCoreModule } from '../../src/backends/wasm/module.js';
import type { ArithmeticUnderTest, Operations } from './arithmetic.js';

interface Probes {
  readonly memory: { readonly buffer: ArrayBuffer };
  prepare(n: number, w: number, b: number): number;
  address(field: number): number;
  probeMul(a: bigint, b: bigint): bigint;
  probeMulOrZero(a: bigint, b: bigint): bigint;
  probeDiv(a: bigint, b: bigint): bigint;
  probeDivClamped(a: bigint, b: bigint): bigint;
  probeAdd(a: bigint, b: bigint): bigint;
  probeSub(a: bigint, b: bigint): bigint;
  probeProp(value: number): bigint;
  probeToU16(x: bigint): number;
  probeExponential(t: bigint): bigint;
  probeAlpha(c: bigint, w: bigint, b: bigint, low: bigint, high: bigint, slope: bigint): bigint;
  probeSlope(steepness: number): bigint;
  probeSmoothingClamped(movingAverage: bigint): bigint;
  probeSmoothingWrapped(movingAverage: bigint): bigint;
  probeAmount(share: bigint, amount: bigint): bigint;
  probeNarrow(low: bigint, high: bigint): bigint;
  probeStake(): void;
  probeSum(): bigint;
  probeNormalize(): void;
  probeTopNonZero(k: number): void;
  probeMedian(votingShare: bigint, min: bigint): bigint;
}

const instance = new WebAssembly.Instance(new WebAssembly.Module(readCoreModule()), {});
export const core = instance.exports as Probes;

const u64 = (value: bigint) => BigInt.asUintN(64, value);

/** A u64 that the core gives back comes out of WebAssembly as a signed number. */
const vector = (field: keyof typeof FIELD, length: number) =>
  new BigInt64Array(core.memory.buffer, core.address(FIELD[field]), length);

function prepare(n: number): void {
  if (core.prepare(n, 0, 0) !== 0) throw new Error(`the core refuses ${n} neurons`);
}

function writeStake(raw: readonly bigint[]): void {
  prepare(raw.length);
  const words = vector('stakeIn', 2 * raw.length);
  for (const [uid, value] of raw.entries()) {
    words[2 * uid] = BigInt.asIntN(64, value);
    words[2 * uid + 1] = BigInt.asIntN(64, value >> 64n);
  }
  core.probeStake();
}

function normalizeStake(raw: bigint[]): bigint[] {
  writeStake(raw);
  return [...vector('rawStake', raw.length)];
}

function wholeStake(raw: bigint[]): bigint[] {
  writeStake(raw);
  return [...vector('wholeStake', raw.length)].map(u64);
}

/** The core multiplies with 0, or with the limit, in place of what does not fit: where both agree, it fits. */
const checked = (clamped: bigint, zeroed: bigint): bigint | null => (clamped === zeroed ? clamped : null);

const ops: Operations = {
  'i32f32.saturating_mul': core.probeMul,
  'i32f32.checked_mul': (a, b) => checked(core.probeMul(a, b), core.probeMulOrZero(a, b)),
  'i32f32.checked_div': (a, b) => (b === 0n ? null : checked(core.probeDivClamped(a, b), core.probeDiv(a, b))),
  'i32f32.safe_div': core.probeDiv,
  'i32f32.saturating_add': core.probeAdd,
  'i32f32.saturating_sub': core.probeSub,
  'i32f32.sum': (a, b) => {
    prepare(2);
    vector('rawStake', 2).set([a, b]);
    return core.probeSum();
  },
  'i32f32.saturating_div': core.probeDivClamped,
  'i32f32.normalize': (values) => {
    prepare(values.length);
    vector('rawStake', values.length).set(values);
    core.probeNormalize();
    return [...vector('rawActiveStake', values.length)];
  },
  exp: core.probeExponential,
  exp_safe: core.probeExponential,
  alpha_sigmoid: (consensus, weight, bond, low, high, steepness) =>
    core.probeAlpha(consensus, weight, bond, low, high, core.probeSlope(Number(steepness >> 32n))),
  steepness_div_minus_100: (steepness) => core.probeSlope(Number(steepness)),
  bma_alpha_normal: core.probeSmoothingClamped,
  bma_alpha_disabled_liquid: core.probeSmoothingWrapped,
  u16_proportion_to_fixed: (value) => core.probeProp(Number(value)),
  u16_to_fixed: (value) => core.probeDiv(value, 1n),
  fixed_to_fixed_u16_proportion: (value) => core.probeDiv(value, 65_535n << 32n),
  fixed_proportion_to_u16: (value) => BigInt(core.probeToU16(value)),
  fixed_to_u64: (value) => u64(core.probeAmount(value, 1n)),
  'i64f64.to_u64': wholeStake,
  'i64f64.normalize': normalizeStake,
  'i64f64.normalize_to_i32f32': normalizeStake,
  'i64f64.normalize_wrapping': normalizeStake,
  'i64f64.to_i32f32': narrow,
  emission_to_u64: (share, emission) => u64(core.probeAmount(share, emission)),
  is_topk_nonzero: (stake, k) => {
    prepare(stake.length);
    vector('rawStake', stake.length).set(stake);
    core.probeTopNonZero(Number(k));
    return [...new Uint8Array(core.memory.buffer, core.address(FIELD.newValidatorPermit), stake.length)].map(Boolean);
  },
  weighted_median: (stake, score, min, total) => {
    prepare(stake.length);
    vector('rawStake', stake.length).set(stake);
    vector('rawActiveStake', stake.length).set(score);
    return core.probeMedian(total, min);
  },
  vec_u16_max_upscale_to_u16: () => {
    throw new Error('not in the core');
  },
};

function narrow(raw: bigint): bigint {
  return core.probeNarrow(BigInt.asIntN(64, raw), BigInt.asIntN(64, raw >> 64n));
}

export const wasmArithmetic: ArithmeticUnderTest = {
  name: 'wasm',
  ops,
  leftOut: (op, args) => {
    if (op === 'vec_u16_max_upscale_to_u16') return 'scaling of submitted weights is no part of an epoch';
    const limit = 20n << 32n;
    const outside = op === 'exp' && (BigInt(args[0] as string) > limit || BigInt(args[0] as string) < -limit);
    return outside ? 'the core clamps exponents to -20 .. 20 first' : undefined;
  },
  // The core keeps no quotient of stakes in 64 fraction bits; it drops 32 of them at once.
  expected: (op, out) =>
    op === 'i64f64.normalize' || op === 'i64f64.normalize_wrapping' ? (out as bigint[]).map(narrow) : out,
};
