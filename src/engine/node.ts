/** The engine in Node. */
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { readCoreModule } from '../backends/wasm/module.js';
import { nodeSource } from '../backends/webgpu/source-node.js';
import { createEngineOn, type Engine } from './engine.js';
import type { Host } from './host.js';
import type { EngineOptions } from './options.js';

export const nodeHost: Host = {
  readCore: async (build) => readCoreModule(build),
  gpu: nodeSource(),
  workers: {
    count: availableParallelism,
    start: async (threads, queue) => {
      const { PoolExecutor } = await import('./pool/executor.js');
      return PoolExecutor.start(threads, queue);
    },
  },
  turn: () => setImmediate(),
  warn: (message) => process.emitWarning(message, 'YumaWarning'),
};

/**
 * @throws YumaError UNKNOWN_BACKEND; BAD_USAGE; CORE_UNAVAILABLE if the WebAssembly core was not built; GPU_UNAVAILABLE if
 *         the backend `webgpu` is asked for and there is no GPU
 */
export const createEngine = (options: EngineOptions = {}): Promise<Engine> => createEngineOn(nodeHost, options);
