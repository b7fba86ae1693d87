import { expect, test } from 'vitest';
import { BatchLane } from '../../../src/engine/gpu/batches.js';
import { YumaError } from '../../../src/epoch/errors.js';
import type { EpochOutput } from '../../../src/epoch/output.js';
import { FakeBackend, inputOf, lost, numberOf } from './fake-backend.js';

const QUEUE = 1_000;

/** What became of each: its number, or the code of its error. */
const outcomes = async (runs: readonly Promise<EpochOutput>[]) =>
  (await Promise.allSettled(runs)).map((run) =>
    run.status === 'fulfilled' ? numberOf(run.value) : (run.reason as YumaError).code,
  );

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

test('what comes in one tick is one batch, and each epoch gets its own result', async () => {
  const backend = new FakeBackend();
  const lane = new BatchLane(backend, QUEUE);
  const runs = numbers(40).map((number) => lane.runOnce(inputOf(number), {}));
  expect(await outcomes(runs)).toEqual(numbers(40));
  expect(backend.batches).toEqual([40]);
  expect(lane.computed).toEqual({ webgpu: 40, wasm: 0 });
  await lane.close();
  expect(backend.closed).toBe(1);
});

test('two batches are on their way at most; what comes meanwhile is the next one', async () => {
  const backend = new FakeBackend();
  backend.held = true;
  const lane = new BatchLane(backend, QUEUE);
  const runs: Promise<EpochOutput>[] = [];
  for (const number of numbers(6)) {
    runs.push(lane.runOnce(inputOf(number), {}));
    await Promise.resolve();
    await Promise.resolve();
  }
  expect(backend.batches).toEqual([1, 1]);
  backend.release();
  expect(await outcomes(runs)).toEqual(numbers(6));
  expect(backend.batches).toEqual([1, 1, 4]);
  await lane.close();
});

test('epochs that want intermediates are a batch of their own', async () => {
  const backend = new FakeBackend();
  const lane = new BatchLane(backend, QUEUE);
  const [plain, raw] = await Promise.all([
    lane.runOnce(inputOf(1), {}),
    lane.runOnce(inputOf(2), { intermediates: true }),
  ]);
  expect([plain.intermediates, raw.intermediates?.stake.length]).toEqual([undefined, 5]);
  expect(backend.batches).toEqual([1, 1]);
  await lane.close();
});

test('a fault of one epoch is not that of its neighbours', async () => {
  const backend = new FakeBackend();
  const tooLarge = new YumaError('OUT_OF_MEMORY', { bytes: '9', limit: '8' });
  backend.fault = (inputs) => (inputs.some((input) => input.meta?.netuid === 2) ? tooLarge : undefined);
  const lane = new BatchLane(backend, QUEUE);
  const runs = numbers(3).map((number) => lane.runOnce(inputOf(number), {}));
  expect(await outcomes(runs)).toEqual([1, 'OUT_OF_MEMORY', 3]);
  expect(backend.batches).toEqual([3, 1, 1, 1]);
  await lane.close();
});

test('a lost device is asked once', async () => {
  const backend = new FakeBackend();
  backend.fault = lost;
  const lane = new BatchLane(backend, QUEUE);
  const runs = numbers(3).map((number) => lane.runOnce(inputOf(number), {}));
  expect(await outcomes(runs)).toEqual(['DEVICE_LOST', 'DEVICE_LOST', 'DEVICE_LOST']);
  expect(backend.batches).toEqual([3]);
  await lane.close();
});

test('an abort rejects at once, in the queue and in a batch; the others are computed', async () => {
  const backend = new FakeBackend();
  backend.held = true;
  const lane = new BatchLane(backend, QUEUE);
  const { signal, abort } = abortable();
  const running = [lane.runOnce(inputOf(1), { signal }), lane.runOnce(inputOf(2), {})];
  await Promise.resolve();
  running.push(lane.runOnce(inputOf(3), {}));
  await Promise.resolve();
  await Promise.resolve();
  const waiting = [lane.runOnce(inputOf(4), { signal }), lane.runOnce(inputOf(5), {})];
  abort();
  await expect(running[0]).rejects.toMatchObject({ code: 'ABORTED' });
  await expect(waiting[0]).rejects.toMatchObject({ code: 'ABORTED' });
  backend.release();
  expect(await outcomes([...running, ...waiting])).toEqual(['ABORTED', 2, 3, 'ABORTED', 5]);
  expect(backend.batches.reduce((sum, size) => sum + size, 0)).toBe(4);
  await lane.close();
});

test('closing refuses what waits and waits for what runs', async () => {
  const backend = new FakeBackend();
  backend.held = true;
  const lane = new BatchLane(backend, QUEUE);
  const running = ['a', 'b'].map(async (_, at) => {
    for (let turn = 0; turn < 3 * at; turn++) await Promise.resolve();
    return lane.runOnce(inputOf(at + 1), {});
  });
  await new Promise(setImmediate);
  const waiting = lane.runOnce(inputOf(3), {});
  const closing = lane.close();
  await expect(waiting).rejects.toMatchObject({ code: 'CLOSED' });
  backend.release();
  expect(await outcomes(running)).toEqual([1, 2]);
  await closing;
  expect(backend.closed).toBe(1);
  await expect(lane.runOnce(inputOf(1), {})).rejects.toMatchObject({ code: 'CLOSED' });
});

test('closing does not wait for ever: the device goes, and what it had rejects', async () => {
  const backend = new FakeBackend();
  backend.held = true;
  const lane = new BatchLane(backend, QUEUE);
  const running = lane.runOnce(inputOf(1), {});
  await Promise.resolve();
  await Promise.all([lane.close(0), expect(running).rejects.toMatchObject({ code: 'CLOSED' })]);
  expect(backend.closed).toBe(1);
});

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
