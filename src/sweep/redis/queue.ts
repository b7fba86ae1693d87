/** Redis queue: points run by whoever serves them, on any number of machines (BullMQ). */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { YumaError } from '../../index.js';
import type { PointQueue } from '../queue.js';
import type { PointResult, PointTask } from '../run-point.js';
import { resultOf } from '../threads.js';
import type { PointReply } from '../worker.js';
import { connect, loadBullMq, queueName, unavailable } from './connection.js';

/** Points that wait in Redis at a time, so that no worker stands idle. */
const AHEAD = 256;

/** How long Redis keeps a result that nobody took, seconds. */
const KEEP_S = 3_600;

interface Waiting {
  readonly resolve: (reply: PointReply) => void;
  readonly reject: (fault: unknown) => void;
}

export interface RedisOptions {
  /** How long a connection that was lost is tried again before REDIS_UNAVAILABLE, ms; default 30 000. */
  readonly patienceMs?: number | undefined;
}

/** @throws YumaError BAD_USAGE, REDIS_UNAVAILABLE */
export async function redisQueue(url: string, { patienceMs }: RedisOptions = {}): Promise<PointQueue> {
  const { Queue, QueueEvents, Redis } = await loadBullMq();
  const connection = await connect(Redis, url, patienceMs);
  const listening = await connect(Redis, url, patienceMs);
  const queue = new Queue(queueName(), { connection });
  const events = new QueueEvents(queueName(), { connection: listening, lastEventId: await newestEvent(connection) });
  await events.waitUntilReady();
  const waiting = new Map<string, Waiting>();
  let lost: YumaError | undefined;

  const giveUp = () => {
    lost ??= unavailable(url, new Error('the connection was lost'));
    for (const { reject } of waiting.values()) reject(lost);
    waiting.clear();
  };
  for (const client of [connection, listening]) client.on('end', giveUp);
  const told = () => {}; // by the connection, above
  queue.on('error', told);
  events.on('error', told);
  events.on('completed', ({ jobId, returnvalue }) => {
    waiting.get(jobId)?.resolve(returnvalue as unknown as PointReply);
    waiting.delete(jobId);
  });
  events.on('failed', ({ jobId, failedReason }) => {
    waiting.get(jobId)?.reject(new YumaError('WORKER_CRASHED', { reason: failedReason }));
    waiting.delete(jobId);
  });

  const run = async (task: PointTask, signal?: AbortSignal): Promise<PointResult> => {
    if (lost !== undefined) throw lost;
    if (task.plan.source.kind === 'module') {
      const reason = 'a scenario that is code runs here only: other machines do not have it. Leave --redis out.';
      throw new YumaError('BAD_USAGE', { reason });
    }
    const jobId = randomUUID();
    const reply = new Promise<PointReply>((resolve, reject) => waiting.set(jobId, { resolve, reject }));
    const stop = () => {
      waiting.get(jobId)?.reject(new YumaError('ABORTED', {}, { cause: signal?.reason }));
      waiting.delete(jobId);
      queue.remove(jobId).catch(() => {}); // one that runs already ends by itself, and nobody asks for it
    };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const [, result] = await Promise.all([
        queue.add('point', task, { jobId, removeOnComplete: { age: KEEP_S }, removeOnFail: { age: KEEP_S } }),
        reply,
      ]);
      return resultOf(result);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  };

  const close = async () => {
    for (const client of [connection, listening]) client.off('end', giveUp);
    await Promise.allSettled([queue.close(), events.close()]);
    for (const client of [connection, listening]) client.disconnect();
  };
  return { ahead: AHEAD, run, close };
}

/**
 * The identity of an event at this moment, by the clock of the server. Listening from there on hears everything; listening
 * from "the newest" on, as BullMQ does by itself, would miss a point that fails before the listening has begun.
 */
async function newestEvent(connection: Redis): Promise<string> {
  const [seconds, microseconds] = await connection.time();
  const now = Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000);
  return `${now - 1}-0`; // what comes within this millisecond is still to come
}
