/** Checks properties on an input and on perturbations of it, one finding at a time. */
import fc from 'fast-check';
import type { EpochInput } from '../epoch/index.js';
import { perturbations } from './arbitrary/perturbations.js';
import { checkProperty, type Finding, PICKS, type Picks, type Property, type Run } from './property.js';
import { reduceInput } from './reduce.js';

export interface CheckInputOptions {
  readonly properties: readonly Property[];
  /** Perturbations beside the input itself. */
  readonly runs: number;
  /** 32 bits; the same one gives the same perturbations. */
  readonly seed: number;
}

export interface CheckedRun {
  /** 0 = the input itself, then its perturbations. */
  readonly at: number;
  readonly input: EpochInput;
  readonly picks: Picks;
  readonly property: Property;
  readonly finding: Finding;
}

/** Free choices of a check. */
export const picks = (): fc.Arbitrary<number[]> => fc.array(fc.nat(65_535), { minLength: PICKS, maxLength: PICKS });

/** Picks that a case file carries along, as `failingCase` writes them. */
export function picksOf({ meta }: EpochInput): Picks | undefined {
  const kept = meta?.picks;
  return Array.isArray(kept) && kept.every((one) => Number.isInteger(one) && one >= 0) ? kept : undefined;
}

/** Every property on the input, then on each perturbation. @throws what `run` throws */
export async function* checkInput(
  input: EpochInput,
  run: Run,
  { properties, runs, seed }: CheckInputOptions,
): AsyncGenerator<CheckedRun, void, undefined> {
  const [first, ...others] = fc.sample(picks(), { seed, numRuns: runs + 1 });
  const perturbed = fc.sample(perturbations(input), { seed, numRuns: runs });
  const all = [
    { input, picks: picksOf(input) ?? first! },
    ...perturbed.map((input, at) => ({ input, picks: others[at]! })),
  ];
  for (const [at, given] of all.entries()) {
    for (const property of properties) {
      yield { at, ...given, property, finding: await checkProperty(property, run, given.input, given.picks) };
    }
  }
}

/** A failing input made as small as it still fails, with its picks in `meta`: to be written as a case. */
export async function failingCase(property: Property, run: Run, input: EpochInput, chosen: Picks): Promise<EpochInput> {
  const fails = async (smaller: EpochInput): Promise<boolean> =>
    (await checkProperty(property, run, smaller, chosen)).status === 'failed';
  const smallest = await reduceInput({ ...input, meta: undefined }, fails);
  return { ...smallest, meta: { property: property.name, picks: [...chosen] } };
}
