/** The catalogue: every property, in the order in which they are reported. A new one is its own check and one line here. */
import * as bonds from './bonds.js';
import { bondsConverge, sharesConverge } from './bonds-over-time.js';
import { bondsAreVoid, bondsPayOnly, resetIsRegistration, resetStartsAnew } from './bonds-reset.js';
import { cabalLifts, cabalPushes } from './cabal.js';
import * as clipping from './clipping.js';
import * as consensus from './consensus.js';
import * as emission from './emission.js';
import { belowThreshold, inactive, noPermit, voidWeights } from './influence.js';
import { activity, permitCount, permitMonotone, permitsToTheTop } from './permits.js';
import { newcomer, permutation, rowOrder } from './permutation.js';
import type { Property } from './property.js';
import { emissionOnly, pure, specified, unread } from './pure.js';
import { rowScaling, stakeScaling } from './scaling.js';
import { twins } from './twins.js';

export const PROPERTIES: readonly Property[] = [
  pure,
  specified,
  unread,
  emissionOnly,
  emission.noMoreThanAll,
  emission.littleIsLost,
  emission.storedAmount,
  emission.nothingForNothing,
  emission.fallbackByStake,
  emission.halves,
  emission.scoresSum,
  stakeScaling,
  rowScaling,
  permutation,
  rowOrder,
  newcomer,
  twins,
  noPermit,
  inactive,
  belowThreshold,
  voidWeights,
  consensus.consensusOccurs,
  consensus.consensusSupported,
  consensus.consensusLargest,
  consensus.kappaMonotone,
  consensus.weightShift,
  cabalLifts,
  cabalPushes,
  clipping.trustIsClippedRow,
  clipping.trustIsAtMostOne,
  clipping.incentiveIsRankShare,
  clipping.excessLiftsNobody,
  clipping.excessChangesNothing,
  clipping.praisePays,
  clipping.unanimity,
  bonds.bondsAreStored,
  bonds.bondsRate,
  bonds.liquidRate,
  bonds.liquidForgets,
  bonds.bondShares,
  bondsConverge,
  sharesConverge,
  bondsAreVoid,
  resetIsRegistration,
  resetStartsAnew,
  bondsPayOnly,
  permitCount,
  permitsToTheTop,
  permitMonotone,
  activity,
];
