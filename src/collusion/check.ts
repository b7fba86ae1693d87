/** Check: numbers that callers give, at run time. */
import { YumaError } from '../index.js';

export const isWhole = Number.isInteger;

/**
 * @param fits what it must be beside a number within the range
 * @throws YumaError WRONG_TYPE, OUT_OF_RANGE
 */
export function checkNumber(
  field: string,
  value: unknown,
  least: number,
  largest: number,
  fits?: typeof isWhole,
  entry?: number,
): void {
  if (typeof value !== 'number' || Number.isNaN(value) || (fits !== undefined && !fits(value))) {
    const expected = fits === undefined ? 'a number' : 'an integer';
    const got = typeof value === 'number' ? String(value) : typeof value;
    throw new YumaError('WRONG_TYPE', { field, entry, expected, got });
  }
  if (value >= least && value <= largest) return;
  throw new YumaError('OUT_OF_RANGE', {
    field,
    entry,
    value: String(value),
    least: String(least),
    largest: String(largest),
  });
}
