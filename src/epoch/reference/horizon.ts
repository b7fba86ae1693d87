/**
 * Horizon: bonds towards a neuron that registered after the previous epoch are void.
 * Room   reference (executable spec). Also in assembly/horizon.ts
 * Spec   docs/spec/yuma-epoch.md 3 (horizon), 9.1 (mask)
 * Takes  block of the previous epoch (0 = none yet), of this one, tempo; stored bonds, blocks of registration
 * Exact  comparisons; the addition saturates at 2^64 - 1. A column >= n counts as registered at block 0, and its bond
 *        stays in the row, where it can hide others from the cursor of liquid alpha (9.4)
 * Cost   O(entries)
 */
import type { Row } from './rows.js';

const LAST_BLOCK = 0xffff_ffff_ffff_ffffn;

/** The first block at which a registration voids bonds. */
export function horizon(lastStep: bigint, now: bigint, tempo: bigint): bigint {
  if (lastStep === 0n) return now > tempo ? now - tempo : 0n;
  return lastStep === LAST_BLOCK ? lastStep : lastStep + 1n;
}

/** Bond rows without the void entries. */
export const withinHorizon = (bonds: readonly Row[], horizon: bigint, registeredAt: readonly bigint[]): Row[] =>
  bonds.map((row) => row.filter(({ column }) => horizon > (registeredAt[column] ?? 0n)));
