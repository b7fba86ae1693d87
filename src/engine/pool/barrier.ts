/**
 * Barrier: the parts of a split epoch wait for each other between its phases.
 * Layout  control words, i32: one counter a phase, then the flag of failure
 * Exact   a part that crashed never arrives: the main thread then raises the flag, and all others give up
 * PERF    parts end within microseconds of each other, so each looks for a while before it sleeps
 */
export const PHASES = 2;
const FAILED_AT = PHASES;
export const CONTROL_BYTES = 64;

const LOOKS = 2_000;
/** A sleeper looks by itself at least so often, should a wake-up be lost. */
const SLEEP_MS = 100;

/** Waits until all parts have arrived at the phase. False: one of them failed. */
export function arrive(control: Int32Array, phase: number, parts: number): boolean {
  if (Atomics.add(control, phase, 1) + 1 === parts) Atomics.notify(control, phase);
  for (let looks = 0; Atomics.load(control, FAILED_AT) === 0; looks++) {
    const arrived = Atomics.load(control, phase);
    // Looked at once more: who fails raises the flag before it would have arrived, but maybe after the look above.
    if (arrived >= parts) return Atomics.load(control, FAILED_AT) === 0;
    if (looks >= LOOKS) Atomics.wait(control, phase, arrived, SLEEP_MS);
  }
  return false;
}

/** All parts that wait, or come to wait, give up. */
export function fail(control: Int32Array): void {
  Atomics.store(control, FAILED_AT, 1);
  for (let phase = 0; phase < PHASES; phase++) Atomics.notify(control, phase);
}
