/** `yuma-engine/simulator`: scenarios, agents, and what a run of them gives. Nothing of it needs Node. */
export { Random } from '../sample/random.js';
export type * from './agent.js';
export { MINERS, VALIDATORS } from './agents/index.js';
export { type Definition, define, make, type Parameter, type Parameters } from './definition.js';
export { EVALUATIONS } from './evaluations/index.js';
export { formatScenario, parseScenario } from './json.js';
export { buildScenario, LIBRARY } from './library/index.js';
export { ln, normal } from './normal.js';
export type * from './record.js';
export { METRIC_NAMES, METRICS } from './record.js';
export type { RecordOptions } from './recorder.js';
export type * from './scenario.js';
export { parseSetting, parseSettings, type Setting, wholeOf } from './settings.js';
export { runToEnd, type SimulateOptions, simulate } from './simulate.js';
export { Simulation, type SimulationOptions } from './simulation.js';
export { type Row, rowOfScores } from './submission.js';
export { listTexts, nameAndText, parseValue } from './values.js';
