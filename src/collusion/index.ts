/** `yuma-engine/collusion`: the two-team game of Yuma Consensus, as a map of what honest stake retains. */
export { cellLine, type MapFile, openMapFile, planLine, readCollusionMap } from './file.js';
export {
  type CollusionCell,
  type CollusionMap,
  type CollusionPoint,
  type CollusionProgress,
  type CollusionRun,
  collusionCells,
  collusionInput,
  collusionMap,
} from './map.js';
export { type CollusionOptions, type CollusionPlan, cellsOf, collusionPlan, GRID, gridAxis, STAKES } from './plan.js';
export { type RetentionLine, type RetentionPoint, retentionLine, retentionLines } from './retention.js';
export { type CollusionRow, collusionRows, collusionTable } from './rows.js';
export type { Estimate } from './statistics.js';
