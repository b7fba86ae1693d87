/** Opens an object of a case: every field that it must have is there, and none that the format does not know. */
import { isLosslessNumber } from 'lossless-json';
import { YumaError } from '../epoch/errors.js';
import { describe } from './describe.js';

/** Fields by name; only those that the object has itself are there, so `in` tells whether one was given. */
export type Opened<Name extends string> = { readonly [K in Name]?: unknown };

/**
 * @param path name of the object in errors, empty for the line itself
 * @param known all fields, in the order of the format
 * @param optional fields that may be missing
 */
export function open<Name extends string>(
  value: unknown,
  path: string,
  known: readonly Name[],
  optional: readonly string[],
): Opened<Name> {
  if (!isObject(value)) {
    throw new YumaError('WRONG_TYPE', { field: path, expected: 'an object', got: describe(value) });
  }
  const field = (name: string) => (path === '' ? name : `${path}.${name}`);
  const names: readonly string[] = known;
  for (const name of Object.keys(value)) {
    if (!names.includes(name)) throw new YumaError('UNKNOWN_FIELD', { field: field(name), known });
  }
  for (const name of names) {
    if (!Object.hasOwn(value, name) && !optional.includes(name)) {
      throw new YumaError('MISSING_FIELD', { field: field(name) });
    }
  }
  return value as Opened<Name>;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}
