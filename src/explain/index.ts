/** `yuma-engine/explain`: one neuron's story, as data and in words, and what an epoch leaves out of account. */

export { explainNeuron } from './explain.js';
export type * from './explanation.js';
export { countMasks, type MaskCounts } from './masks.js';
export type { PaidBy } from './paid-by.js';
export { type EpochSummary, type MinerLine, summarizeEpoch, type ValidatorLine } from './summary.js';
export { explanationText, type TextOptions } from './text.js';
