/** Fixed: submits rows that were written down beforehand. */
import type { ValidatorAgent } from '../agent.js';
import { define } from '../definition.js';

/** Weights as they are stored, `[uid, weight up to 65535]`; `null` = it submits nothing. */
export type FixedRow = readonly (readonly [uid: number, weight: number])[] | null;

/** From which epoch on which row; before the first one it submits nothing. */
export type FixedRows = Readonly<Record<string, FixedRow>>;

export const fixed = define<ValidatorAgent>()({
  says: 'submits given rows of weights, whatever the miners deliver',
  parameters: {
    rows: {
      default: {} as unknown,
      is: (value) => (isRows(value) ? null : 'an object of rows by epoch, { "0": [[uid, weight], ...], "9": null }'),
      says: 'row of u16 weights by the epoch from which on it submits it; `null` = nothing any more',
    },
  },
  create: ({ rows }) => {
    const plan = Object.entries(rows as FixedRows)
      .map(([epoch, row]) => ({ epoch: Number(epoch), row }))
      .sort((a, b) => b.epoch - a.epoch);
    return { decide: ({ chain }) => plan.find(({ epoch }) => epoch <= chain.epoch)?.row ?? null };
  },
});

const isRows = (value: unknown): value is FixedRows =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(([epoch, row]) => /^\d{1,8}$/.test(epoch) && (row === null || isRow(row)));

const isRow = (row: unknown): boolean =>
  Array.isArray(row) &&
  row.every(
    (entry) =>
      Array.isArray(entry) &&
      entry.length === 2 &&
      entry.every((number) => Number.isInteger(number) && number >= 0 && number <= 65_535),
  );
