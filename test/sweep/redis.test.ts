/**
 * A sweep through Redis: a real server, three worker processes, one of them killed; the results are those of threads.
 * Skipped with a reason where there is no `redis-server`; required where YUMA_REQUIRE_REDIS is set.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type PointResult,
  redisQueue,
  type SweepPlan,
  servePoints,
  sweep,
  threadQueue,
} from '../../src/sweep/index.js';
import { PLAN } from './scenarios.js';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

const found = spawnSync('redis-server', ['--version']).status === 0;
if (!found) {
  if (process.env.YUMA_REQUIRE_REDIS) throw new Error('YUMA_REQUIRE_REDIS is set, and there is no redis-server');
  console.warn('sweeps through Redis are not tested: there is no redis-server');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Settles with the first line that has `text`. */
async function lineWith(child: ChildProcess, text: string): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) if (line.includes(text)) return line;
  throw new Error(`the process ended without a line with "${text}"`);
}

describe.skipIf(!found)('a sweep through Redis', () => {
  let server: ChildProcess;
  let url: string;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    const port = await freePort();
    url = `redis://127.0.0.1:${port}`;
    server = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1']);
    await lineWith(server, 'Ready to accept connections');
  });
  afterAll(async () => {
    for (const child of [...children, server]) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });

  const worker = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [MAIN, 'worker', '--redis', url, '--threads', '1'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    await lineWith(child, 'ready');
    return child;
  };

  const inThreads = async (plan: SweepPlan): Promise<PointResult[]> => {
    const threads = threadQueue(1);
    const results = await sweep(plan, threads);
    await threads.close();
    return results;
  };

  test('by three workers, one of them killed, gives what threads give', async () => {
    const plan: SweepPlan = { ...PLAN, repeat: 10, epochs: 60 };
    const workers = await Promise.all([worker(), worker(), worker()]);
    const queue = await redisQueue(url);
    const results = await sweep(plan, queue, {
      onProgress: (done) => void (done === 6 && workers[0]!.kill('SIGKILL')),
    });
    await queue.close();
    expect(workers[0]!.signalCode).toBe('SIGKILL');
    expect(results).toEqual(await inThreads(plan));
  }, 60_000);

  test('ends with the error of a point, as it would here, however soon that comes', async () => {
    const plan: SweepPlan = { ...PLAN, vary: { kappa: [70_000] } };
    for (let time = 0; time < 8; time++) {
      const queue = await redisQueue(url);
      await expect(sweep(plan, queue)).rejects.toMatchObject({ code: 'OUT_OF_RANGE' });
      await queue.close();
    }
  });

  test('refuses a scenario that is code', async () => {
    const queue = await redisQueue(url);
    const plan: SweepPlan = { source: { kind: 'module', url: 'file:///x.mjs' }, vary: { kappa: [1] } };
    await expect(sweep(plan, queue)).rejects.toMatchObject({ code: 'BAD_USAGE' });
    await queue.close();
  });

  test('stops when it is told to, also where nobody runs its points', async () => {
    for (const child of children.splice(0)) {
      if (child.signalCode === null) {
        child.kill('SIGINT');
        const [code] = await once(child, 'exit');
        expect(code).toBe(130); // stopped by a signal, after its points were done
      }
    }
    const queue = await redisQueue(url);
    const stop = new AbortController();
    const stopped = sweep(PLAN, queue, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(stopped).rejects.toMatchObject({ code: 'ABORTED' });
    await queue.close();
  });

  test('is served by a program of one’s own', async () => {
    const stop = new AbortController();
    const serving = servePoints(url, { threads: 1, signal: stop.signal });
    const queue = await redisQueue(url);
    const plan = { ...PLAN, repeat: 1 };
    expect(await sweep(plan, queue)).toEqual(await inThreads(plan));
    stop.abort();
    expect(await serving).toBe(6);
    await queue.close();
  });

  test('says when Redis goes away for good, and closes', async () => {
    const queue = await redisQueue(url, { patienceMs: 1_000 });
    const lost = sweep(PLAN, queue, { onProgress: () => void server.kill('SIGKILL') });
    await expect(lost).rejects.toMatchObject({ code: 'REDIS_UNAVAILABLE' });
    await queue.close();
    await expect(redisQueue(url)).rejects.toMatchObject({ code: 'REDIS_UNAVAILABLE' });
    await expect(redisQueue('localhost')).rejects.toMatchObject({ code: 'BAD_USAGE' });
  }, 60_000);
});
