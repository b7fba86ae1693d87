/** The golden files: every line is read, and written again byte for byte; all ordinary lines go the fast way. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { parseFast } from '../../src/formats/exact-json.js';
import { formatCase, readCases } from '../../src/formats/index.js';
import { CASE_FILES, vectorFile } from '../vectors/manifest.js';

/** Lines that hold an integer of 16 digits or more as a literal (2^53 - 1 and its like). */
const SLOW_LINES: { readonly [file: string]: number } = { 'handmade.jsonl.gz': 3 };

test.each(Object.entries(CASE_FILES))('%s: %i lines, byte for byte', async (name, count) => {
  const path = vectorFile(name);
  const lines = gunzipSync(readFileSync(path)).toString().split('\n');
  let read = 0;
  for await (const one of readCases(path)) {
    expect(one.line).toBe(read + 1);
    if (formatCase(one) !== lines[read]) expect(formatCase(one)).toBe(lines[read]); // `expect` alone is slow on 200 KB
    read += 1;
  }
  expect(read).toBe(count);
  expect(lines.filter((line) => line !== '' && parseFast(line) === undefined)).toHaveLength(SLOW_LINES[name] ?? 0);
});
