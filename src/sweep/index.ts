/** `yuma-engine/sweep`: many runs of a scenario over a grid of settings, in threads or through Redis. Node only. */
export type * from './plan.js';
export { pointAt, pointCount } from './plan.js';
export type { PointQueue } from './queue.js';
export { type RedisOptions, redisQueue } from './redis/queue.js';
export { type ServeOptions, servePoints } from './redis/serve.js';
export { type PointResult, type PointTask, runPoint } from './run-point.js';
export { type ScenarioSource, scenarioOf } from './source.js';
export { type SweepOptions, sweep } from './sweep.js';
export { sweepTable } from './table.js';
export { threadQueue } from './threads.js';
