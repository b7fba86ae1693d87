/** docs/case-format.md: its example is a case that runs, and it names every field and every error of the reader. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { CASE_FIELDS, MID_FIELDS, NEURON_FIELDS, OUT_FIELDS, PARAM_FIELDS } from '../../src/formats/fields.js';
import { readLine } from './cases.js';

const text = readFileSync(new URL('../../docs/case-format.md', import.meta.url), 'utf8');

test('the example is a case that passes the strict check', async () => {
  const example = /```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  const { name, input } = await readLine(example.replaceAll('\n', ' '));
  expect([name, checkEpochInput(input).n]).toEqual(['small', 3]);
});

const fields = [CASE_FIELDS, PARAM_FIELDS, NEURON_FIELDS, Object.keys(OUT_FIELDS), Object.keys(MID_FIELDS)].flat();

test.each([...new Set(fields)])('%s is described', (field) => expect(text).toContain(`\`${field}\``));
