/** `yuma-engine/simulator`: scenarios, agents, and what a run of them gives. */
export { Random } from '../sample/random.js';
export type * from './agent.js';
export { ln, normal } from './normal.js';
export type * from './record.js';
export { METRIC_NAMES, METRICS } from './record.js';
export type * from './scenario.js';
