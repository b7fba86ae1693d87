/**
 * Integers: a field's value as a number of a stated range, without loss.
 * Takes  a parsed JSON value: `number`, `bigint`, a decimal string, or a `LosslessNumber` (which is refused)
 * Exact  an integer has the form of JSON, `-?(0|[1-9][0-9]*)`, as a literal or in a string; `-0` is 0. So 1.0, 1e3,
 *        "+5", "007", " 5" and "0x10" are none
 */
import { isLosslessNumber } from 'lossless-json';
import { type Place, YumaError } from '../epoch/errors.js';
import { INTEGER_RANGE } from '../epoch/hyperparameters.js';
import { describe, printable } from './describe.js';
import { MOST_DIGITS, SAFE_DIGITS } from './exact-json.js';

const RANGE = {
  ...INTEGER_RANGE,
  i64: [-(1n << 63n), (1n << 63n) - 1n],
  i128: [-(1n << 127n), (1n << 127n) - 1n],
} as const satisfies Record<string, readonly [bigint, bigint]>;

export type IntegerType = keyof typeof RANGE;

/** The same as doubles, exact enough for integers below 2^53: a `number` is not compared with a `bigint`, PERF. */
const NUMBER_RANGE = Object.fromEntries(
  Object.entries(RANGE).map(([type, [least, largest]]) => [type, [Number(least), Number(largest)]]),
) as unknown as { readonly [T in IntegerType]: readonly [number, number] };

/** Types whose values a `number` holds. */
export type SmallType = 'u16' | 'i16';

const INTEGER = /^-?(?:0|[1-9][0-9]*)$/;

/** An integer of a type of at most 16 bits. */
export function readSmall(value: unknown, type: SmallType, place: Place): number {
  return Number(readInteger(value, type, place)) + 0; // -0 becomes 0
}

/** An integer of a wide type. */
export function readBig(value: unknown, type: IntegerType, place: Place): bigint {
  return BigInt(readInteger(value, type, place));
}

/** The neurons' count is held against a limit of its own, so it comes unchecked: an integer of any size. */
export function readCount(value: unknown, place: Place): number | bigint {
  return integerOf(value) ?? refuse(value, 'an integer', place);
}

function readInteger(value: unknown, type: IntegerType, place: Place): number | bigint {
  const integer = integerOf(value) ?? refuse(value, `an integer (${type})`, place);
  const [least, largest] = typeof integer === 'number' ? NUMBER_RANGE[type] : RANGE[type];
  if (integer >= least && integer <= largest) return integer;
  throw new YumaError('OUT_OF_RANGE', {
    ...place,
    value: printable(String(value)),
    least: String(RANGE[type][0]),
    largest: String(RANGE[type][1]),
  });
}

/** `undefined`: no integer. */
function integerOf(value: unknown): number | bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  const text = isLosslessNumber(value) ? value.toString() : value;
  if (typeof text !== 'string' || !INTEGER.test(text)) return undefined;
  if (text.length <= SAFE_DIGITS) return Number(text);
  // Beyond every range, and `BigInt` takes time with the square of the digits: the first of them are enough.
  return BigInt(text.slice(0, MOST_DIGITS + 1));
}

function refuse(value: unknown, expected: string, place: Place): never {
  throw new YumaError('WRONG_TYPE', { ...place, expected, got: describe(value) });
}
