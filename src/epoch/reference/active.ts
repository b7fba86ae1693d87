/**
 * Active: who has set weights (or committed some) recently enough to count.
 * Room   reference (executable spec). Also in assembly/active.ts
 * Spec   docs/spec/yuma-epoch.md 3
 * Takes  block of the last update of each uid, the cutoff in blocks, the block of this epoch; all u64
 * Exact  the chain's saturating addition is no different from this unbounded one: no block is above 2^64 - 1
 * Cost   O(n)
 */
export const active = (lastUpdate: readonly bigint[], cutoff: bigint, now: bigint): boolean[] =>
  lastUpdate.map((updated) => !(updated + cutoff < now));
