/**
 * Sigmoid: the table from which kernels/bracket.wgsl brackets the sigmoid of liquid alpha.
 * Spec   docs/spec/yuma-epoch.md 9.4 b, 9.7
 * Layout by knot, sizes of exponents 0, 1/64 .. 20, eight words each: 2^32 / (1 + e) in 1/64 (two words), the first three
 *        derivatives by the distance from the knot (signed), what to add above an estimate where the exponent is positive,
 *        what to take away below and to add above where it is negative, in 1/64
 * Exact  docs/gpu.md derives the bounds; test/backends/webgpu/liquid.test.ts holds them against the series
 */
import { KNOT_WORDS } from './layout.js';

const KNOTS = 20 * 64;
const ONE = 2 ** 32;
/** Units of the margins and of the estimate. */
const UNITS = 64;
/** Half the distance of two knots. */
const HALF = 1 / 128;
/** How much larger the sigmoid is at an exponent of exactly 1, where the chain has a constant of its own, at most. */
const AT_ONE = 32;
/** The chain's own number of terms. */
const TERMS = 32;

export const SIGMOID_WORDS = (KNOTS + 1) * KNOT_WORDS;

/** @param part of the margins; tests show that less than 1 is too little */
export function sigmoidTable(part = 1): Uint32Array {
  const table = new Uint32Array(SIGMOID_WORDS);
  for (let knot = 0; knot <= KNOTS; knot++) table.set(wordsAt(knot, part), knot * KNOT_WORDS);
  return table;
}

function wordsAt(knot: number, part: number): number[] {
  const y = knot / 64;
  const [t, t1, t2, t3] = [0, 1, 2, 3].map((order) => seriesAt(y, TERMS - order)) as [number, number, number, number];
  const s = 1 / (1 + t);
  const value = ONE * s;
  // The derivatives of 1 / (1 + t), over their factorials, for a distance of HALF.
  const first = -ONE * t1 * s ** 2 * HALF;
  const second = (ONE * (2 * t1 ** 2 * s ** 3 - t2 * s ** 2) * HALF ** 2) / 2;
  const third = (ONE * (6 * t1 * t2 * s ** 3 - 6 * t1 ** 3 * s ** 4 - t3 * s ** 2) * HALF ** 3) / 6;

  const excess = truncated(y + HALF) / (1 + seriesAt(Math.max(y - HALF, 0), TERMS)) ** 2;
  const right = seriesAt(y + HALF, TERMS);
  const floored = (right / (1 + right)) ** 2;
  const special = knot === 64 ? AT_ONE : 0;
  const margin = (raw: number): number => Math.ceil((raw * UNITS + 1) * part);
  const scaled = Math.round(value * UNITS);
  // A kernel's product of two signed words is half of what it stands for: hence the powers of two.
  return [
    scaled >>> 0,
    Math.floor(scaled / ONE),
    Math.round(first * UNITS * 2) >>> 0,
    Math.round(second * UNITS * 4) >>> 0,
    Math.round(third * UNITS * 8) >>> 0,
    margin(excess + special),
    margin(excess),
    margin(Math.max(excess, floored)),
  ];
}

/** The series of so many terms; the derivative of one is that of one term less. */
function seriesAt(y: number, terms: number): number {
  let term = 1;
  let sum = 1;
  for (let i = 1; i < terms; i++) {
    term *= y / i;
    sum += term;
  }
  return sum;
}

/** How far the truncations of the chain's series can add up to at y, in raw units (docs/liquid-alpha.md 1). */
function truncated(y: number): number {
  let term = ONE * y;
  let lost = 0;
  let sum = 0;
  for (let i = 2; i < TERMS; i++) {
    term = (term * y) / i;
    lost = Math.min((lost * y) / i + 1, term);
    sum += lost;
  }
  return sum;
}
