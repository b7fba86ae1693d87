/** Write: a table into a file whose name says the format. */
import { writeAtomically } from '../formats/index.js';
import { YumaError } from '../index.js';
import { csvLines, jsonLines } from './lines.js';
import type { Table } from './table.js';

/** Endings of names, and what they stand for; the first two also with `.gz`. */
export const TABLE_FORMATS = ['.csv', '.jsonl', '.parquet'] as const;

export interface WriteTableOptions {
  readonly signal?: AbortSignal | undefined;
}

/** @throws YumaError BAD_USAGE for a name that ends in no format */
export function tableFormat(path: string): (typeof TABLE_FORMATS)[number] {
  const found = TABLE_FORMATS.find((ending) => path.endsWith(ending) || path.endsWith(`${ending}.gz`));
  if (found !== undefined && !path.endsWith('.parquet.gz')) return found;
  const known = '.csv, .csv.gz, .jsonl, .jsonl.gz, .parquet';
  throw new YumaError('BAD_USAGE', { reason: `the name "${path}" ends in no table format. Known: ${known}.` });
}

/**
 * Writes the file whole or not at all.
 * @throws YumaError BAD_USAGE, UNWRITABLE; what the rows throw and the reason of an abort come through unchanged
 */
export async function writeTable(path: string, table: Table, { signal }: WriteTableOptions = {}): Promise<void> {
  const format = tableFormat(path);
  if (format === '.parquet') {
    const { writeParquet } = await import('./parquet.js'); // its library only where it is wanted: 40 ms
    await writeParquet(path, table, signal);
  } else await writeAtomically(path, format === '.csv' ? csvLines(table) : jsonLines(table), { signal });
}
