/**
 * The reference backend: the executable spec behind the interface of all backends. It decides what is right, and is
 * there to check the others and to explain, not to be fast.
 * Cost   everything runs in the caller's thread; bench/RESULTS.md
 */
import { runEpoch } from '../epoch/reference/epoch.js';
import type { Backend } from './backend.js';

/** A backend without state: it has nothing to free, so `close` does nothing. */
export function createReferenceBackend(): Backend {
  return {
    name: 'reference',
    run: async (inputs, options) => inputs.map((input) => runEpoch(input, options)),
    runSync: runEpoch,
    close: async () => {},
  };
}
