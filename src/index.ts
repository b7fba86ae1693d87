/** `yuma-engine`: the engine and the domain. */
export { BACKENDS, type BackendName } from './backends/backends.js';
export type * from './engine/engine.js';
export { createEngine } from './engine/node.js';
export type { Progress } from './engine/sequence.js';
export type { GivenRow } from './engine/subnet/row.js';
export type { ScheduleOptions, Step } from './engine/subnet/state.js';
export type { Subnet } from './engine/subnet/subnet.js';
export * from './epoch/index.js';
