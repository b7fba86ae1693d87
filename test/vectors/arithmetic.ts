/**
 * Arithmetic under test: the operations of math.jsonl.gz as functions on raw numbers. Whoever has an arithmetic of its
 * own fills in a table of this form, and math.test.ts runs every golden operation on it.
 */
import { weightedMedian } from '../../src/epoch/reference/consensus.js';
import { amountOf } from '../../src/epoch/reference/emission.js';
import { exp, expSafe } from '../../src/epoch/reference/exponential.js';
import * as fixed from '../../src/epoch/reference/fixed.js';
import { liquidAlpha, sigmoidSlope } from '../../src/epoch/reference/liquid.js';
import { topStake } from '../../src/epoch/reference/permits.js';
import { smoothing } from '../../src/epoch/reference/smoothing.js';
import { normalizeStake, toI32F32, wholeStake } from '../../src/epoch/reference/stake.js';
import { upscaleWeights } from '../../src/epoch/upscale-weights.js';

type Unary = (a: bigint) => bigint;
type Binary = (a: bigint, b: bigint) => bigint;
/** `null`: there is no result. */
type Checked<F extends (...args: never) => bigint> = (...args: Parameters<F>) => bigint | null;
type List = (values: bigint[]) => bigint[];

/** Every operation by its name in the file; arguments and results are raw integers (test/vectors/data/README.md). */
export interface Operations {
  'i32f32.saturating_mul': Binary;
  'i32f32.checked_mul': Checked<Binary>;
  'i32f32.checked_div': Checked<Binary>;
  'i32f32.safe_div': Binary;
  'i32f32.saturating_add': Binary;
  'i32f32.saturating_sub': Binary;
  /** Vector sum of the two: wraps. */
  'i32f32.sum': Binary;
  'i32f32.saturating_div': Binary;
  'i32f32.normalize': List;
  exp: Checked<Unary>;
  exp_safe: Unary;
  /** `steepness` is the stored one as raw I32F32. */
  alpha_sigmoid: (
    consensus: bigint,
    weight: bigint,
    bond: bigint,
    alphaLow: bigint,
    alphaHigh: bigint,
    steepness: bigint,
  ) => bigint;
  steepness_div_minus_100: Unary;
  bma_alpha_normal: Unary;
  bma_alpha_disabled_liquid: Unary;
  u16_proportion_to_fixed: Unary;
  u16_to_fixed: Unary;
  fixed_to_fixed_u16_proportion: Unary;
  fixed_proportion_to_u16: Unary;
  fixed_to_u64: Unary;
  'i64f64.to_u64': List;
  'i64f64.normalize': List;
  'i64f64.normalize_to_i32f32': List;
  'i64f64.normalize_wrapping': List;
  'i64f64.to_i32f32': Unary;
  emission_to_u64: (share: bigint, emission: bigint) => bigint;
  is_topk_nonzero: (stake: bigint[], k: bigint) => boolean[];
  /** `min` of spec 7.1, then the sum of the stakes. */
  weighted_median: (stake: bigint[], score: bigint[], min: bigint, total: bigint) => bigint;
  vec_u16_max_upscale_to_u16: List;
}

/** A table, and the name it has in the test report. */
export interface ArithmeticUnderTest {
  readonly name: string;
  readonly ops: Readonly<Operations>;
  /** Why this arithmetic has no such operation, or not on these operands; `undefined` where it has. */
  readonly leftOut?: (op: string, args: Line['args']) => string | undefined;
  /** What it should give where its form of the result is not that of the file. */
  readonly expected?: (op: string, out: Result) => Result;
}

/** A line of the file; numbers as decimal strings, as JSON.parse leaves them. */
export interface Line {
  readonly op: string;
  readonly args: readonly (string | readonly string[])[];
  readonly out: unknown;
}

export type Result = bigint | boolean | null | readonly Result[];

/** The arithmetic of the executable spec. */
export const referenceArithmetic: ArithmeticUnderTest = {
  name: 'reference',
  ops: {
    'i32f32.saturating_mul': fixed.mul,
    'i32f32.checked_mul': fixed.checkedMul,
    'i32f32.checked_div': fixed.checkedDiv,
    'i32f32.safe_div': fixed.div,
    'i32f32.saturating_add': fixed.add,
    'i32f32.saturating_sub': fixed.sub,
    'i32f32.sum': (a, b) => fixed.sum([a, b]),
    'i32f32.saturating_div': fixed.saturatingDiv,
    'i32f32.normalize': fixed.normalize,
    exp,
    exp_safe: expSafe,
    alpha_sigmoid: (consensus, weight, bond, low, high, steepness) =>
      liquidAlpha(consensus, weight, bond, low, high, sigmoidSlope(Number(steepness / fixed.ONE))),
    steepness_div_minus_100: (steepness) => sigmoidSlope(Number(steepness)),
    bma_alpha_normal: (movingAverage) => smoothing(movingAverage, false),
    bma_alpha_disabled_liquid: (movingAverage) => smoothing(movingAverage, true),
    u16_proportion_to_fixed: fixed.prop,
    u16_to_fixed: fixed.fromU16,
    fixed_to_fixed_u16_proportion: fixed.proportion,
    fixed_proportion_to_u16: (value) => BigInt(fixed.toU16(value)),
    fixed_to_u64: (value) => fixed.toU64(value, 32n),
    'i64f64.to_u64': (weights) => weights.map(wholeStake),
    'i64f64.normalize': normalizeStake,
    'i64f64.normalize_to_i32f32': (weights) => normalizeStake(weights).map(toI32F32),
    'i64f64.normalize_wrapping': normalizeStake,
    'i64f64.to_i32f32': toI32F32,
    emission_to_u64: amountOf,
    is_topk_nonzero: (stake, k) => topStake(stake, Number(k)),
    weighted_median: (stake, score, min) =>
      weightedMedian(
        score.map((weight, voter) => ({ weight, share: stake[voter]! })),
        min,
      ),
    vec_u16_max_upscale_to_u16: (weights) => Array.from(upscaleWeights(weights.map(Number)), BigInt),
  },
};
