/**
 * Changed: inputs that their caller changed or gave away between their check and their turn. What holds of lengths and row
 * offsets is looked at again; other contents may be whatever they are by then.
 * Cost   O(n)
 */
import { YumaError } from './errors.js';
import type { CheckedInput, SparseRows } from './input.js';

/** Arrays of the length of n, and of twice that: an array that was transferred has none. */
const VECTORS = { stake: 2, lastUpdate: 1, registeredAt: 1, commitBlock: 1, validatorPermit: 1 } as const;

/** @throws YumaError BAD_USAGE if arrays are not as long, or rows do not lie as they did, when the input was checked */
export function refuseChanged(input: CheckedInput): void {
  const { n, weights, bonds } = input;
  try {
    for (const [field, words] of Object.entries(VECTORS) as [keyof typeof VECTORS, number][]) {
      const { length } = input[field];
      if (length !== words * n) throw new RangeError(`${field} has ${length} elements, not ${words * n}`);
    }
    refuseOtherRows('weights', weights, n);
    refuseOtherRows('bonds', bonds, n);
  } catch (cause) {
    throw changedInput(cause as Error);
  }
}

/** Entries behind the last row are none of ours: a lenient reading may have cut rows off. */
function refuseOtherRows(field: 'weights' | 'bonds', { offsets, columns, values }: SparseRows, n: number): void {
  if (offsets.length !== n + 1) throw new RangeError(`${field}.offsets has ${offsets.length} elements, not ${n + 1}`);
  for (let uid = 0; uid < n; uid++) {
    if (offsets[uid]! > offsets[uid + 1]!) throw new RangeError(`row ${uid} of ${field} ends before it begins`);
  }
  const entries = Math.min(columns.length, values.length);
  if (offsets[n]! > entries) throw new RangeError(`${field} has ${entries} entries, not ${offsets[n]}`);
}

/** @param cause what was found of it */
export function changedInput(cause: Error): YumaError<'BAD_USAGE'> {
  const reason = `The input was changed while its epoch waited (${cause.message}); wait for its result first.`;
  return new YumaError('BAD_USAGE', { reason }, { cause });
}
