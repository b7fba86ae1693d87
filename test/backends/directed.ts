/**
 * Small epochs built by hand, read leniently: everybody is active, permitted and long registered, so that nothing but
 * the stake, the rows and the hyperparameters given decides.
 */
import { expect } from 'vitest';
import type { Backend } from '../../src/backends/backend.js';
import { createReferenceBackend } from '../../src/backends/reference.js';
import { type Hyperparameters, hyperparameters } from '../../src/epoch/hyperparameters.js';
import { type EpochInput, type SparseRows, sparseRows, stakeFromRaw } from '../../src/epoch/input.js';
import type { EpochIntermediates, EpochOutput } from '../../src/epoch/output.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { compareOutput } from '../../src/verify/index.js';

export type Pair = readonly [column: number, value: number];

export interface Directed {
  /** Raw I64F64 of each uid; may be negative. */
  readonly stake: readonly bigint[];
  /** Rows that are missing are empty. */
  readonly weights?: readonly (readonly Pair[])[];
  readonly bonds?: readonly (readonly Pair[])[];
  readonly changes?: Partial<Hyperparameters>;
}

export type WithIntermediates = EpochOutput & { readonly intermediates: EpochIntermediates };

/** Raw I64F64 of whole rao. */
export const rao = (amount: bigint): bigint => amount << 64n;

export function directed({ stake, weights = [], bonds = [], changes = {} }: Directed): EpochInput {
  const n = stake.length;
  const rows = (lists: readonly (readonly Pair[])[]): SparseRows =>
    sparseRows(Array.from({ length: n }, (_, uid) => lists[uid] ?? []));
  return {
    rules: 'subtensor-425',
    n,
    currentBlock: 1_000n,
    lastStep: 900n,
    emission: 1_000_000_000n,
    ownerUid: null,
    hyperparameters: hyperparameters({ commitReveal: false, ...changes }),
    stake: stakeFromRaw(stake),
    lastUpdate: new BigUint64Array(n).fill(999n),
    registeredAt: new BigUint64Array(n),
    validatorPermit: new Uint8Array(n).fill(1),
    weights: rows(weights),
    bonds: rows(bonds),
  };
}

const reference = createReferenceBackend();

/** What the backend makes of it, which must be what the reference makes of it. */
export async function runDirected(backend: Backend, input: EpochInput): Promise<WithIntermediates> {
  const checked = checkEpochInput(input, { lenient: true });
  const [want] = await reference.run([checked], { intermediates: true });
  const [got] = await backend.run([checked], { intermediates: true });
  expect(compareOutput(got!, { out: want!, mid: want!.intermediates })).toBeNull();
  return got as WithIntermediates;
}
