/**
 * Exact JSON: every number must keep its digits, by whichever of its two ways a text goes. The oracle is the library's
 * own reading, in which a number is its text.
 * Takes  as `parseExactly` says: SyntaxError, or RangeError for deep nesting; its callers make typed errors of them
 */
import { isLosslessNumber, parse } from 'lossless-json';
import { parseExactly } from '#yuma/formats/exact-json.js';
import { pick } from '../../draw/integers.js';
import { changedBytes } from '../draw/bytes.js';
import { changedJson } from '../draw/json.js';
import { SEED_LINES, SEED_TREES } from '../draw/seeds.js';
import { Broken, READ, type Reader } from '../reader.js';

const ENCODER = new TextEncoder();

export const jsonReader: Reader = {
  name: 'json',
  draw: (random) => {
    const text = ENCODER.encode(changedJson(random, pick(random, SEED_TREES), pick(random, SEED_TREES)));
    return random.below(4) > 0 ? text : changedBytes(random, text, ENCODER.encode(pick(random, SEED_LINES)));
  },
  read: async (bytes) => {
    const text = Buffer.from(bytes).toString('utf8');
    let value: unknown;
    try {
      value = parseExactly(text);
    } catch (fault) {
      return refused(text, fault);
    }
    const whole = oracle(text);
    const where = whole === undefined ? null : difference(value, whole, '$');
    if (where !== null) throw new Broken(where);
    return READ;
  },
};

/** Every number as its text; `undefined` where the library finds the text nested too deeply. */
function oracle(text: string): unknown {
  try {
    return parse(text);
  } catch (fault) {
    if (fault instanceof RangeError) return undefined;
    throw fault;
  }
}

/** What plain JSON takes may be refused for keys that stand twice, or depth. */
function refused(text: string, fault: unknown): string {
  if (fault instanceof RangeError) return 'RangeError';
  if (!(fault instanceof SyntaxError)) throw fault;
  if (!fault.message.includes('stands twice') && isJson(text)) throw new Broken(`it is JSON: ${fault.message}`);
  return 'SyntaxError';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Where two readings of one text part, the second with every number as its text. */
function difference(value: unknown, whole: unknown, path: string): string | null {
  if (isLosslessNumber(whole)) return sameNumber(value, whole.value) ? null : `${path}: ${value} of ${whole.value}`;
  if (typeof whole !== 'object' || whole === null) return Object.is(value, whole) ? null : `${path}: ${value}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== Array.isArray(whole)) return path;
  const [keys, wanted] = [Object.keys(value), Object.keys(whole)];
  if (keys.join('\0') !== wanted.join('\0')) return `${path}: keys ${keys} of ${wanted}`;
  for (const key of wanted) {
    const found = difference((value as never)[key], (whole as never)[key], `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

function sameNumber(value: unknown, literal: string): boolean {
  if (isLosslessNumber(value)) return value.value === literal;
  if (typeof value !== 'number' && typeof value !== 'bigint') return false;
  return /^-?\d+$/.test(literal) && BigInt(value) === BigInt(literal);
}
