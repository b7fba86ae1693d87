/** Rows in one line of text, "column:value column:value". */
import type { Row } from '../../../src/epoch/reference/rows.js';

export const row = (text: string): Row =>
  text
    .split(' ')
    .filter(Boolean)
    .map((entry) => entry.split(':'))
    .map(([column, value]) => ({ column: Number(column), value: BigInt(value!) }));

export const rows = (...texts: string[]): Row[] => texts.map(row);

export const text = (row: Row): string => row.map(({ column, value }) => `${column}:${value}`).join(' ');
