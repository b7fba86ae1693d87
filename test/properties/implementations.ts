/** Implementations that properties are checked on, and how a failure is reported. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import type { EpochInput } from '../../src/epoch/index.js';
import { checkEpochInput } from '../../src/epoch/index.js';
import { formatCase } from '../../src/formats/index.js';
import {
  checkProperty,
  type Finding,
  failingCase,
  type Property,
  picks,
  type Run,
} from '../../src/properties/index.js';
import { runEpoch } from '../../src/reference.js';
import { createCore } from '../../src/wasm.js';
import { counterexamplePath, runs, SEED } from '../counterexamples.js';

const core = createCore();

export const wasm: Run = (input) => core.runEpochSync(input, { lenient: true, intermediates: true });

/** As a chain would answer: without the raw vectors. */
export const stored: Run = (input) => core.runEpochSync(input, { lenient: true });

export const reference: Run = (input) => runEpoch(checkEpochInput(input, { lenient: true }), { intermediates: true });

/** Fails, with a case file, where the property does. Gives how often it held and how often its preconditions did not. */
export async function assertProperty(
  property: Property,
  run: Run,
  arbitrary: fc.Arbitrary<EpochInput>,
  usualRuns: number,
): Promise<Record<Finding['status'], number>> {
  const { name } = property;
  const counts = { ok: 0, outside: 0, failed: 0 };
  const holds = fc.asyncProperty(arbitrary, picks(), async (input, list) => {
    const finding = await checkProperty(property, run, input, list);
    counts[finding.status] += 1;
    if (finding.status === 'failed') throw new Error(finding.reason);
  });
  // `failingCase` makes it smaller than fast-check would.
  const details = await fc.check(holds, { seed: SEED, numRuns: runs(usualRuns), endOnFailure: true });
  if (!details.failed) return counts;
  const [input, list] = details.counterexample!;
  const path = counterexamplePath(name);
  mkdirSync(dirname(path), { recursive: true });
  const smallest = await failingCase(property, run, input, list).catch(() => input);
  writeFileSync(path, `${formatCase({ name: `${name}/${SEED}`, input: smallest })}\n`);
  const reason = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance);
  throw new Error(
    `seed ${SEED}, run ${details.numRuns}: ${reason}\n` +
      `  replay: SEED=${SEED} RUNS=${details.numRuns} npx vitest run test/properties/catalogue -t ${name}\n` +
      `  case: npx yuma check ${path} --property ${name} --runs 0`,
    { cause: details.errorInstance },
  );
}

/** The first failure, made small; `undefined` if all runs hold. */
export async function findFailure(property: Property, run: Run, arbitrary: fc.Arbitrary<EpochInput>, most: number) {
  const inputs = fc.sample(fc.tuple(arbitrary, picks()), { seed: SEED, numRuns: runs(most) });
  for (const [input, list] of inputs) {
    const finding = await checkProperty(property, run, input, list);
    if (finding.status === 'failed')
      return { reason: finding.reason, smallest: await failingCase(property, run, input, list) };
  }
  return undefined;
}
