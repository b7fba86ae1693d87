/** `yuma-engine/report`: pages with charts, each one HTML file that opens without a network (docs/report.md). */
export { consensusAgainstWeights } from './adapt/consensus.js';
export { emissionSplit } from './adapt/emission.js';
export type { About } from './adapt/facts.js';
export { bondsMatrix, bondsOverTime, weightsMatrix, weightsOverTime } from './adapt/matrices.js';
export { incentives } from './adapt/miners.js';
export { dividendsPer1000, relativeDividends } from './adapt/validators.js';
export {
  type CollusionCell,
  type CollusionMap,
  collusionData,
  collusionHtml,
  type RetentionPoint,
} from './collusion.js';
export { pageHtml } from './html.js';
export type * from './page-data.js';
export { reportData, reportHtml } from './report.js';
export { type SweepMetric, type SweepPoint, type SweepResult, sweepData, sweepHtml } from './sweep.js';
export { type WhatIf, type WhatIfNeuron, whatIfData, whatIfHtml } from './what-if.js';
