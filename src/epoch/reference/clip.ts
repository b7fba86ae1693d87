/**
 * Clip: no weight counts for more than the consensus; what is left of a row is its validator's trust.
 * Room   reference (executable spec). Also in assembly/clip.ts
 * Spec   docs/spec/yuma-epoch.md 7.2 (clip), 7.3 (trust)
 * Takes  weights as normalised by rows (6.5), consensus (7.1)
 * Exact  comparisons and a sum. A weight clipped to 0 is dropped, a weight that was 0 itself stays
 * Cost   O(entries)
 */
import { type Raw, sum } from './fixed.js';
import type { Row } from './rows.js';

export function clip(weights: readonly Row[], consensus: readonly Raw[]): Row[] {
  return weights.map((row) =>
    row.flatMap((entry) => {
      const limit = consensus[entry.column]!;
      if (entry.value <= limit) return [entry];
      return limit > 0n ? [{ column: entry.column, value: limit }] : [];
    }),
  );
}

/** Sum of each clipped row. */
export const validatorTrust = (clipped: readonly Row[]): Raw[] =>
  clipped.map((row) => sum(row.map(({ value }) => value)));
