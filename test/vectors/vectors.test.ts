import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createReferenceBackend } from '../../src/backends/reference.js';
import { type EpochCase, readCases } from '../../src/formats/index.js';
import { backendsUnderTest } from '../backends.js';
import { CASE_FILES, vectorFile } from './manifest.js';
import { runCase, runCases } from './run-cases.js';

test('the manifest names every file of the golden vectors, and no other', () => {
  const files = readdirSync(dirname(vectorFile('README.md')));
  expect(files.sort()).toEqual([...Object.keys(CASE_FILES), 'README.md', 'math.jsonl.gz'].sort());
});

test('the golden vectors hold 1722 epochs', () => {
  expect(Object.values(CASE_FILES).reduce((total, cases) => total + cases, 0)).toBe(1_722);
});

describe.each(await backendsUnderTest())('golden vectors on $name', ({ backend }) => {
  test.each(Object.entries(CASE_FILES))('%s: %i cases, bit for bit', async (file, cases) => {
    expect(await runCases(vectorFile(file), backend)).toBe(cases);
  });
});

describe('the runner itself', () => {
  const backend = createReferenceBackend();

  test('fails on one wrong bit, and says where', async () => {
    const golden = await firstCase();
    const consensus = golden.expected!.out!.consensus!.slice();
    consensus[3]! ^= 1;
    const wrong = { ...golden, expected: { ...golden.expected, out: { ...golden.expected!.out, consensus } } };
    await expect(runCase(wrong, backend)).rejects.toThrow(/hand\/base\/y2 .*"field":"consensus","uid":3/);
  });

  test('fails on a case that does not expect everything', async () => {
    const { mid: _, ...rest } = (await firstCase()).expected!;
    await expect(runCase({ ...(await firstCase()), expected: rest }, backend)).rejects.toThrow('does not expect');
  });

  test('fails on an unknown field', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yuma-vectors-'));
    const path = join(folder, 'unknown.jsonl');
    writeFileSync(path, '{"name":"a","params":{},"neurons":{},"weights":[],"bonds":[],"trust":[]}\n');
    await expect(runCases(path, backend)).rejects.toThrow('trust');
    rmSync(folder, { recursive: true });
  });
});

async function firstCase(): Promise<EpochCase> {
  const { value } = await readCases(vectorFile('handmade.jsonl.gz')).next();
  return value as EpochCase;
}
