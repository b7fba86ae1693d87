/** Parquet: a table as Apache Parquet, snappy, row groups of up to 100 000 rows, names of columns explained in its metadata. */
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { fileFault } from '../formats/file-fault.js';
import { YumaError } from '../index.js';
import type { Cell, Column, Table } from './table.js';

const ROWS_A_GROUP = 100_000;

const TYPES = { text: 'STRING', whole: 'INT64', number: 'DOUBLE', flag: 'BOOLEAN' } as const;

/**
 * Writes the file whole or not at all: beside the target, then renamed over it.
 * @throws YumaError UNWRITABLE; what the rows throw and the reason of an abort come through unchanged
 */
export async function writeParquet(path: string, table: Table, signal?: AbortSignal): Promise<void> {
  const beside = join(dirname(path), `.yuma-${randomUUID()}.tmp`);
  try {
    const writer = guarded(path, () => startWriter(beside, table.columns));
    let group: (readonly Cell[])[] = [];
    const flush = () => guarded(path, () => writer.write({ columnData: columnData(table.columns, group) }));
    for await (const row of table.rows) {
      signal?.throwIfAborted();
      group.push(row);
      if (group.length < ROWS_A_GROUP) continue;
      flush();
      group = [];
    }
    if (group.length > 0) flush();
    guarded(path, () => {
      writer.finish();
      const file = openSync(beside, 'r+');
      fsyncSync(file);
      closeSync(file);
      renameSync(beside, path);
    });
  } finally {
    rmSync(beside, { force: true }); // gone already if it was renamed
  }
}

function startWriter(path: string, columns: readonly Column[]): ParquetWriter {
  return new ParquetWriter({
    writer: fileWriter(path),
    schema: schemaFromColumnData({ columnData: columnData(columns, []) }),
    kvMetadata: columns.map(({ name, says }) => ({ key: `column.${name}`, value: says })),
    createdBy: 'yuma-engine',
  });
}

function columnData(columns: readonly Column[], rows: readonly (readonly Cell[])[]) {
  return columns.map(({ name, type }, at) => ({
    name,
    type: TYPES[type],
    data: rows.map((row) => (type === 'whole' && row[at] !== null ? BigInt(row[at] as number) : row[at])),
  }));
}

function guarded<T>(file: string, write: () => T): T {
  try {
    return write();
  } catch (fault) {
    if (typeof (fault as NodeJS.ErrnoException).code !== 'string') throw fault;
    throw new YumaError('UNWRITABLE', { file, reason: fileFault(fault) }, { cause: fault });
  }
}
