/** Tables: what is written is read back the same, by readers that are not ours. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cell, type Table, writeTable } from '../../src/tables/index.js';

const NAMES = ['run', 'share', 'name', 'on'] as const;

const ROWS: readonly (readonly Cell[])[] = [
  [0, 0.1, 'plain', true],
  [9_007_199_254_740_991, 1 / 3, 'a "quoted", one\nof two lines', false],
  [-1, 5e-324, '', null],
  [null, null, null, true],
  [2, -0.5, ' spaces ', true],
];

const table = (rows: Table['rows'] = ROWS): Table => ({
  columns: [
    { name: 'run', type: 'whole', says: 'number of the run' },
    { name: 'share', type: 'number', says: 'a share' },
    { name: 'name', type: 'text', says: 'a name' },
    { name: 'on', type: 'flag', says: 'whether' },
  ],
  rows,
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yuma-tables-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const written = async (name: string, rows?: Table['rows']): Promise<Buffer> => {
  const path = join(folder, name);
  await writeTable(path, table(rows));
  return readFileSync(path);
};

const parquet = async (bytes: Buffer) => {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  return { rows: await parquetReadObjects({ file }), metadata: parquetMetadata(file) };
};

test('as comma-separated values', async () => {
  expect(String(await written('a.csv'))).toBe(
    `run,share,name,on
0,0.1,plain,true
9007199254740991,0.3333333333333333,"a ""quoted"", one
of two lines",false
-1,5e-324,"",
,,,true
2,-0.5," spaces ",true
`,
  );
});

test('as JSON Lines', async () => {
  const lines = String(await written('a.jsonl'))
    .trimEnd()
    .split('\n');
  const want = ROWS.map((row) => Object.fromEntries(NAMES.map((name, at) => [name, row[at]])));
  expect(lines.map((line) => JSON.parse(line))).toEqual(want);
});

test('as Apache Parquet, with what each column holds', async () => {
  const { rows, metadata } = await parquet(await written('a.parquet'));
  const want = ROWS.map(([run, ...rest]) => [run === null ? null : BigInt(run as number), ...rest]);
  expect(rows.map((row) => NAMES.map((name) => row[name] ?? null))).toEqual(want);
  expect(metadata.key_value_metadata).toContainEqual({ key: 'column.share', value: 'a share' });
});

test('as Apache Parquet of many rows, group by group', async () => {
  const many = function* () {
    for (let run = 0; run < 250_000; run++) yield [run, run / 7, `n${run % 5}`, run % 2 === 0];
  };
  const { rows, metadata } = await parquet(await written('many.parquet', many()));
  expect(rows).toHaveLength(250_000);
  expect(rows[249_999]).toEqual({ run: 249_999n, share: 249_999 / 7, name: 'n4', on: false });
  expect(metadata.row_groups.length).toBeGreaterThan(1);
}, 30_000);

test('as Apache Parquet without rows', async () => {
  expect((await parquet(await written('none.parquet', []))).rows).toEqual([]);
});

test('gzipped where the name says so', async () => {
  expect(gunzipSync(await written('b.csv.gz'))).toEqual(await written('b.csv'));
});

describe('a fault leaves nothing behind:', () => {
  const failing = async function* (): AsyncGenerator<Cell[]> {
    yield [1, 2, 'a', true];
    throw new Error('rows ended');
  };
  test.each(['c.csv', 'c.jsonl', 'c.parquet'])('%s', async (name) => {
    await expect(written(name, failing())).rejects.toThrow('rows ended');
    expect(readdirSync(folder).filter((file) => file.startsWith('c.') || file.includes('.tmp'))).toEqual([]);
  });

  test.each(['no/folder.csv', 'no/folder.parquet'])('%s', async (name) => {
    await expect(written(name)).rejects.toMatchObject({ code: 'UNWRITABLE' });
  });

  test.each(['a.xlsx', 'a', 'a.parquet.gz'])('a name without a format: %s', async (name) => {
    await expect(written(name)).rejects.toMatchObject({ code: 'BAD_USAGE' });
  });

  test.each(['d.csv', 'd.parquet'])('a stop: %s', async (name) => {
    const stop = new AbortController();
    const rows = function* () {
      yield [1, 2, 'a', true];
      stop.abort(new Error('enough'));
      for (;;) yield [1, 2, 'a', true];
    };
    await expect(writeTable(join(folder, name), table(rows()), { signal: stop.signal })).rejects.toThrow('enough');
    expect(readdirSync(folder)).not.toContain(name);
  });
});
