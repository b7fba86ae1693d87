import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backendsUnderTest } from '../backends.js';
import { DATA_FILES } from './manifest.js';
import { runCases } from './run-cases.js';

const folder = process.env.YUMA_DATA;
const backends = await backendsUnderTest();
if (folder === undefined) console.warn('real subnet: skipped, YUMA_DATA does not name the folder of sn31-*.jsonl.gz');

describe.skipIf(folder === undefined)('real subnet, 300 epochs', () => {
  test('the folder holds the files of the manifest, and no other', () => {
    const files = readdirSync(folder!).filter((name) => name.endsWith('.jsonl.gz'));
    expect(files.sort()).toEqual(Object.keys(DATA_FILES));
  });

  describe.each(backends)('on $name', ({ backend }) => {
    test.each(Object.entries(DATA_FILES))('%s: %i cases, bit for bit', async (file, cases) => {
      expect(await runCases(join(folder!, file), backend)).toBe(cases);
    });
  });
});
