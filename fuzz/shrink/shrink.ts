/**
 * Shrink: the smallest input found greedily for which a contender still differs from the reference. Any difference will do,
 * not just the first one.
 * Cost   at most so many tries, each one epoch on both sides
 */
import type { EpochInput } from '#yuma/epoch/input.js';
import { PASSES } from './candidates.js';

const MOST_TRIES = 4_000;
const MOST_MS = 60_000;

/** @param differs gives false for what is no input, too */
export async function shrink(input: EpochInput, differs: (input: EpochInput) => Promise<boolean>): Promise<EpochInput> {
  const start = performance.now();
  let tries = 0;
  let smallest = input;
  const stepOf = async (pass: (typeof PASSES)[number]): Promise<boolean> => {
    for (const candidate of pass(smallest)) {
      if (tries++ >= MOST_TRIES || performance.now() - start > MOST_MS) return false;
      if (!(await differs(candidate))) continue;
      smallest = candidate;
      return true;
    }
    return false;
  };
  for (let progress = true; progress; ) {
    progress = false;
    for (const pass of PASSES) while (await stepOf(pass)) progress = true;
  }
  return smallest;
}
