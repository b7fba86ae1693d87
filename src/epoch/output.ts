/**
 * What an epoch gives: the results of one mechanism of one subnet, in columns.
 * Spec   docs/spec/yuma-epoch.md 11
 */
import type { EpochMeta, SparseRows } from './input.js';

/** Raw I32F32 vectors (2^32 = 1), length n, of an epoch that was asked for them. */
export interface EpochIntermediates {
  readonly stake: BigInt64Array;
  readonly activeStake: BigInt64Array;
  readonly consensus: BigInt64Array;
  readonly validatorTrust: BigInt64Array;
  readonly incentive: BigInt64Array;
  readonly dividends: BigInt64Array;
}

/** Results by uid, length n. The caller owns all of it. */
export interface EpochOutput {
  readonly n: number;
  /** 1 = its last update is within the activity cutoff. */
  readonly active: Uint8Array;
  /** Share of the stake before the masks, u16, 65535 = 1; so are the next four. */
  readonly stakeWeight: Uint16Array;
  readonly consensus: Uint16Array;
  readonly incentive: Uint16Array;
  readonly dividends: Uint16Array;
  readonly validatorTrust: Uint16Array;
  /** Alpha for mining, rao. */
  readonly serverEmission: BigUint64Array;
  /** Alpha for validating, rao. */
  readonly validatorEmission: BigUint64Array;
  /** What the chain stores as emission, rao; may differ from the sum of the two, see docs/properties.md (spec 10). */
  readonly emission: BigUint64Array;
  /** 1 = holds a validator permit from the next epoch on. */
  readonly newValidatorPermit: Uint8Array;
  /** Whole stake weight before the filter, rao; used for voting power. */
  readonly stake: BigUint64Array;
  /** Bonds to store, rows in the order of spec 9; empty for a uid without a new permit. */
  readonly bonds: SparseRows;
  /** Only if asked for. */
  readonly intermediates?: EpochIntermediates | undefined;
  readonly meta?: EpochMeta | undefined;
}
