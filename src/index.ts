/** `yuma-engine`: the engine and the domain. */
export { BACKENDS, type BackendName } from './backends/backends.js';
export {
  type BackendChoice,
  createEngine,
  type Engine,
  type EngineOptions,
  type EpochOptions,
} from './engine/engine.js';
export * from './epoch/index.js';
