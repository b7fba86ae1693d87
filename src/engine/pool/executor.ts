/** Pool executor: epochs by worker threads, in the order of the scheduler. The one door to the pool. */
import type { RunOptions } from '../../backends/backend.js';
import type { Arenas } from '../../backends/wasm/arena.js';
import { roomOnce, SubnetMemory } from '../../backends/wasm/subnet-memory.js';
import type { CheckedInput } from '../../epoch/input.js';
import type { EpochOutput } from '../../epoch/output.js';
import { refuseOddColumns } from '../../epoch/validate.js';
import { costOf } from '../cost.js';
import { EpochRun } from '../epoch-run.js';
import type { Executor } from '../subnet/resident.js';
import type { Computation, ScheduleOptions } from '../subnet/state.js';
import { EpochJob } from './epoch-job.js';
import { checkPriority } from './job.js';
import { WorkerPool } from './pool.js';
import { Scheduler } from './scheduler.js';

export class PoolExecutor implements Executor {
  private readonly scheduler: Scheduler<EpochJob>;

  private constructor(
    private readonly pool: WorkerPool,
    queue: number,
  ) {
    this.scheduler = new Scheduler(pool, queue);
  }

  /**
   * Starts the workers and waits until they are warm.
   * @param queue most epochs that wait
   * @throws YumaError CORE_UNAVAILABLE, WORKER_CRASHED
   */
  static async start(threads: number, queue: number): Promise<PoolExecutor> {
    const pool = new WorkerPool(threads);
    try {
      await pool.start();
    } catch (fault) {
      await pool.close();
      throw fault;
    }
    return new PoolExecutor(pool, queue);
  }

  get arenas(): Arenas {
    return this.pool.arenas;
  }

  compute(run: EpochRun, options: ScheduleOptions): Computation {
    const job = new EpochJob(run, checkPriority(options.priority));
    this.scheduler.submit(job, options);
    return job;
  }

  /** One epoch of an input that is copied in when its turn comes, and out when it is done. */
  async runOnce(input: CheckedInput, options: RunOptions & ScheduleOptions): Promise<EpochOutput> {
    const w = input.weights.columns.length;
    const b = input.bonds.columns.length;
    let memory: SubnetMemory | undefined;
    const start = () => {
      memory ??= new SubnetMemory(this.arenas, input, roomOnce(w, b));
      return memory;
    };
    const computation = this.compute(new EpochRun(costOf(input), true, start, () => refuseOddColumns(input)), options);
    try {
      await computation.done;
      const output = memory!.output(false, options);
      return input.meta === undefined ? output : { ...output, meta: input.meta };
    } finally {
      computation.whenOver(() => memory?.free());
    }
  }

  /** What waits is refused, what runs is waited for. */
  async close(): Promise<void> {
    await this.scheduler.close();
    await this.pool.close();
  }
}
