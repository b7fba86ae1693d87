/** Connection: BullMQ and its client of Redis, loaded when they are asked for, and a connection that is known to work. */
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { YumaError } from '../../index.js';

/** Between two attempts to connect again. */
const RETRY_MS = 500;

/** So long a connection that was lost is tried again, unless told. */
export const USUAL_PATIENCE_MS = 30_000;

export type BullMq = Pick<typeof import('bullmq'), 'Queue' | 'QueueEvents' | 'Worker'> & {
  readonly Redis: typeof Redis;
};

/** @throws YumaError BAD_USAGE where the packages are not installed */
export async function loadBullMq(): Promise<BullMq> {
  try {
    const [bullmq, ioredis] = await Promise.all([import('bullmq'), import('ioredis')]);
    const { Queue, QueueEvents, Worker } = bullmq;
    return { Queue, QueueEvents, Worker, Redis: ioredis.Redis };
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw fault;
    const reason = 'Redis takes two packages beside this one: npm install bullmq@6.7.0 ioredis@6.0.0';
    throw new YumaError('BAD_USAGE', { reason }, { cause: fault });
  }
}

/**
 * A connection that answers. Lost later, it is tried again for `patienceMs`; then it ends.
 * @param url `redis://[user:password@]host[:port][/db]`, `rediss://` with TLS
 * @throws YumaError BAD_USAGE for what is no such address, REDIS_UNAVAILABLE
 */
export async function connect(Client: typeof Redis, url: string, patienceMs = USUAL_PATIENCE_MS): Promise<Redis> {
  if (!/^rediss?:\/\/[^/]/.test(url)) {
    throw new YumaError('BAD_USAGE', { reason: `"${hidden(url)}" is no address of Redis: redis://host:port` });
  }
  let ready = false;
  const client = new Client(url, {
    lazyConnect: true,
    maxRetriesPerRequest: null, // as BullMQ wants it: commands wait for the connection
    retryStrategy: (times) => (ready && times * RETRY_MS <= patienceMs ? RETRY_MS : null),
  });
  let last: Error | undefined;
  client.on('error', (fault: Error) => {
    last = fault;
  });
  try {
    await client.connect();
    await client.ping();
    ready = true;
    return client;
  } catch (fault) {
    client.disconnect();
    throw unavailable(url, last ?? (fault as Error));
  }
}

export function unavailable(url: string, fault: Error): YumaError {
  return new YumaError(
    'REDIS_UNAVAILABLE',
    { url: hidden(url), reason: fault.message || String(fault) },
    { cause: fault },
  );
}

/** An address without its password. */
export const hidden = (url: string): string => url.replace(/:\/\/[^@/]*@/, '://***@');

/** Of the queue: sweeps and workers of one version find each other, others do not. */
export function queueName(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return `yuma-points-${(JSON.parse(text) as { version: string }).version}`;
}
