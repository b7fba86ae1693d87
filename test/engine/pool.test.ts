/** What worker threads add: epochs that are stopped while they run, workers that die, order and back-pressure. */
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PoolExecutor } from '../../src/engine/pool/executor.js';
import { ResidentState } from '../../src/engine/subnet/resident.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { createEngine, type Engine, type EpochInput, type EpochOutput, YumaError } from '../../src/index.js';
import { WORKED_EXAMPLE } from '../worked-example.js';
import { digest, largeSubnet, withoutOrder } from './large.js';

const LARGE = largeSubnet(4_096, 192);
/** Takes a worker many times as long, and is never split. */
const LASTING = withoutOrder(LARGE);
const STEP = { currentBlock: 10_360n, emission: 148_000_000_000n };

const codeOf = async (run: () => unknown): Promise<string> => {
  try {
    await run();
  } catch (error) {
    return error instanceof YumaError ? error.code : `no YumaError: ${String(error)}`;
  }
  return 'no error';
};

/** Lets what is due run: a submitted epoch is with its worker then. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Every worker that this process starts. */
let workers: Worker[] = [];
const remember = (worker: Worker) => void workers.push(worker);
beforeEach(() => {
  workers = [];
  process.on('worker', remember);
});
afterEach(() => {
  process.off('worker', remember);
  vi.useRealTimers();
});

async function alone(input: EpochInput): Promise<EpochOutput> {
  await using engine = await createEngine();
  return engine.runEpoch(input);
}

describe.each([1, 2, 4])('an engine with %i workers', (threads) => {
  test('starts so many, and ends them when it is closed', async () => {
    const engine = await createEngine({ threads });
    expect(engine.threads).toBe(threads);
    expect(workers.length).toBe(threads);
    const exits = workers.map((worker) => new Promise<void>((resolve) => void worker.once('exit', () => resolve())));
    await engine.close();
    await engine.close();
    await Promise.all(exits);
  });

  test('gives many epochs at once the bits that they have alone', async () => {
    await using engine = await createEngine({ threads });
    const inputs = Array.from({ length: 40 }, (_, at) => ({ ...WORKED_EXAMPLE, emission: BigInt(at) * 10n ** 9n }));
    const got = await Promise.all(inputs.map((input) => engine.runEpoch(input, { intermediates: true })));
    await using single = await createEngine();
    expect(got).toEqual(inputs.map((input) => single.runEpochSync(input, { intermediates: true })));
  });

  test.each([
    ['Yuma3', {}],
    ['Yuma2', { yuma3: false }],
    ['liquid alpha', { liquidAlpha: true }],
  ])('gives a huge subnet its bits, epoch after epoch, %s', async (_, mode) => {
    await using engine = await createEngine({ threads });
    await using single = await createEngine();
    const input = { ...LARGE, hyperparameters: { ...LARGE.hyperparameters, liquidAlpha: false, ...mode } };
    using got = await engine.open(input);
    using want = await single.open(input);
    for (let epoch = 1n; epoch <= 3n; epoch++) {
      const step = { currentBlock: 10_000n + 360n * epoch, emission: 10n ** 12n + epoch };
      await got.advance(step);
      want.advanceSync(step);
      expect(digest(got.view())).toEqual(digest(want.view()));
    }
    expect(Buffer.from(got.snapshot()).equals(Buffer.from(want.snapshot()))).toBe(true);
  });

  test('refuses odd columns with their place, and spoils no neighbour', async () => {
    await using engine = await createEngine({ threads });
    const columns = WORKED_EXAMPLE.weights.columns.slice();
    columns[0] = 9;
    const odd = { ...WORKED_EXAMPLE, weights: { ...WORKED_EXAMPLE.weights, columns } };
    const runs = [WORKED_EXAMPLE, odd, WORKED_EXAMPLE].map((input) => engine.runEpoch(input));
    const [before, refused, after] = await Promise.allSettled(runs);
    expect(refused).toMatchObject({ reason: { code: 'COLUMN_OUT_OF_RANGE', data: { field: 'weights', column: 9 } } });
    expect([before!.status, after!.status]).toEqual(['fulfilled', 'fulfilled']);
    expect((await engine.runEpoch(odd, { lenient: true })).n).toBe(5);
  });

  test('loses with its workers the epochs that they had, and nothing else', async () => {
    await using engine = await createEngine({ threads });
    using subnet = await engine.open(LARGE);
    using waiting = await engine.open(WORKED_EXAMPLE);
    let before = subnet.snapshot();
    let code = 'no error';
    // An epoch that ends before its worker does is no crash: then the next one is tried.
    for (let attempt = 0; code === 'no error' && attempt < 50; attempt++) {
      before = subnet.snapshot();
      const running = codeOf(() => subnet.runEpoch(STEP));
      await turn();
      const next = waiting.runEpoch(STEP, { priority: -1 });
      await workers.at(-threads)!.terminate(); // of a split epoch, one part: the others must not wait for it for ever
      code = await running;
      expect((await next).n).toBe(5);
    }
    expect(code).toBe('WORKER_CRASHED');
    expect(Buffer.from(subnet.snapshot()).equals(before)).toBe(true);
    using again = await engine.restore(before);
    expect(digest(await subnet.runEpoch(STEP))).toEqual(digest(await again.runEpoch(STEP)));
  });

  test('drops an aborted epoch that runs: at once for its caller, and later for its memory', async () => {
    await using engine = await createEngine({ threads });
    using subnet = await engine.open(LASTING);
    const before = subnet.snapshot();
    const abort = new AbortController();
    const running = codeOf(() => subnet.runEpoch(STEP, { signal: abort.signal }));
    await turn();
    abort.abort();
    expect(await running).toBe('ABORTED');
    expect(await codeOf(() => subnet.setStake(0, 1n))).toBe('BUSY');
    expect(await codeOf(() => subnet.runEpoch(STEP))).toBe('BUSY');
    await subnet.idle();
    expect(Buffer.from(subnet.snapshot()).equals(before)).toBe(true);
    expect(await codeOf(() => subnet.view())).toBe('BAD_USAGE');
    expect(digest(await subnet.runEpoch(STEP))).toEqual(digest(await alone({ ...LASTING, ...STEP })));
  });

  test('drops an epoch that runs past its deadline', async () => {
    await using engine = await createEngine({ threads });
    using subnet = await engine.open(LASTING);
    const before = subnet.snapshot();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const deadline = Date.now() + 1_000;
    const running = codeOf(() => subnet.runEpoch(STEP, { deadline }));
    await turn();
    vi.advanceTimersByTime(1_000);
    expect(await running).toBe('DEADLINE_EXCEEDED');
    vi.useRealTimers();
    await subnet.idle();
    expect(Buffer.from(subnet.snapshot()).equals(before)).toBe(true);
  });

  test('may be closed and dropped in any state', async () => {
    const engine = await createEngine({ threads });
    const subnet = await engine.open(LARGE);
    const other = await engine.open(LARGE);
    const runs = [subnet.runEpoch(STEP), engine.runEpoch(LARGE)].map((run) => codeOf(() => run));
    await turn();
    const late = codeOf(() => other.runEpoch(STEP, { priority: -1 }));
    other.close();
    await engine.close();
    expect(await late).toBe('CLOSED');
    for (const code of await Promise.all(runs)) expect(['no error', 'CLOSED']).toContain(code);
    subnet.close();
  });
});

test.each([0, 1, 2])('a large subnet whose rows are in no order has its bits (%i workers)', async (threads) => {
  await using engine = await createEngine({ threads });
  await using plain = await createEngine({ build: 'plain' });
  using subnet = await engine.open(withoutOrder(LARGE));
  using other = await plain.open(withoutOrder(LARGE));
  for (const step of [STEP, { ...STEP, currentBlock: 10_720n }]) {
    await subnet.advance(step);
    other.advanceSync(step);
    expect(digest(subnet.view())).toEqual(digest(other.view()));
  }
});

describe('the queue of an engine', () => {
  test('takes so many epochs and refuses one more', async () => {
    await using engine = await createEngine({ threads: 1, queue: 2 });
    const runs = Array.from({ length: 5 }, () => codeOf(() => engine.runEpoch(WORKED_EXAMPLE)));
    expect(await Promise.all(runs)).toEqual([...Array(3).fill('no error'), 'QUEUE_FULL', 'QUEUE_FULL']);
  });

  test('lets a due subnet overtake a batch', async () => {
    await using engine = await createEngine({ threads: 1 });
    const order: string[] = [];
    const batch = ['a', 'b', 'c'].map((name) => engine.runEpoch(LARGE).then(() => order.push(name)));
    await turn();
    const due = engine.runEpoch(WORKED_EXAMPLE, { priority: 1 }).then(() => order.push('due'));
    await Promise.all([...batch, due]);
    expect(order).toEqual(['a', 'due', 'b', 'c']);
  });

  test('drops what waits when it is aborted, and the handle is free at once', async () => {
    await using engine = await createEngine({ threads: 1 });
    const running = engine.runEpoch(LARGE);
    await turn();
    using subnet = await engine.open(WORKED_EXAMPLE);
    const abort = new AbortController();
    const waiting = codeOf(() => subnet.runEpoch(STEP, { signal: abort.signal }));
    abort.abort();
    expect(await waiting).toBe('ABORTED');
    subnet.setStake(0, 1n);
    await running;
  });

  test('refuses a priority that is none', async () => {
    await using engine = await createEngine({ threads: 1 });
    const options = { priority: 'high' as unknown as number };
    expect(await codeOf(() => engine.runEpoch(WORKED_EXAMPLE, options))).toBe('WRONG_TYPE');
  });
});

describe('the memory of the workers', () => {
  test('is free again after results, faults, aborts and crashes', async () => {
    const executor = await PoolExecutor.start(2, 10);
    const input = checkEpochInput(LARGE);
    const abort = new AbortController();
    const odd = checkEpochInput({ ...WORKED_EXAMPLE, bonds: { ...WORKED_EXAMPLE.bonds } });
    const state = new ResidentState(input, executor);
    const runs = [
      executor.runOnce(odd, {}),
      executor.runOnce(input, { signal: abort.signal }),
      executor.runOnce(input, {}),
      state.compute(STEP, {}).done,
    ];
    const settled = Promise.allSettled(runs);
    await turn();
    abort.abort();
    void workers[0]!.terminate();
    await settled;
    state.free();
    await executor.close();
    expect(executor.arenas.first.empty).toBe(true);
  });
});

describe('a sequence of epochs', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ ...WORKED_EXAMPLE, emission: BigInt(at) * 1_000n }));

  async function results(engine: Engine, inputs: Parameters<Engine['runEpochs']>[0]): Promise<EpochOutput[]> {
    const outputs: EpochOutput[] = [];
    for await (const output of engine.runEpochs(inputs)) outputs.push(output);
    return outputs;
  }

  test('comes in the order of its inputs, however long each takes', async () => {
    await using engine = await createEngine({ threads: 2 });
    await using single = await createEngine();
    const inputs = [LARGE, ...many(20), LARGE, ...many(3)];
    const want = inputs.map((input) => digest(single.runEpochSync(input)));
    expect((await results(engine, inputs)).map(digest)).toEqual(want);
  });

  test('is read ahead, and not without bound', async () => {
    await using engine = await createEngine({ threads: 2 });
    let asked = 0;
    function* endless(): Generator<EpochInput> {
      for (;;) {
        asked += 1;
        yield LARGE;
      }
    }
    const outputs = engine.runEpochs(endless());
    await outputs.next();
    expect(asked).toBeGreaterThan(1);
    expect(asked).toBeLessThan(10);
    await outputs.return();
  });

  test('gives a result while its source still thinks about the next input', async () => {
    await using engine = await createEngine({ threads: 2 });
    let release: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    async function* slow(): AsyncGenerator<EpochInput> {
      yield WORKED_EXAMPLE;
      await gate;
      yield WORKED_EXAMPLE;
    }
    const outputs = engine.runEpochs(slow());
    expect((await outputs.next()).value?.n).toBe(5);
    release();
    expect((await outputs.next()).value?.n).toBe(5);
    expect((await outputs.next()).done).toBe(true);
  });

  test('tells its progress, and of how many if the source knows', async () => {
    await using engine = await createEngine({ threads: 1 });
    const progress: object[] = [];
    for await (const _ of engine.runEpochs(many(2), { onProgress: (at) => progress.push(at) }));
    for await (const _ of engine.runEpochs(many(2).values(), { onProgress: (at) => progress.push(at) }));
    expect(progress).toEqual([{ done: 1, of: 2 }, { done: 2, of: 2 }, { done: 1 }, { done: 2 }]);
  });

  test.each([0, 2])('ends at the first fault, closes its source and drops the rest (%i threads)', async (threads) => {
    await using engine = await createEngine({ threads });
    let closed = false;
    function* source(): Generator<EpochInput> {
      try {
        yield WORKED_EXAMPLE;
        yield { ...WORKED_EXAMPLE, emission: -1n };
        for (;;) yield LARGE;
      } finally {
        closed = true;
      }
    }
    const outputs: EpochOutput[] = [];
    const run = async () => {
      for await (const output of engine.runEpochs(source())) outputs.push(output);
    };
    expect(await codeOf(run)).toBe('OUT_OF_RANGE');
    expect(outputs.length).toBe(1);
    expect(closed).toBe(true);
  });

  test('ends with a fault of its source, after the results before it', async () => {
    await using engine = await createEngine({ threads: 2 });
    function* source(): Generator<EpochInput> {
      yield WORKED_EXAMPLE;
      throw new RangeError('torn');
    }
    const outputs: EpochOutput[] = [];
    const run = async () => {
      for await (const output of engine.runEpochs(source())) outputs.push(output);
    };
    await expect(run).rejects.toThrow('torn');
    expect(outputs.length).toBe(1);
  });

  test('stops at an abort', async () => {
    await using engine = await createEngine({ threads: 2 });
    const abort = new AbortController();
    const outputs = engine.runEpochs([LARGE, LARGE, LARGE], { signal: abort.signal });
    await outputs.next();
    abort.abort();
    expect(await codeOf(() => outputs.next())).toBe('ABORTED');
  });
});

describe('options', () => {
  test.each([
    [{ threads: 1.5 }, 'WRONG_TYPE'],
    [{ threads: 'many' as 'auto' }, 'WRONG_TYPE'],
    [{ threads: -1 }, 'OUT_OF_RANGE'],
    [{ threads: 1e6 }, 'OUT_OF_RANGE'],
    [{ queue: -1 }, 'OUT_OF_RANGE'],
    [{ build: 'shared' as 'simd' }, 'WRONG_TYPE'],
    [{ build: 'plain', threads: 1 }, 'BAD_USAGE'],
    [{ backend: 'reference', threads: 1 }, 'BAD_USAGE'],
    [{ backend: 'cuda' as 'wasm', threads: 1 }, 'UNKNOWN_BACKEND'],
  ] as const)('%o are refused: %s', async (options, code) => {
    expect(await codeOf(() => createEngine(options))).toBe(code);
  });

  test('threads: auto is one a core, and none for a backend that has no use for them', async () => {
    await using engine = await createEngine({ threads: 'auto' });
    expect(engine.threads).toBeGreaterThan(0);
    await using reference = await createEngine({ backend: 'reference', threads: 'auto' });
    expect(reference.threads).toBe(0);
  });
});
