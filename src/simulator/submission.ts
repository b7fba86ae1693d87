/**
 * Submission: what an agent decided, as the row of weights that the chain would store.
 * Exact  scores are float64; a quotient, a product and a rounding each, which IEEE 754 fixes
 */
import type { GivenRow } from '../index.js';
import type { Submission } from './agent.js';
import { shown } from './definition.js';

export interface Row {
  readonly columns: Uint16Array;
  readonly values: Uint16Array;
}

const ONE = 65_535;

/** The row that scores stand for: the largest becomes 65535, the others in proportion, rounded half up; no zeros. */
export function rowOfScores(scores: Float64Array): Row {
  let largest = 0;
  for (let uid = 0; uid < scores.length; uid++) if (scores[uid]! > largest) largest = scores[uid]!;
  const both = new Uint16Array(2 * scores.length); // one buffer: each is an object of its own to the collector
  const columns = both.subarray(0, scores.length);
  const values = both.subarray(scores.length);
  let entries = 0;
  for (let uid = 0; largest > 0 && uid < scores.length; uid++) {
    const value = Math.floor((scores[uid]! / largest) * ONE + 0.5);
    if (value === 0) continue;
    columns[entries] = uid;
    values[entries] = value;
    entries += 1;
  }
  return { columns: columns.subarray(0, entries), values: values.subarray(0, entries) };
}

/** The row of a submission that has one; `reason` where it is nonsense. */
export function rowOf(submission: Exclude<Submission, 'again' | null>, n: number): Row | { readonly reason: string } {
  if (!(submission instanceof Float64Array)) return rowOfEntries(submission, n);
  if (submission.length !== n) return { reason: `gave ${submission.length} scores for ${n} neurons` };
  for (let uid = 0; uid < n; uid++) {
    const score = submission[uid]!;
    if (!(score >= 0 && score < Number.POSITIVE_INFINITY)) {
      return { reason: `gave the score ${score} for uid ${uid}; scores are finite and at least 0` };
    }
  }
  return rowOfScores(submission);
}

function rowOfEntries(given: GivenRow, n: number): Row | { readonly reason: string } {
  const entries = Array.isArray(given) ? given : pairs(given as Row);
  if (entries === null) {
    return { reason: 'gave neither scores (a Float64Array) nor a row of weights nor "again" nor null' };
  }
  const seen = new Set<number>();
  for (const entry of entries) {
    const [column, value] = Array.isArray(entry) ? entry : [];
    if (!isWhole(column, n - 1) || !isWhole(value, ONE) || seen.has(column)) {
      return { reason: `gave the entry ${shown(entry)}; each is [uid, weight up to 65535], no uid twice` };
    }
    seen.add(column);
  }
  return {
    columns: Uint16Array.from(entries, ([column]: [number, number]) => column),
    values: Uint16Array.from(entries, ([, value]: [number, number]) => value),
  };
}

function pairs(row: Row): [number, number][] | null {
  const { columns, values } = row ?? {};
  if (!(columns instanceof Uint16Array && values instanceof Uint16Array)) return null;
  return columns.length === values.length ? Array.from(columns, (column, at) => [column, values[at]!]) : null;
}

const isWhole = (value: unknown, largest: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= largest;
