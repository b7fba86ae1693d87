/** Much data: what takes seconds once the code is instrumented, so apart from what mutants are tested with. */
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readCases } from '../../src/formats/index.js';
import { type Line, splitLines } from '../../src/formats/lines.js';
import { lineWith, readText } from './cases.js';

test('many millions of empty lines take no time to speak of', async () => {
  async function* blank(): AsyncGenerator<Buffer> {
    for (let chunk = 0; chunk < 64; chunk++) yield Buffer.alloc(1 << 20, chunk % 2 === 0 ? '\n' : ' \r\n');
    yield Buffer.from('x');
  }
  const started = performance.now();
  const given: Line[] = [];
  for await (const line of splitLines(blank(), 100)) given.push(line);
  expect(given).toHaveLength(1);
  expect(given[0]!.line).toBeGreaterThan(40e6);
  expect(performance.now() - started).toBeLessThan(10_000); // at a microsecond a line it would be 45 s
});

test('of a long stream no more is taken than a few chunks ahead of the cases', async () => {
  let made = 0;
  const line = `${' '.repeat(50_000)}${lineWith()}\n`;
  const stream = Readable.from(
    (function* () {
      for (made = 1; made <= 1_000; made++) yield Buffer.from(line.replace('"a"', `"${made}"`)); // 50 MB in all
    })(),
    { highWaterMark: 2 },
  );
  let given = 0;
  for await (const { name } of readCases({ name: 'x', stream })) {
    given += 1;
    expect(name).toBe(String(given));
    expect(made - given).toBeLessThan(8);
  }
  expect(given).toBe(1_000);
});

test('data that unpack to a thousand times their size are read as they come', async () => {
  const padding = `${' '.repeat(1 << 20)}\n`.repeat(24);
  const { cases, fault } = await readText(gzipSync(`${lineWith()}\n${padding}${lineWith(undefined, 'b')}\n`));
  expect(fault).toBeUndefined();
  expect(cases.map(({ line }) => line)).toEqual([1, 26]);
});
