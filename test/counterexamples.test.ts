import { existsSync, rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { readCases } from '../src/formats/index.js';
import { inputs } from './arbitrary/inputs.js';
import { assertForInputs, counterexamplePath, SEED } from './counterexamples.js';

test('a failure says its seed, and leaves the smallest case as a file that reads back', async () => {
  const path = counterexamplePath('never');
  onTestFinished(() => rmSync(path, { force: true }));
  const never = async ({ n }: { n: number }): Promise<void> => {
    throw new Error(`n = ${n}`);
  };
  const failure = assertForInputs('never', inputs({ odd: true }), 10, never);
  await expect(failure).rejects.toThrow(new RegExp(`^seed ${SEED}, run 1, shrunk \\d+ times: n = 0\n.*SEED=${SEED}`));
  const { value } = await readCases(path).next();
  expect(value).toMatchObject({ name: `never/${SEED}`, input: { n: 0 } });
});

test('a property that holds leaves nothing', async () => {
  await assertForInputs('holds', inputs(), 20, async () => {});
  expect(existsSync(counterexamplePath('holds'))).toBe(false);
});
