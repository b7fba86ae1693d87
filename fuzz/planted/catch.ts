/**
 * Catch: which property a faulty implementation fails first. The agreement with the executable spec is asked last, and
 * only of faults that no statement about the mechanism itself catches.
 */
import fc from 'fast-check';
import type { EpochInput } from '#yuma/epoch/input.js';
import { checkProperty, type Picks, PROPERTIES, picks, type Run, subnets } from '#yuma/properties/index.js';
import { drawCase } from '../draw/case.js';

const AGREEMENT = 'specified';
const MECHANISM = PROPERTIES.filter(({ name }) => name !== AGREEMENT);
const AGREES = PROPERTIES.find(({ name }) => name === AGREEMENT)!;

const SEED = 1;

export interface Trial {
  /** Inputs on which all statements about the mechanism are checked. */
  readonly inputs: number;
  /** Cases of the fuzzer for the agreement. */
  readonly cases: number;
  /** Checks on their way at once: a GPU takes what comes together. */
  readonly atOnce: number;
}

/** The property's name; `null`: none. A run that throws or traps fails the property that asked for it. */
export async function caughtBy(run: Run, { inputs, cases, atOnce }: Trial): Promise<string | null> {
  const checks = drawnInputs(inputs).flatMap(([input, chosen]) =>
    MECHANISM.map((property) => ({ property, input, chosen })),
  );
  const first = await firstFailed(run, checks, atOnce);
  if (first !== null) return first;
  const drawn = Array.from({ length: cases }, (_, index) => drawCase(SEED, index).given);
  return firstFailed(
    run,
    drawn.map((input) => ({ property: AGREES, input, chosen: [] })),
    atOnce,
  );
}

const ARBITRARY = fc.tuple(fc.oneof(subnets({ neurons: 7 }), subnets({ neurons: 14 })), picks());
let kept: [EpochInput, Picks][] = [];

/** The same for every fault: drawn once, and what the spec makes of them is known from then on. */
function drawnInputs(count: number): readonly [EpochInput, Picks][] {
  if (kept.length !== count) kept = fc.sample(ARBITRARY, { seed: SEED, numRuns: count });
  return kept;
}

interface Check {
  readonly property: (typeof PROPERTIES)[number];
  readonly input: EpochInput;
  readonly chosen: Picks;
}

async function firstFailed(run: Run, checks: readonly Check[], atOnce: number): Promise<string | null> {
  for (let at = 0; at < checks.length; at += atOnce) {
    const part = checks.slice(at, at + atOnce);
    const failed = await Promise.all(part.map((check) => fails(run, check)));
    const first = failed.indexOf(true);
    if (first >= 0) return part[first]!.property.name;
  }
  return null;
}

async function fails(run: Run, { property, input, chosen }: Check): Promise<boolean> {
  try {
    return (await checkProperty(property, run, input, chosen)).status === 'failed';
  } catch {
    return true;
  }
}
