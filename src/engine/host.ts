/** Host: what the engine asks of where it runs. Node (`node.ts`) and browsers (`../browser.ts`) have one each. */
import type { BackendHost } from '../backends/backends.js';
import type { PoolExecutor } from './pool/executor.js';

export interface Host extends BackendHost {
  /** A host without worker threads leaves it out. */
  readonly workers?: {
    /** How many `auto` stands for. */
    count(): number;
    start(threads: number, queue: number): Promise<PoolExecutor>;
  };
  /** Settles in a later turn of the event loop, soon. */
  turn(): Promise<void>;
  /** Tells whoever runs the program. */
  warn(message: string): void;
}
