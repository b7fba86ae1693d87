/** Lane: where an engine's epochs go once they are checked. Epochs of held subnets in the core's memory do not pass here. */
import type { Backend, RunOptions } from '../backends/backend.js';
import type { BackendName } from '../backends/backends.js';
import type { CheckedInput } from '../epoch/input.js';
import type { EpochOutput } from '../epoch/output.js';
import type { PoolExecutor } from './pool/executor.js';
import type { Ahead } from './sequence.js';
import type { ScheduleOptions } from './subnet/state.js';

/** Epochs, by the backend that computed them. */
export type Counts = Readonly<Partial<Record<BackendName, number>>>;

export interface Lane {
  /** How far `runEpochs` reads ahead to keep it busy. */
  readonly ahead: Ahead;
  /** Epochs that it gave results of so far. */
  readonly computed: Counts;
  runOnce(input: CheckedInput, options: RunOptions & ScheduleOptions): Promise<EpochOutput>;
  /** What waits is refused, what runs is waited for. Settles always. */
  close(): Promise<void>;
}

/** One epoch after the other, in the caller's thread. */
export function localLane(backend: Backend): Lane {
  let count = 0;
  return {
    ahead: { epochs: 1, cost: 0 },
    get computed() {
      return { [backend.name]: count };
    },
    runOnce: async (input, options) => {
      const [output] = await backend.run([input], options);
      count += 1;
      return output!;
    },
    close: () => backend.close(),
  };
}

/** Enough predicted time for each thread's next tasks, and two epochs each however long they are. */
const NS_AHEAD_A_THREAD = 6_000_000;
const EPOCHS_AHEAD_A_THREAD = 2;

/** By worker threads. */
export function poolLane(pool: PoolExecutor, threads: number): Lane {
  let count = 0;
  return {
    ahead: { epochs: EPOCHS_AHEAD_A_THREAD * threads, cost: NS_AHEAD_A_THREAD * threads },
    get computed() {
      return { wasm: count };
    },
    runOnce: async (input, options) => {
      const output = await pool.runOnce(input, options);
      count += 1;
      return output;
    },
    close: () => pool.close(),
  };
}
