/** All false beliefs. Each has a small counterexample in docs/beliefs, and a test that it does fail there. */
import type { Belief } from './belief.js';
import * as rewards from './rewards.js';
import * as weights from './weights.js';

export type { Belief } from './belief.js';

export const BELIEFS: readonly Belief[] = [
  weights.moreWeightMoreIncentive,
  weights.agreementIsFullTrust,
  weights.halfCannotLift,
  weights.consensusAddsUpToOne,
  weights.orderNeverMatters,
  weights.zeroIsNothing,
  weights.copyingNeverPays,
  rewards.storedIsTheSum,
  rewards.noStakeNoDividend,
  rewards.inactiveIsHarmless,
  rewards.abandonedBondsDecay,
  rewards.bondsReachTheirWeight,
  rewards.equalsGetEqualPermits,
  rewards.stakePays,
];
