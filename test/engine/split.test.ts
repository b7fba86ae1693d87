/** An epoch that all workers share has the bits that it has in one thread. Here every epoch is split, however small. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { roomOnce, SubnetMemory } from '../../src/backends/wasm/subnet-memory.js';
import { EpochRun } from '../../src/engine/epoch-run.js';
import { arrive, fail } from '../../src/engine/pool/barrier.js';
import { EpochJob } from '../../src/engine/pool/epoch-job.js';
import { WorkerPool } from '../../src/engine/pool/pool.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { createEngine, type Engine, type EpochInput, type EpochOutput } from '../../src/index.js';
import { inputs } from '../arbitrary/inputs.js';
import { assertForInputs } from '../counterexamples.js';
import { digest, largeSubnet, withoutOrder } from './large.js';

let single: Engine;
beforeAll(async () => {
  single = await createEngine();
});
afterAll(() => single.close());
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each([2, 3])('an epoch in %i parts', (threads) => {
  let pool: WorkerPool;
  beforeAll(async () => {
    pool = new WorkerPool(threads);
    await pool.start();
  });
  afterAll(() => pool.close());

  async function split(input: EpochInput): Promise<EpochOutput> {
    const checked = checkEpochInput(input, { lenient: true });
    const room = roomOnce(checked.weights.columns.length, checked.bonds.columns.length);
    const memory = new SubnetMemory(pool.arenas, checked, room);
    const job = new EpochJob(new EpochRun(1, true, () => memory), 0);
    await pool.runSplit(job);
    await job.done;
    try {
      return memory.output(false, { intermediates: true });
    } finally {
      memory.free();
    }
  }

  const sameAsWhole = async (input: EpochInput): Promise<void> => {
    const whole = single.runEpochSync(input, { intermediates: true, lenient: true });
    expect(await split(input)).toEqual(whole);
  };

  test('is the same as whole, rows in order', () =>
    assertForInputs('split', inputs({ sorted: true, neurons: 64 }), 80, sameAsWhole));

  test('is the same as whole, rows in any order', () => assertForInputs('split', inputs(), 60, sameAsWhole));

  test('is the same as whole, odd inputs', () => assertForInputs('split', inputs({ odd: true }), 60, sameAsWhole));

  test('really is in parts where it can be, and whole where it cannot', async () => {
    const whole = vi.spyOn(pool, 'runGroup');
    const input = largeSubnet(512, 32);
    expect(digest(await split(input))).toEqual(digest(single.runEpochSync(input)));
    expect(whole).not.toHaveBeenCalled();
    const unsorted = withoutOrder(input);
    expect(digest(await split(unsorted))).toEqual(digest(single.runEpochSync(unsorted)));
    expect(whole).toHaveBeenCalled();
    expect(pool.arenas.first.empty).toBe(true);
  });
});

describe('the barrier', () => {
  test('lets the last one to arrive pass at once', () => {
    expect(arrive(Int32Array.of(2, 0, 0), 0, 3)).toBe(true);
  });

  test('gives up when a part has failed, even where all have arrived', () => {
    const words = new Int32Array(new SharedArrayBuffer(12));
    fail(words);
    expect(arrive(words, 0, 2)).toBe(false);
    expect(arrive(words, 0, 2)).toBe(false);
  });
});
