/** Runs every case of a golden file on a backend and compares all it expects, bit for bit. */
import { expect } from 'vitest';
import type { Backend } from '../../src/backends/backend.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { type EpochCase, readCases } from '../../src/formats/index.js';
import { absentFields, compareOutput } from '../../src/verify/index.js';

/**
 * Fails at the first case that differs, with its name, the field, the uid, what was got and what was wanted.
 * @returns how many cases ran
 */
export async function runCases(path: string, backend: Backend): Promise<number> {
  let ran = 0;
  for await (const epoch of readCases(path)) {
    await runCase(epoch, backend);
    ran += 1;
  }
  return ran;
}

export async function runCase({ name, line, input, expected }: EpochCase, backend: Backend): Promise<void> {
  const place = `${name} (line ${line})`;
  // `out` and `mid` must both be whole, or a field could stay uncompared.
  expect(absentFields(expected), `fields that ${place} does not expect`).toEqual([]);
  const [output] = await backend.run([checkEpochInput(input, { lenient: true })], { intermediates: true });
  const difference = compareOutput(output!, expected!);
  if (difference !== null) expect.fail(`${place} on ${backend.name}: ${JSON.stringify(difference)}`);
}
