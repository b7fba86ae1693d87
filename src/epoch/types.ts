/** Types as they are found at run time, for callers that no compiler checked. */
import { type Place, YumaError } from './errors.js';

/** What a value is, in a few words for a message. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return Object.getPrototypeOf(value)?.constructor?.name ?? 'an object';
  return typeof value === 'undefined' ? 'nothing' : `${typeof value} ${String(value)}`;
}

export const wrongType = (place: Place, expected: string, got: unknown): YumaError =>
  new YumaError('WRONG_TYPE', { ...place, expected, got: describe(got) });

const LONGEST = 2 ** 32 - 1;

/** Refuses what is neither an array nor a typed array, nor anything else with a length. */
export function checkList(field: string, value: unknown): void {
  const length: unknown = typeof value === 'object' && value !== null && 'length' in value ? value.length : undefined;
  if (typeof length === 'number' && Number.isInteger(length) && length >= 0 && length <= LONGEST) return;
  throw wrongType({ field }, 'a list', value);
}
