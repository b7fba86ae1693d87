/**
 * Exact JSON: parses one line so that no integer loses a digit and no fraction passes for an integer.
 * Takes  one JSON text
 * Exact  an integer literal below 10^15 is a `number`, a larger one up to 40 digits is a `number` if safe and else a
 *        `bigint`; every other literal (fraction, exponent, more digits) stays a `LosslessNumber` with its text
 * PERF   two ways, one result. `JSON.parse` rounds and keeps the last of two equal keys without a word, so it reads
 *        only lines that hold no such literal and no such key; lossless-json reads the others. When in doubt the line
 *        takes the slow way. A real subnet's lines (78 KB): 101 MB/s with the test, 158 without, slow way 33
 */
import { LosslessNumber, parse } from 'lossless-json';
import { printable } from './describe.js';

/**
 * A literal that `JSON.parse` may change: at least 16 digits, a fraction or an exponent, where a JSON value can
 * start. Text inside a string may look like one; that costs time and nothing else.
 */
const INEXACT_LITERAL = /(?:^|[:,[\s])-?\d+(?:(?<=\d{16})|[.eE])/;

const INTEGER = /^-?\d+$/;
/** Most characters of an integer that any field can take: an i128 has 39 digits and a sign. */
export const MOST_DIGITS = 40;
/** Every integer of so many characters is safe in a double. */
export const SAFE_DIGITS = 15;
/** Depth down to which the keys of nested objects are counted; deeper lines take the slow way. */
const DEPTH = 8;

/** @throws SyntaxError, or RangeError where the text is nested too deeply */
export function parseExactly(text: string): unknown {
  const value = parseFast(text);
  return value === undefined ? parse(text, undefined, { parseNumber: exactNumber, onDuplicateKey }) : value;
}

/** The value of a line that `JSON.parse` surely reads exactly; `undefined`: it may not. Exported for tests. */
export function parseFast(text: string): unknown {
  if (INEXACT_LITERAL.test(text)) return undefined;
  const value: unknown = JSON.parse(text);
  return countKeys(value, DEPTH) === countKeysOfText(text) ? value : undefined;
}

function exactNumber(text: string): number | bigint | LosslessNumber {
  if (!INTEGER.test(text) || text.length > MOST_DIGITS) return new LosslessNumber(text);
  if (text.length <= SAFE_DIGITS) return Number(text);
  const integer = BigInt(text);
  return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer;
}

/** Called where the two values differ; equal ones pass. */
function onDuplicateKey({ key, position }: { readonly key: string; readonly position: number }): never {
  const what = `the field "${printable(key)}" stands twice in one object`;
  throw new SyntaxError(`${what}, with different values, at position ${position}`);
}

/** Keys of an object and of the objects in it. Objects in arrays do not count: then the two counts differ. */
function countKeys(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth === 0) return 0;
  let keys = 0;
  for (const member of Object.values(value)) keys += 1 + countKeys(member, depth - 1);
  return keys;
}

const QUOTE = 0x22;
const SPACE = 0x20;

/** Colons behind a quote: at least one for every key that the text spells out, twice for a key that stands twice. */
function countKeysOfText(text: string): number {
  let keys = 0;
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    let before = colon - 1;
    while (before >= 0 && text.charCodeAt(before) <= SPACE) before -= 1;
    if (before >= 0 && text.charCodeAt(before) === QUOTE) keys += 1;
  }
  return keys;
}
