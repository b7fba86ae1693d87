/**
 * Properties of epochs: runs them, and turns a failure into a case file that the command line reads and a line that
 * says how to run it again.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { EpochInput } from '../src/epoch/input.js';
import { formatCase } from '../src/formats/index.js';

/** Of all random draws of a test run; SEED sets it. */
export const SEED = process.env.SEED === undefined ? Date.now() % 2 ** 31 : Number(process.env.SEED);

/** How often a property runs; RUNS sets it. */
export const runs = (usual: number): number => (process.env.RUNS === undefined ? usual : Number(process.env.RUNS));

/** How many times as much the catalogue of properties runs; TIMES sets it, `npm run check:nightly` to 100. */
export const TIMES = process.env.TIMES === undefined ? 1 : Number(process.env.TIMES);

const FOLDER = fileURLToPath(new URL('../counterexamples', import.meta.url));

/** Where the failing case of a property lies. */
export const counterexamplePath = (file: string): string => `${FOLDER}/${file}-${SEED}.jsonl`;

/**
 * Runs a property of epoch inputs.
 * @param file the test file, as vitest finds it by name
 * @param check throws where the property does not hold
 */
export async function assertForInputs(
  file: string,
  arbitrary: fc.Arbitrary<EpochInput>,
  usualRuns: number,
  check: (input: EpochInput) => Promise<void>,
): Promise<void> {
  const details = await fc.check(fc.asyncProperty(arbitrary, check), { seed: SEED, numRuns: runs(usualRuns) });
  if (!details.failed) return;
  const { counterexample, numRuns, numShrinks, errorInstance } = details;
  mkdirSync(FOLDER, { recursive: true });
  const path = counterexamplePath(file);
  const input = counterexample?.[0];
  if (input !== undefined) writeFileSync(path, `${formatCase({ name: `${file}/${SEED}`, input })}\n`);
  const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  throw new Error(
    `seed ${SEED}, run ${numRuns}, shrunk ${numShrinks} times: ${reason}\n` +
      `  replay: SEED=${SEED} RUNS=${numRuns} npx vitest run ${file}      case: ${path}`,
    { cause: errorInstance },
  );
}
