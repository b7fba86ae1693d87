/**
 * Raw values of an output: exact where it has the intermediates, else the range that a truncated u16 leaves open. A
 * property fails only where no value of the range satisfies it.
 */
import type { EpochIntermediates, EpochOutput } from '../epoch/index.js';
import { fixed } from '../reference.js';

export const { ONE } = fixed;

/** Values from `low` to `high`, both included. */
export interface Range {
  readonly low: bigint;
  readonly high: bigint;
}

export type Score = Exclude<keyof EpochIntermediates & keyof EpochOutput, 'stake'>;

const U16 = 65_535n;
const LARGEST_RAW = 2n ** 63n - 1n;

/** Raw values that `toU16` turns into `value`. */
export function rangeOfU16(value: number): Range {
  const least = (u: bigint): bigint => (u * ONE + U16 - 1n) / U16;
  return { low: least(BigInt(value)), high: value === 65_535 ? LARGEST_RAW : least(BigInt(value) + 1n) - 1n };
}

/** What the output says of one score of one uid. */
export function rangeOf(output: EpochOutput, score: Score, uid: number): Range {
  const raw = output.intermediates?.[score]?.[uid];
  return raw === undefined ? rangeOfU16(output[score][uid]!) : { low: raw, high: raw };
}

export const within = (value: bigint, { low, high }: Range): boolean => value >= low && value <= high;

/** As it stands in a report. */
export const shown = ({ low, high }: Range): string => (low === high ? String(low) : `${low} to ${high}`);

export const sumOf = (values: Iterable<bigint>): bigint => {
  let total = 0n;
  for (const value of values) total += value;
  return total;
};

export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
