/** The scheduler alone, with workers that are only written down. */
import { describe, expect, test } from 'vitest';
import { Job } from '../../src/engine/pool/job.js';
import { GROUP_NS, LEAST_GROUP_NS, type Runner, Scheduler, SPLIT_NS } from '../../src/engine/pool/scheduler.js';
import { YumaError } from '../../src/index.js';

class NamedJob extends Job {
  constructor(
    readonly name: string,
    cost: number,
    { priority = 0, splits = false } = {},
  ) {
    super(priority, cost, splits);
    this.done.catch(() => {});
  }
}

/** Writes down what it is given; a task ends when the test says so. */
class Recorder implements Runner<NamedJob> {
  readonly tasks: { readonly names: string; readonly end: (error?: YumaError) => Promise<void> }[] = [];

  constructor(readonly threads: number) {}

  runGroup(jobs: readonly NamedJob[]): Promise<void> {
    return this.record(jobs.map((job) => job.name).join(' '), jobs);
  }

  runSplit(job: NamedJob): Promise<void> {
    return this.record(`split ${job.name}`, [job]);
  }

  get names(): string[] {
    return this.tasks.map((task) => task.names);
  }

  private record(names: string, jobs: readonly NamedJob[]): Promise<void> {
    return new Promise((resolve) => {
      const end = async (error?: YumaError) => {
        for (const job of jobs) job.end(error);
        resolve();
        await turn();
      };
      this.tasks.push({ names, end });
    });
  }
}

/** Lets everything that is due run. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

const MS = 1_000_000;

async function scheduled(threads: number, jobs: readonly NamedJob[], limit = 100) {
  const runner = new Recorder(threads);
  const scheduler = new Scheduler(runner, limit);
  for (const job of jobs) scheduler.submit(job, {});
  await turn();
  return { runner, scheduler };
}

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as YumaError).code;
  }
  return 'no error';
};

const outcome = (job: Job) =>
  job.done.then(
    () => 'done',
    (error: YumaError) => error.code,
  );

describe('the order', () => {
  test('is the longest first, of equal ones the one that came first', async () => {
    const jobs = [new NamedJob('a', 2 * MS), new NamedJob('b', 5 * MS), new NamedJob('c', 2 * MS)];
    const { runner } = await scheduled(1, jobs);
    for (let at = 0; at < 3; at++) await runner.tasks[at]!.end();
    expect(runner.names).toEqual(['b', 'a', 'c']);
  });

  test('puts a higher priority before any cost, also when it comes later', async () => {
    const jobs = [new NamedJob('long', 9 * MS), new NamedJob('longer', 10 * MS)];
    const { runner, scheduler } = await scheduled(1, jobs);
    scheduler.submit(new NamedJob('due', 1 * MS, { priority: 1 }), {});
    scheduler.submit(new NamedJob('idle', 99 * MS, { priority: -1 }), {});
    await turn();
    for (let at = 0; at < 4; at++) await runner.tasks[at]!.end();
    expect(runner.names).toEqual(['longer', 'due', 'long', 'idle']);
  });

  test('holds among all that is submitted in one tick', async () => {
    const runner = new Recorder(1);
    const scheduler = new Scheduler(runner, 9);
    scheduler.submit(new NamedJob('short', 2 * MS), {});
    await Promise.resolve().then(() => undefined);
    expect(runner.names).toEqual(['short']);
    scheduler.submit(new NamedJob('b', 2 * MS), {});
    scheduler.submit(new NamedJob('c', 3 * MS), {});
    await runner.tasks[0]!.end();
    expect(runner.names).toEqual(['short', 'c']);
  });
});

describe('tasks', () => {
  test('are at most one a thread', async () => {
    const jobs = ['a', 'b', 'c', 'd'].map((name) => new NamedJob(name, 4 * MS));
    const { runner } = await scheduled(3, jobs);
    expect(runner.names).toEqual(['a', 'b', 'c']);
    await runner.tasks[1]!.end();
    expect(runner.names).toEqual(['a', 'b', 'c', 'd']);
  });

  test('group small epochs until they are worth it', async () => {
    const cost = GROUP_NS / 3;
    const jobs = Array.from({ length: 7 }, (_, at) => new NamedJob(String(at), cost));
    const { runner } = await scheduled(1, jobs);
    await runner.tasks[0]!.end();
    await runner.tasks[1]!.end();
    expect(runner.names).toEqual(['0 1 2', '3 4 5', '6']);
  });

  test('leave idle threads their fair part', async () => {
    const jobs = ['a', 'b', 'c', 'd'].map((name) => new NamedJob(name, LEAST_GROUP_NS));
    const { runner } = await scheduled(2, jobs);
    expect(runner.names).toEqual(['a b', 'c d']);
  });

  test('are not made tiny for the sake of fairness', async () => {
    const jobs = ['a', 'b', 'c', 'd'].map((name) => new NamedJob(name, LEAST_GROUP_NS / 4));
    const { runner } = await scheduled(4, jobs);
    expect(runner.names).toEqual(['a b c d']);
  });

  test('never mix priorities', async () => {
    const jobs = [new NamedJob('due', 10, { priority: 1 }), new NamedJob('batch', 10)];
    const { runner } = await scheduled(1, jobs);
    await runner.tasks[0]!.end();
    expect(runner.names).toEqual(['due', 'batch']);
  });
});

describe('splitting', () => {
  const splits = { splits: true };

  test('takes a lone huge epoch', async () => {
    const { runner } = await scheduled(2, [new NamedJob('huge', 50 * MS, splits)]);
    expect(runner.names).toEqual(['split huge']);
  });

  test('leaves whole what is short, what cannot be split, and what one thread does alone', async () => {
    expect((await scheduled(2, [new NamedJob('short', SPLIT_NS, splits)])).runner.names).toEqual(['short']);
    expect((await scheduled(2, [new NamedJob('whole', 50 * MS)])).runner.names).toEqual(['whole']);
    expect((await scheduled(1, [new NamedJob('alone', 50 * MS, splits)])).runner.names).toEqual(['alone']);
  });

  test('leaves whole as many equal ones as there are threads', async () => {
    const jobs = ['a', 'b'].map((name) => new NamedJob(name, 50 * MS, splits));
    expect((await scheduled(2, jobs)).runner.names).toEqual(['a', 'b']);
  });

  test('waits until all threads are free, and nothing overtakes it', async () => {
    const { runner, scheduler } = await scheduled(2, [new NamedJob('a', 5 * MS), new NamedJob('b', 5 * MS)]);
    scheduler.submit(new NamedJob('huge', 50 * MS, splits), {});
    scheduler.submit(new NamedJob('small', 2 * MS), {});
    await runner.tasks[0]!.end();
    expect(runner.names).toEqual(['a', 'b']);
    await runner.tasks[1]!.end();
    expect(runner.names).toEqual(['a', 'b', 'split huge']);
    await runner.tasks[2]!.end();
    expect(runner.names).toEqual(['a', 'b', 'split huge', 'small']);
  });
});

describe('the queue', () => {
  test('is bounded: one more than it holds is refused, and what is out does not count', async () => {
    const jobs = ['a', 'b', 'c'].map((name) => new NamedJob(name, 9 * MS));
    const runner = new Recorder(1);
    const scheduler = new Scheduler(runner, 2);
    scheduler.submit(jobs[0]!, {});
    await turn();
    scheduler.submit(jobs[1]!, {});
    scheduler.submit(jobs[2]!, {});
    expect(codeOf(() => scheduler.submit(new NamedJob('d', 1), {}))).toBe('QUEUE_FULL');
    await runner.tasks[0]!.end();
    expect(codeOf(() => scheduler.submit(new NamedJob('e', 1), {}))).toBe('no error');
  });

  test('drops an aborted epoch that waits, and its place is free', async () => {
    const abort = new AbortController();
    const waits = new NamedJob('waits', 1 * MS);
    const { runner, scheduler } = await scheduled(1, [new NamedJob('runs', 9 * MS)], 1);
    scheduler.submit(waits, { signal: abort.signal });
    abort.abort();
    expect(await outcome(waits)).toBe('ABORTED');
    scheduler.submit(new NamedJob('next', 1 * MS), {});
    await runner.tasks[0]!.end();
    expect(runner.names).toEqual(['runs', 'next']);
  });

  test('refuses what is aborted or too late already', async () => {
    const { scheduler } = await scheduled(1, []);
    expect(codeOf(() => scheduler.submit(new NamedJob('a', 1), { signal: AbortSignal.abort() }))).toBe('ABORTED');
    expect(codeOf(() => scheduler.submit(new NamedJob('b', 1), { deadline: 1 }))).toBe('DEADLINE_EXCEEDED');
    expect(codeOf(() => scheduler.submit(new NamedJob('c', 1), { deadline: Number.NaN }))).toBe('WRONG_TYPE');
    expect(codeOf(() => scheduler.submit(new NamedJob('d', 1), { signal: {} as AbortSignal }))).toBe('WRONG_TYPE');
  });
});

describe('an epoch on its way', () => {
  test('rejects at once when aborted, is over only when its worker is, and what the worker says then is dropped', async () => {
    const abort = new AbortController();
    const runner = new Recorder(1);
    const scheduler = new Scheduler(runner, 9);
    const job = new NamedJob('runs', 9 * MS);
    scheduler.submit(job, { signal: abort.signal });
    await turn();
    let over = false;
    job.whenOver(() => {
      over = true;
    });
    abort.abort('enough');
    await expect(job.done).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' });
    expect(over).toBe(false);
    await runner.tasks[0]!.end();
    expect(over).toBe(true);
  });

  test('does not hear an abort after it is done', async () => {
    const abort = new AbortController();
    const runner = new Recorder(1);
    const scheduler = new Scheduler(runner, 9);
    const job = new NamedJob('runs', 9 * MS);
    scheduler.submit(job, { signal: abort.signal, deadline: Date.now() + 1e12 });
    await turn();
    await runner.tasks[0]!.end();
    abort.abort();
    expect(await outcome(job)).toBe('done');
  });

  test('tells its fault to its caller and to no other', async () => {
    const [bad, good] = [new NamedJob('bad', 9 * MS), new NamedJob('good', 9 * MS)];
    const { runner } = await scheduled(2, [bad, good]);
    await runner.tasks[0]!.end(new YumaError('WORKER_CRASHED', { reason: 'test' }));
    await runner.tasks[1]!.end();
    expect(await outcome(bad)).toBe('WORKER_CRASHED');
    expect(await outcome(good)).toBe('done');
  });
});

describe('closing', () => {
  test('refuses what waits and what comes, and settles when what runs is over', async () => {
    const [runs, waits] = [new NamedJob('runs', 9 * MS), new NamedJob('waits', 2 * MS)];
    const { runner, scheduler } = await scheduled(1, [runs, waits]);
    let closed = false;
    const closing = scheduler.close().then(() => {
      closed = true;
    });
    expect(await outcome(waits)).toBe('CLOSED');
    expect(codeOf(() => scheduler.submit(new NamedJob('late', 1), {}))).toBe('CLOSED');
    await turn();
    expect(closed).toBe(false);
    await runner.tasks[0]!.end();
    await closing;
    expect(await outcome(runs)).toBe('done');
    expect(runner.names).toEqual(['runs']);
  });

  test('settles at once when nothing runs', async () => {
    const { scheduler } = await scheduled(2, []);
    await scheduler.close();
  });
});
