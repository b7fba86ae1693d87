/**
 * Permits: who may vote in this epoch, and who from the next one on.
 * Room   reference (executable spec). Also in assembly/permits.ts
 * Spec   docs/spec/yuma-epoch.md 4.3 (new), 4.4 (in force)
 * Takes  stake shares (4.2), the number of permits, the owner's uid or none
 * Exact  comparisons only; among equal stakes the higher uid keeps the permit
 * Cost   O(n log n)
 */
import type { Raw } from './fixed.js';

/** Permits from the next epoch on. The owner gets one on top of the others, even without stake. */
export const newPermits = (stake: readonly Raw[], maxValidators: number, owner: number | null): boolean[] =>
  topStake(stake, maxValidators).map((permitted, uid) => permitted || uid === owner);

/** The `count` largest of those that are not 0. */
export function topStake(stake: readonly Raw[], count: number): boolean[] {
  const permit = stake.map((share) => share !== 0n);
  const ascending = [...stake.keys()].sort((a, b) => compare(stake[a]!, stake[b]!)); // stable: ties stay by uid
  for (const uid of ascending.slice(0, Math.max(0, stake.length - count))) permit[uid] = false;
  return permit;
}

/**
 * Permits in force: the old ones and the owner's.
 * @param stored how many permits the chain stores; the owner gets one only if its uid lies within them (spec 1.3)
 */
export const permits = (old: readonly boolean[], stored: number, owner: number | null): boolean[] =>
  old.map((permitted, uid) => permitted || (uid === owner && uid < stored));

const compare = (a: Raw, b: Raw): number => (a < b ? -1 : a > b ? 1 : 0);
