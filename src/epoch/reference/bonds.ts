/**
 * Bonds: what the two bond algorithms, yuma2.ts and yuma3.ts, take and give.
 * Spec   docs/spec/yuma-epoch.md 9
 */
import type { Hyperparameters } from '../hyperparameters.js';
import type { Raw } from './fixed.js';
import type { Row } from './rows.js';

/** What both bond algorithms are made of. */
export interface BondInputs {
  readonly weightsForBonds: readonly Row[];
  /** Values u16. */
  readonly storedBonds: readonly Row[];
  readonly consensus: readonly Raw[];
  readonly incentive: readonly Raw[];
  readonly activeStake: readonly Raw[];
  readonly hyperparameters: Hyperparameters;
}

/** What both give, raw. */
export interface Bonds {
  /** Stored bonds as the average sees them: B of the spec. */
  readonly oldBonds: readonly Row[];
  /** The smoothing constant, `null` where liquid alpha gave every pair its own. */
  readonly alpha: Raw | null;
  /** The new bonds, as kept for storage: e of the spec. */
  readonly bonds: readonly Row[];
  readonly dividends: readonly Raw[];
}
