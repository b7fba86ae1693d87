/**
 * Golden vectors on the reference alone, and of these the files with the most ways through an epoch for their size:
 * test/vectors runs all of them on all backends, which no mutant should have to wait for.
 */
import { expect, test } from 'vitest';
import { createReferenceBackend } from '../../src/backends/reference.js';
import { CASE_FILES, vectorFile } from '../vectors/manifest.js';
import { runCases } from '../vectors/run-cases.js';

const FILES = ['handmade.jsonl.gz', 'odd.jsonl.gz', 'boundary.jsonl.gz', 'fuzz-small.jsonl.gz', 'sequences.jsonl.gz'];

test.each(FILES as (keyof typeof CASE_FILES)[])('%s, bit for bit', async (file) => {
  expect(await runCases(vectorFile(file), createReferenceBackend())).toBe(CASE_FILES[file]);
});
