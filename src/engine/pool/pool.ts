/**
 * Pool: workers that run epochs in place, in arenas which they map. What goes to a worker is a few numbers.
 * Ownership  an epoch's state is its owner's; scratch is taken for a task and given back when its worker is done
 * Errors     a worker that ends (crash, out of memory) takes the epochs of its task with it and no others; another one
 *            takes its place
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { type Arena, Arenas } from '../../backends/wasm/arena.js';
import { compileCore } from '../../backends/wasm/exports.js';
import { SCRATCH_TOO_SMALL_STATUS } from '../../backends/wasm/layout.js';
import { readCoreModule } from '../../backends/wasm/module.js';
import type { SubnetMemory } from '../../backends/wasm/subnet-memory.js';
import { type ErrorCode, YumaError } from '../../epoch/errors.js';
import { fail } from './barrier.js';
import type { EpochJob } from './epoch-job.js';
import type { Runner } from './scheduler.js';
import { runInParts } from './split.js';
import { mapped, type Reply, type Task, toMap, type WorkerSetup } from './tasks.js';

/** Run from its sources (tests), the package has only its built worker. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/engine/pool/worker.js' : './worker.js',
  import.meta.url,
);

export class WorkerPool implements Runner<EpochJob> {
  readonly arenas: Arenas;
  private readonly piscina: Piscina<Task, Reply>;
  private readonly starting = new SharedArrayBuffer(64);

  /** @throws YumaError CORE_UNAVAILABLE */
  constructor(readonly threads: number) {
    if (!existsSync(WORKER)) throw new YumaError('CORE_UNAVAILABLE', { reason: `${WORKER.pathname} is not there` });
    const module = compileCore(readCoreModule('shared'));
    this.arenas = new Arenas(module, true);
    const workerData: WorkerSetup = { module, first: mapped(this.arenas.first), starting: this.starting, threads };
    this.piscina = new Piscina({
      filename: fileURLToPath(WORKER),
      minThreads: threads,
      maxThreads: threads, // with fewer at least than at most, tasks can hang after a crash
      recordTiming: false,
      workerData,
    });
  }

  /** Settles when every worker is warm. */
  async start(): Promise<void> {
    const giveUp = () => fail(new Int32Array(this.starting));
    const starts = Array.from({ length: this.threads }, () =>
      this.post({ kind: 'start' }).catch((fault: unknown) => {
        giveUp();
        throw fault;
      }),
    );
    await Promise.all(starts);
  }

  async runGroup(jobs: readonly EpochJob[]): Promise<void> {
    const ready: { job: EpochJob; memory: SubnetMemory }[] = [];
    for (const job of jobs) {
      try {
        ready.push({ job, memory: job.run.start() });
      } catch (fault) {
        job.end(fault);
      }
    }
    const rerun: EpochJob[] = [];
    const statuses = await this.runAll(ready.map(({ memory }) => memory));
    for (const [at, { job, memory }] of ready.entries()) {
      const status = statuses[at]!;
      if (status === SCRATCH_TOO_SMALL_STATUS && !memory.needsLargeScratch) {
        memory.needsLargeScratch = true;
        rerun.push(job);
      } else if (typeof status === 'number') job.end(status === 0 ? undefined : job.run.fault(status));
      else job.end(status);
    }
    if (rerun.length > 0) await this.runGroup(rerun);
  }

  async runSplit(job: EpochJob): Promise<void> {
    let memory: SubnetMemory;
    try {
      memory = job.run.start();
    } catch (fault) {
      return job.end(fault);
    }
    try {
      if (await runInParts(memory, this.threads, (task) => this.post(task))) return job.end();
    } catch (fault) {
      return job.end(fault);
    }
    memory.splits = false;
    return this.runGroup([job]);
  }

  /** Ends the workers. Only when nothing runs. */
  async close(): Promise<void> {
    await this.piscina.destroy();
  }

  /** A status for each, or the error that took all of them. Each arena lends one piece of scratch for the task. */
  private async runAll(memories: readonly SubnetMemory[]): Promise<readonly unknown[]> {
    if (memories.length === 0) return [];
    const bytes = new Map<Arena, number>();
    for (const memory of memories) {
      const { arena } = memory.place;
      bytes.set(arena, Math.max(bytes.get(arena) ?? 0, memory.scratchBytes));
    }
    const scratch = new Map<Arena, number>();
    try {
      for (const [arena, wanted] of bytes) scratch.set(arena, arena.take(wanted));
      const epochs = memories.flatMap(({ place: { arena, at }, n, room }) => {
        return [arena.id, at, n, room.w, room.b, scratch.get(arena)!, bytes.get(arena)!];
      });
      return await this.post({ kind: 'epochs', arenas: toMap([...bytes.keys()]), epochs });
    } catch (fault) {
      return memories.map(() => fault);
    } finally {
      for (const [arena, at] of scratch) arena.free(at);
    }
  }

  /** The statuses, or the worker's error as one of ours. */
  private async post(task: Task): Promise<readonly number[]> {
    let reply: Reply;
    try {
      reply = await this.piscina.run(task);
    } catch (cause) {
      throw new YumaError('WORKER_CRASHED', { reason: (cause as Error).message }, { cause });
    }
    if (reply.ok) return reply.statuses;
    throw new YumaError<ErrorCode>(reply.code, reply.data as never, { cause: reply.stack });
  }
}
