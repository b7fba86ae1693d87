/**
 * `yuma-engine/reference`: the executable spec. The whole epoch with everything it found on the way, every stage by
 * itself, and the chain's fixed-point arithmetic, all on BigInt and plain arrays.
 * Spec   docs/spec/yuma-epoch.md
 */
export { active } from './epoch/reference/active.js';
export type { BondInputs, Bonds } from './epoch/reference/bonds.js';
export { clip, validatorTrust } from './epoch/reference/clip.js';
export { columnMaxima, columnSums, divideColumns, normalizeColumns } from './epoch/reference/columns.js';
export { consensus, weightedMedian } from './epoch/reference/consensus.js';
export { type Ballot, consensusOverflow } from './epoch/reference/consensus-overflow.js';
export { ema } from './epoch/reference/ema.js';
export { amountOf, type Emission, emission } from './epoch/reference/emission.js';
export { type EpochTrace, runEpoch, traceEpoch } from './epoch/reference/epoch.js';
export { exp, expSafe } from './epoch/reference/exponential.js';
export type { Raw } from './epoch/reference/fixed.js';
export * as fixed from './epoch/reference/fixed.js';
export { horizon, withinHorizon } from './epoch/reference/horizon.js';
export { incentive, rank } from './epoch/reference/incentive.js';
export { cursorValues, type LiquidParameters, liquid, liquidAlpha, sigmoidSlope } from './epoch/reference/liquid.js';
export { penalty } from './epoch/reference/penalty.js';
export { newPermits, permits, topStake } from './epoch/reference/permits.js';
export { type Entry, lookup, type Row, readRows } from './epoch/reference/rows.js';
export { smoothing } from './epoch/reference/smoothing.js';
export { activeStake, normalizeStake, stake, toI32F32, wholeStake } from './epoch/reference/stake.js';
export { type MaskInputs, type WeightMask, weightMask, weights } from './epoch/reference/weights.js';
export { yuma2 } from './epoch/reference/yuma2.js';
export { yuma3 } from './epoch/reference/yuma3.js';
