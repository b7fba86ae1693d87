/**
 * Lines: a table as comma-separated values (RFC 4180, line feeds) or as JSON Lines, a line a row.
 * Numbers are written so that reading them gives the same float64; an empty cell or `null` = there is none.
 */
import type { Cell, Table } from './table.js';

export async function* csvLines({ columns, rows }: Table): AsyncGenerator<string> {
  yield columns.map(({ name }) => csvCell(name)).join(',');
  for await (const row of rows) yield row.map(csvCell).join(',');
}

export async function* jsonLines({ columns, rows }: Table): AsyncGenerator<string> {
  for await (const row of rows)
    yield JSON.stringify(Object.fromEntries(columns.map(({ name }, at) => [name, row[at]])));
}

const TO_QUOTE = /[",\r\n]|^\s|\s$/;

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  return text === '' || TO_QUOTE.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
