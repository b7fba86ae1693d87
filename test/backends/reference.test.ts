import { expect, test } from 'vitest';
import { createReferenceBackend } from '../../src/backends/reference.js';
import { runEpoch } from '../../src/epoch/reference/epoch.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { readCases } from '../../src/formats/index.js';
import { vectorFile } from '../vectors/manifest.js';

test('gives one output an input, in their order, also synchronously', async () => {
  const inputs = [];
  for await (const { input } of readCases(vectorFile('odd.jsonl.gz')))
    inputs.push(checkEpochInput(input, { lenient: true }));
  const backend = createReferenceBackend();
  const options = { intermediates: true };
  const outputs = await backend.run(inputs, options);
  expect(outputs).toEqual(inputs.map((input) => runEpoch(input, options)));
  expect(backend.runSync!(inputs[0]!, options)).toEqual(outputs[0]);
});

test('closes twice', async () => {
  const backend = createReferenceBackend();
  await backend.close();
  await expect(backend.close()).resolves.toBeUndefined();
});
