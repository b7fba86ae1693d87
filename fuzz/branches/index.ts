/**
 * Branches: every mask, path, tie, edge and saturation of the spec that a case can take, by name, and how often the cases
 * so far took each. A run of enough cases that never took one fails.
 * Spec   docs/spec/yuma-epoch.md; odd inputs (docs/odd-inputs.md) included
 * Left out  row sums that wrap: they take a row of 32 769 entries (test/backends/agreement.test.ts has them)
 * Cost   some tens of us a case of 8 neurons; quadratic in the entries of a row
 */
import type { CheckedInput } from '#yuma/epoch/input.js';
import type { EpochTrace } from '#yuma/epoch/reference/epoch.js';
import { BONDS } from './bonds.js';
import { CONSENSUS } from './consensus.js';
import { EMISSION } from './emission.js';
import { LIQUID } from './liquid.js';
import { STAKE, SUBNET, WEIGHTS } from './masks.js';
import { type Branches, Seen } from './seen.js';

export const BRANCHES: Branches = { ...SUBNET, ...STAKE, ...WEIGHTS, ...CONSENSUS, ...BONDS, ...LIQUID, ...EMISSION };

export type Hits = Record<string, number>;

export const noHits = (): Hits => Object.fromEntries(Object.keys(BRANCHES).map((name) => [name, 0]));

const LIST = Object.entries(BRANCHES);

/** Adds what one case took. */
export function countBranches(hits: Hits, input: CheckedInput, trace: EpochTrace): void {
  const seen = new Seen(input, trace);
  for (const [name, takes] of LIST) if (takes(seen)) hits[name]! += 1;
}

/** Branches that no case took. */
export const missed = (hits: Hits): string[] => Object.keys(BRANCHES).filter((name) => !hits[name]);
