/** Implementations that properties are checked on, and how a failure is reported. */
import fc from 'fast-check';
import type { EpochInput } from '../../src/epoch/index.js';
import { checkEpochInput } from '../../src/epoch/index.js';
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
import { assertForInputs, runs, SEED } from '../counterexamples.js';

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
  const counts = { ok: 0, outside: 0, failed: 0 };
  const chosen = arbitrary.chain((input) => picks().map((list) => ({ ...input, meta: { picks: list } })));
  await assertForInputs(`properties-${property.name}`, chosen, usualRuns, async (input) => {
    const finding = await checkProperty(property, run, input, input.meta?.picks as number[]);
    counts[finding.status] += 1;
    if (finding.status === 'failed') throw new Error(finding.reason);
  });
  return counts;
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
