/**
 * Verifies cases: runs each and compares the results with those that it expects.
 * Takes  cases in any number, one at a time; always lenient, since expected results are what the chain's code gives
 */
import type { EpochInput } from '../epoch/input.js';
import type { EpochOutput } from '../epoch/output.js';
import { caseFault, type EpochCase } from '../formats/index.js';
import { absentFields, compareOutput, type Difference, presentFields } from './compare.js';

/** Runs one epoch; `engine.runEpoch` behind an arrow function is one. */
export type RunEpoch = (
  input: EpochInput,
  options: { readonly lenient: true; readonly intermediates: boolean },
) => Promise<EpochOutput>;

/** What became of a case. JSON-safe. */
export interface CaseReport {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  /** All that the case expects is what was computed. Not so where it expects nothing: then nothing was shown. */
  readonly equal: boolean;
  /** Number of fields that the case expects; 0 = it expects none and was not run. */
  readonly compared: number;
  /** Fields of the format that the case does not expect. */
  readonly absent: readonly string[];
  /** The first difference; `null` also where there was nothing to compare. */
  readonly difference: Difference | null;
}

/**
 * One report a case, in order.
 * @throws YumaError of the reading or the running, with file, line and case; reports before it are given
 */
export async function* verifyCases(
  run: RunEpoch,
  cases: AsyncIterable<EpochCase> | Iterable<EpochCase>,
): AsyncGenerator<CaseReport> {
  for await (const given of cases) {
    const { file, line, name, input, expected } = given;
    const compared = presentFields(expected);
    const absent = absentFields(expected);
    let difference: Difference | null = null;
    if (expected !== undefined && compared.length > 0) {
      const intermediates = compared.some((field) => field.startsWith('mid.'));
      const output = await run(input, { lenient: true, intermediates }).catch((fault: unknown) => {
        throw caseFault(fault, given);
      });
      difference = compareOutput(output, expected);
    }
    const equal = compared.length > 0 && difference === null;
    yield { file, line, name, equal, compared: compared.length, absent, difference };
  }
}
