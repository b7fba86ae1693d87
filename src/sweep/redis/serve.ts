/**
 * Serve: runs points that sweeps put into Redis, in threads of this process, until it is stopped. A worker that dies lets
 * its locks run out; another then begins its points anew, and nothing else.
 */
import { availableParallelism } from 'node:os';
import { YumaError } from '../../index.js';
import type { PointResult, PointTask } from '../run-point.js';
import { threadQueue } from '../threads.js';
import type { PointReply } from '../worker.js';
import { connect, loadBullMq, queueName, unavailable } from './connection.js';

/** A point belongs to its worker so long without a sign of life, and how often that is looked for. */
const LOCK_MS = 6_000;
const LOOK_MS = 3_000;

/** So often a point may lose its worker before it counts as what kills workers. */
const LOSSES = 5;

export interface ServeOptions {
  /** Points at a time, default one a core. */
  readonly threads?: number | undefined;
  /** Takes no further point, and settles when those on their way are done. */
  readonly signal: AbortSignal;
  /** Told once, when points can come. */
  readonly onReady?: (() => void) | undefined;
  /** Told after each point. */
  readonly onPoint?: ((done: number) => void) | undefined;
}

/**
 * @returns points that were run
 * @throws YumaError BAD_USAGE, OUT_OF_RANGE, REDIS_UNAVAILABLE, also later when the connection is lost for good
 */
export async function servePoints(url: string, { threads, signal, onReady, onPoint }: ServeOptions): Promise<number> {
  const { Worker, Redis } = await loadBullMq();
  const connection = await connect(Redis, url);
  const pool = threadQueue(threads);
  let done = 0;
  const worker = new Worker(
    queueName(),
    async ({ data }: { data: PointTask }): Promise<PointReply> => {
      const reply = await replyOf(() => pool.run(refuseCode(data)));
      done += 1;
      onPoint?.(done);
      return reply;
    },
    {
      connection,
      concurrency: threads ?? availableParallelism(),
      lockDuration: LOCK_MS,
      stalledInterval: LOOK_MS,
      maxStalledCount: LOSSES,
    },
  );
  worker.on('error', () => {}); // told by the connection
  let lost = false;
  await worker.waitUntilReady();
  onReady?.();
  try {
    await new Promise<void>((resolve, reject) => {
      if (signal.aborted) return resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
      connection.on('end', () => {
        lost = true;
        reject(unavailable(url, new Error('the connection was lost')));
      });
    });
  } finally {
    await worker.close(lost); // without a connection there is nothing to wait for
    await pool.close();
    connection.disconnect();
  }
  return done;
}

/** Whoever can write to Redis must not be able to have code loaded here. */
function refuseCode(task: PointTask): PointTask {
  if (task.plan.source.kind !== 'module') return task;
  throw new YumaError('BAD_USAGE', { reason: 'a worker runs no scenario that is code' });
}

async function replyOf(run: () => Promise<PointResult>): Promise<PointReply> {
  try {
    return { ok: true, result: await run() };
  } catch (fault) {
    if (!(fault instanceof YumaError)) throw fault;
    return { ok: false, code: fault.code, data: fault.data, message: fault.message };
  }
}
