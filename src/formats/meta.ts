/**
 * Meta: the part of a case that is carried and never computed with. Numbers keep their exact value: one that a
 * double would change is a `bigint`, or a `LosslessNumber` where it is no integer, and is written as it was read.
 */
import { isLosslessNumber, LosslessNumber, stringify } from 'lossless-json';
import { YumaError } from '../epoch/errors.js';
import type { EpochMeta } from '../epoch/input.js';
import { describe } from './describe.js';
import { isObject } from './objects.js';

/** Levels of lists and objects, the meta object being the first: far from any limit of the stack, here or later. */
const MOST_LEVELS = 100;

/** `meta` is an object; what is in it is the caller's affair, down to `MOST_LEVELS`. */
export function readMeta(value: unknown): EpochMeta {
  if (isObject(value)) return withNumbers(value, 1) as EpochMeta;
  throw new YumaError('WRONG_TYPE', { field: 'meta', expected: 'an object', got: describe(value) });
}

/** JSON of a meta object; `bigint` and `LosslessNumber` are written as literals. */
export function metaText(meta: EpochMeta): string {
  return stringify(meta) ?? '{}';
}

/** Literals that a double prints in the same way (0.5) become numbers. */
function withNumbers(value: unknown, level: number): unknown {
  if (isLosslessNumber(value)) {
    const number = Number(value.toString());
    return String(number) === value.toString() ? number : value;
  }
  if (Object.is(value, -0)) return new LosslessNumber('-0'); // written as a number it would be 0
  if (typeof value !== 'object' || value === null) return value;
  if (level > MOST_LEVELS) {
    const reason = `meta is nested too deeply, beyond ${MOST_LEVELS} levels`;
    throw new YumaError('BAD_JSON', { field: 'meta', reason });
  }
  if (Array.isArray(value)) return value.map((member) => withNumbers(member, level + 1));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withNumbers(member, level + 1)]));
}
