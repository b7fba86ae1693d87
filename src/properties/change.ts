/** Changes of inputs and outputs: each gives a new one, what it was given is left alone. */
import { type EpochInput, type EpochOutput, listRows, type SparseRows, sparseRows } from '../epoch/index.js';
import { compareOutput } from '../verify/index.js';

export type Entries = (readonly [column: number, value: number])[];

/** @returns no entries where there is no such row, as odd input may have fewer than neurons */
export const rowOf = ({ offsets, columns, values }: SparseRows, uid: number): Entries =>
  uid + 1 < offsets.length
    ? Array.from(columns.subarray(offsets[uid], offsets[uid + 1]), (column, at) => [
        column,
        values[offsets[uid]! + at]!,
      ])
    : [];

/** The same rows but for one. */
export const withRow = (rows: SparseRows, uid: number, row: Entries): SparseRows =>
  mapRows(rows, (old, at) => (at === uid ? row : old));

export const mapRows = (rows: SparseRows, change: (row: Entries, uid: number) => Entries): SparseRows =>
  sparseRows(listRows(rows).map(change));

export const withWeights = (input: EpochInput, uid: number, row: Entries): EpochInput => ({
  ...input,
  weights: withRow(input.weights, uid, row),
});

/** A row with the value of one column replaced, or put at its end where it has none. */
export const withValue = (row: Entries, column: number, value: number): Entries =>
  row.some(([at]) => at === column)
    ? row.map(([at, old]) => [at, at === column ? value : old])
    : [...row, [column, value]];

/** A typed array with one element replaced. */
export function withElement<V extends Uint8Array | BigUint64Array>(vector: V, at: number, value: V[number]): V {
  const changed = vector.slice() as V;
  changed[at] = value;
  return changed;
}

export const sortRows = (rows: SparseRows): SparseRows => mapRows(rows, (row) => row.toSorted(([a], [b]) => a - b));

/** Bond rows as sets: for statements that leave their order open. */
export const withSortedBonds = (output: EpochOutput): EpochOutput => ({ ...output, bonds: sortRows(output.bonds) });

/** The first difference of two outputs as a sentence, raw values too where both have them; `null` if they are equal. */
export function difference(got: EpochOutput, want: EpochOutput): string | null {
  const mid = got.intermediates === undefined ? undefined : want.intermediates;
  const found = compareOutput(got, { out: want, mid });
  if (found === null) return null;
  const { field, uid, entry } = found;
  const place = `${uid === undefined ? '' : ` of uid ${uid}`}${entry === undefined ? '' : `, entry ${entry}`}`;
  return `${field}${place} is ${found.got}, was to be ${found.want}`;
}

/** Results that an epoch gives, by the names of the case format. */
export type Result = Exclude<keyof EpochOutput, 'n' | 'stake' | 'intermediates' | 'meta'>;

export const AMOUNTS = ['serverEmission', 'validatorEmission', 'emission'] as const satisfies readonly Result[];

/** `got` with the results that may differ taken from `base`, so that a comparison sees the others. */
export function excepting(got: EpochOutput, base: EpochOutput, results: readonly Result[]): EpochOutput {
  const taken = Object.fromEntries(results.map((result) => [result, base[result]]));
  const { intermediates } = got;
  if (intermediates === undefined) return { ...got, ...taken };
  const raw = results
    .filter((result) => result in intermediates)
    .map((name) => [name, base.intermediates?.[name as 'stake']]);
  return { ...got, ...taken, intermediates: { ...intermediates, ...Object.fromEntries(raw) } };
}
