/**
 * Threads: runs points in worker threads of this process (Piscina). A point is a whole run, so threads never wait for
 * each other.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { type ErrorCode, YumaError } from '../index.js';
import type { PointQueue } from './queue.js';
import type { PointResult, PointTask } from './run-point.js';
import type { PointReply } from './worker.js';

/** How often a point is begun anew after its thread has died. */
const ATTEMPTS = 3;

const LARGEST_THREADS = 1_024;

/** Run from its sources (tests), the package has only its built worker. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? '../../dist/sweep/worker.js' : './worker.js', import.meta.url);

/**
 * @param threads 1 to 1024; default one a core
 * @throws YumaError OUT_OF_RANGE
 */
export function threadQueue(threads = availableParallelism()): PointQueue {
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= LARGEST_THREADS)) {
    const range = { least: '1', largest: String(LARGEST_THREADS) };
    throw new YumaError('OUT_OF_RANGE', { field: 'threads', value: String(threads), ...range });
  }
  if (!existsSync(WORKER)) throw new YumaError('CORE_UNAVAILABLE', { reason: `${WORKER.pathname} is not there` });
  const pool = new Piscina({
    filename: fileURLToPath(WORKER),
    minThreads: threads,
    maxThreads: threads,
  });
  return {
    ahead: threads,
    run: (task, signal) => runIn(pool, task, signal),
    close: () => pool.destroy(),
  };
}

async function runIn(pool: Piscina, task: PointTask, signal: AbortSignal | undefined): Promise<PointResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      return resultOf((await pool.run(task, signal && { signal })) as PointReply);
    } catch (fault) {
      if (signal?.aborted) throw new YumaError('ABORTED', {}, { cause: signal.reason });
      if (fault instanceof YumaError) throw fault;
      if (attempt === ATTEMPTS) {
        const reason = `point ${task.point.run}, ${ATTEMPTS} times: ${(fault as Error).message}`;
        throw new YumaError('WORKER_CRASHED', { reason }, { cause: fault });
      }
    }
  }
}

/** @throws YumaError the one that ended the point */
export function resultOf(reply: PointReply): PointResult {
  if (reply.ok) return reply.result;
  throw new YumaError(reply.code as ErrorCode, reply.data as never);
}
