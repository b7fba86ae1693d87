/**
 * The reference backend: the executable spec behind the interface of all backends. It decides what is right, and is
 * there to check the others and to explain, not to be fast.
 * Cost   everything runs in the caller's thread; bench/RESULTS.md
 */
import { YumaError } from '../epoch/errors.js';
import type { CheckedInput } from '../epoch/input.js';
import type { EpochOutput } from '../epoch/output.js';
import { runEpoch } from '../epoch/reference/epoch.js';
import type { Backend, RunOptions } from './backend.js';

/** Bytes of heap that a weight or bond takes in all the matrices of a trace, roughly; and what a heap is good for. */
const BYTES_AN_ENTRY = 250;
const LARGEST_HEAP = 3_000_000_000;

/** A backend without state: it has nothing to free, so `close` does nothing. */
export function createReferenceBackend(): Backend {
  return {
    name: 'reference',
    run: async (inputs, options) => inputs.map((input) => runWithin(input, options)),
    runSync: runWithin,
    close: async () => {},
  };
}

/** Running out of heap would end the process: what surely does not fit is refused before. */
function runWithin(input: CheckedInput, options: RunOptions): EpochOutput {
  const bytes = (input.weights.columns.length + input.bonds.columns.length) * BYTES_AN_ENTRY;
  if (bytes > LARGEST_HEAP) throw new YumaError('OUT_OF_MEMORY', { bytes: String(bytes), limit: String(LARGEST_HEAP) });
  return runEpoch(input, options);
}
