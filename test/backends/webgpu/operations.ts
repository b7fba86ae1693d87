/** Arithmetic of the kernels as operations on words: how to call each, operands worth a try, and the right answer. */
import type { PassName } from '../../../src/backends/webgpu/kernels.js';
import { expSafe } from '../../../src/epoch/reference/exponential.js';
import { ONE, toU16 } from '../../../src/epoch/reference/fixed.js';
import type { Random } from '../../../src/sample/random.js';

/** In place of 2^32 in one word. */
const CODE = ONE - 1n;

const EDGES = [0n, 1n, 2n, 0xffffn, 0x1_0000n, 0x1_0001n, 0x7fff_ffffn, 0x8000_0000n, 0xffff_fffen, 0xffff_ffffn];

/** Draws of one operation. */
export class Draw {
  constructor(private readonly random: Random) {}

  /** An edge, or a number of any length up to so many bits; below `limit`. */
  below(limit: bigint): bigint {
    if (limit <= 1n) return 0n;
    const bits = limit.toString(2).length;
    let value = BigInt(this.random.next()) | (BigInt(this.random.next()) << 32n);
    value >>= 64n - BigInt(1 + this.random.below(bits));
    if (this.random.chance(0.2)) value = EDGES[this.random.below(EDGES.length)]!;
    if (this.random.chance(0.1)) value = limit - 1n - BigInt(this.random.below(3));
    if (this.random.chance(0.1)) value = (1n << BigInt(this.random.below(bits))) + BigInt(this.random.below(3)) - 1n;
    return value < 0n ? 0n : value % limit;
  }

  from(least: bigint, largest: bigint): bigint {
    return least + this.below(largest - least + 1n);
  }

  flag(): bigint {
    return BigInt(this.random.below(2));
  }
}

export interface Operation {
  /** The kernel whose text holds it. */
  readonly pass: PassName;
  readonly body: string;
  /** Operands: one word each, two where the width says so. */
  readonly widths: readonly (1 | 2)[];
  readonly gives: 1 | 2;
  readonly draw: (draw: Draw) => bigint[];
  readonly want: (...operands: bigint[]) => bigint;
}

const numberOf = (code: bigint): bigint => (code === CODE ? ONE : code);
const up = (numerator: bigint, denominator: bigint): bigint => (numerator + denominator - 1n) / denominator;
const S = 2n ** 47n;

export const OPERATIONS: Record<string, Operation> = {
  mul_high: {
    pass: 'votes',
    body: 'answer(0u, mul_high(arg(0u), arg(1u)));',
    widths: [1, 1],
    gives: 1,
    draw: (d) => [d.below(ONE), d.below(ONE)],
    want: (a, b) => (a * b) >> 32n,
  },
  mul64: {
    pass: 'votes',
    body: 'answer64(0u, mul64(arg(0u), arg(1u)));',
    widths: [1, 1],
    gives: 2,
    draw: (d) => [d.below(ONE), d.below(ONE)],
    want: (a, b) => a * b,
  },
  'add64, sub64, less64': {
    pass: 'votes',
    body: 'let a = arg64(0u); let b = arg64(2u); answer64(0u, select(sub64(add64(a, b), b), sub64(b, a), less64(a, b)));',
    widths: [2, 2],
    gives: 2,
    draw: (d) => [d.below(2n ** 63n), d.below(2n ** 63n)],
    want: (a, b) => (a < b ? b - a : a),
  },
  mul_code: {
    pass: 'votes',
    body: 'answer(0u, mul_code(arg(0u), arg(1u)));',
    widths: [1, 1],
    gives: 1,
    draw: (d) => [d.below(ONE), d.below(ONE)],
    want: (k, code) => (k * numberOf(code)) >> 32n,
  },
  mul_code_up: {
    pass: 'votes',
    body: 'answer(0u, mul_code_up(arg(0u), arg(1u)));',
    widths: [1, 1],
    gives: 1,
    draw: (d) => [d.below(ONE), d.below(ONE)],
    want: (k, code) => up(k * numberOf(code), ONE),
  },
  scaled: {
    pass: 'votes',
    body: 'answer64(0u, scaled(arg(0u), arg(1u) != 0u, arg(2u)));',
    widths: [1, 1, 1],
    gives: 2,
    draw: (d) => [d.below(ONE), d.flag(), d.below(ONE)],
    want: (k, whole, code) => ((whole ? ONE : k) * numberOf(code)) >> 32n,
  },
  'quotient by a divisor': {
    pass: 'votes',
    body: 'answer(0u, quotient(arg(0u), divisor(arg64(1u))));',
    widths: [1, 2],
    gives: 1,
    draw: (d) => {
      const s = d.from(1n, S);
      return [d.below(s < ONE ? s : ONE), s];
    },
    want: (x, s) => (x << 32n) / s,
  },
  quotient_of_one: {
    pass: 'votes',
    body: 'answer(0u, quotient_of_one(divisor(arg64(0u))));',
    widths: [2],
    gives: 1,
    draw: (d) => [d.from(ONE + 1n, S)],
    want: (s) => 2n ** 64n / s,
  },
  share_of: {
    pass: 'votes',
    body: 'let s = arg64(2u); answer64(0u, share_of(arg64(0u), s, divisor(select(s, vec2u(1u, 0u), is_zero64(s)))));',
    widths: [2, 2],
    gives: 2,
    draw: (d) => {
      const s = d.below(S);
      return [s === 0n ? d.below(ONE) : d.from(0n, s < ONE ? s : ONE), s];
    },
    want: (x, s) => (s === 0n ? x : (x << 32n) / s),
  },
  long_quotient: {
    pass: 'votes',
    body: 'answer64(0u, long_quotient(arg64(0u), arg64(2u)));',
    widths: [2, 2],
    gives: 2,
    draw: (d) => {
      const s = d.from(1n, 2n ** 34n);
      return [d.from(0n, s), s];
    },
    want: (x, s) => (x << 32n) / s,
  },
  to_u16_wide: {
    pass: 'votes',
    body: 'answer(0u, to_u16_wide(arg64(0u)));',
    widths: [2],
    gives: 1,
    draw: (d) => [d.from(0n, ONE)],
    want: (x) => BigInt(toU16(x)),
  },
  'normalised weights': {
    pass: 'weights',
    body: 'answer(0u, normalised(arg(0u), row_divisor(arg(1u))));',
    widths: [1, 1],
    gives: 1,
    draw: (d) => {
      const row = d.from(1n, 2n ** 31n - 1n);
      return [d.below(row < 65_536n ? row : 65_536n), row];
    },
    want: (v, row) => (v << 32n) / row,
  },
  penalised: {
    pass: 'yuma3',
    body: 'answer(0u, penalised(arg(0u), arg(1u), arg(2u) * 0u, arg(2u)));',
    widths: [1, 1, 1],
    gives: 1,
    // A weight is at most 2^32 - 65536, or 2^32, and so is a consensus; the penalty is prop(1) .. prop(65534).
    draw: (d) => {
      const weight = () => (d.flag() && d.flag() ? CODE : d.below(ONE - 65_535n));
      return [weight(), weight(), d.from(1n, 65_534n) * 65_537n];
    },
    want: (w, c, ratio) => {
      const clipped = c < w ? c : w;
      const value = numberOf(w) + ((ratio * (numberOf(clipped) - numberOf(w))) >> 32n);
      return value === ONE ? CODE : value;
    },
  },
  'emission amounts': {
    pass: 'emission',
    body: 'answer64(0u, amount_of(arg64(0u), arg64(2u)));',
    widths: [2, 2],
    gives: 2,
    draw: (d) => [d.from(0n, ONE), d.below(2n ** 64n)],
    want: (share, amount) => (share * amount) >> 32n,
  },
  'emission shares': {
    pass: 'emission',
    body: `let total = arg64(4u);
      answer64(0u, parts_of(arg64(0u), arg64(2u), total, divisor_of(total)).combined);`,
    widths: [2, 2, 2],
    gives: 2,
    draw: (d) => {
      const [inc, dv] = [d.from(0n, ONE), d.from(0n, ONE)];
      return [inc, dv, d.from(inc + dv === 0n ? 1n : inc + dv, 2n * ONE)];
    },
    want: (inc, dv, total) => ((inc + dv) << 32n) / total,
  },
  exponents: {
    pass: 'series',
    body: `let exponent = exponent_of(arg64(0u), arg64(2u), arg(4u) != 0u);
      answer64(0u, select(exponent.size, sub64(vec2u(0u), exponent.size), exponent.negative));`,
    widths: [2, 2, 1],
    gives: 2,
    draw: (d) => [d.from(0n, ONE), (d.below(32_769n) << 32n) / 100n, d.flag()],
    want: (distance, slope, down) => {
      const exponent = ((down ? -slope : slope) * (distance - ONE / 2n)) >> 32n;
      const limit = 20n * ONE;
      return BigInt.asUintN(64, exponent < -limit ? -limit : exponent > limit ? limit : exponent);
    },
  },
  'sigmoids by the series': {
    pass: 'series',
    body: 'answer(0u, sigmoid_of(arg64(0u), arg(2u) != 0u));',
    widths: [2, 1],
    gives: 1,
    draw: (d) => [d.flag() ? d.from(0n, 20n * ONE) : ONE + d.below(5n), d.flag()],
    want: (size, negative) => 2n ** 64n / (ONE + expSafe(negative ? -size : size)),
  },
};
