import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createBackend } from '../../../src/backends/backends.js';
import { costOf } from '../../../src/engine/cost.js';
import { AutoLane, type AutoSettings } from '../../../src/engine/gpu/auto.js';
import { BatchLane } from '../../../src/engine/gpu/batches.js';
import { localLane } from '../../../src/engine/lane.js';
import { nodeHost } from '../../../src/engine/node.js';
import { YumaError } from '../../../src/epoch/errors.js';
import { FakeBackend, inputOf, lost, numberOf } from './fake-backend.js';

/** Worth ten of the example. */
const CROSSOVER = 10 * costOf(inputOf(1));
const RETRY_MS = 1_000;

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

/** A lane whose GPUs are the backends given, one a time it is opened. */
async function auto(gpus: readonly FakeBackend[], settings: Partial<AutoSettings> = {}) {
  let turns = 0;
  const warnings: string[] = [];
  const clock = { ms: 0 };
  const left = [...gpus];
  let opened = 0;
  const lane = new AutoLane(localLane(await createBackend('wasm', nodeHost)), {
    crossover: CROSSOVER,
    turn: () => {
      turns += 1;
      return turn();
    },
    warn: ({ code }) => void warnings.push(code),
    retryMs: RETRY_MS,
    now: () => clock.ms,
    open: async () => {
      opened += 1;
      const gpu = left.shift();
      if (gpu === undefined) throw new YumaError('GPU_UNAVAILABLE', { reason: 'there is none', mend: 'Buy one.' });
      return new BatchLane(gpu, 1_000);
    },
    ...settings,
  });
  const run = async (count: number) => {
    const outputs = await Promise.all(numbers(count).map((number) => lane.runOnce(inputOf(number), {})));
    expect(outputs.map(numberOf)).toEqual(numbers(count));
  };
  /** Enough at once for a GPU to be opened; the CPU gets the first nine, the GPU the last one. */
  const open = () => run(10);
  return { lane, run, open, warnings, clock, opened: () => opened, turns: () => turns };
}

test('a few epochs go to the CPU, and the GPU is not even opened', async () => {
  const { lane, run, opened } = await auto([new FakeBackend()]);
  await run(9);
  expect(opened()).toBe(0);
  expect(lane.computed).toEqual({ wasm: 9 });
  expect(lane.why).toContain('no work yet');
  await lane.close();
});

test('what exceeds that opens a GPU; from then on all of a turn is one batch', async () => {
  const gpu = new FakeBackend();
  const { lane, run, open } = await auto([gpu]);
  await open();
  expect(gpu.batches).toEqual([1]);
  await run(10);
  expect(gpu.batches).toEqual([1, 10]);
  expect(lane.computed).toEqual({ wasm: 9, webgpu: 11 });
  expect([lane.adapter?.name, lane.why]).toEqual(['fake', 'fake computes what comes in large batches']);
  await run(3); // too few, although the GPU is open
  expect(lane.computed).toEqual({ wasm: 12, webgpu: 11 });
  await lane.close();
  expect(gpu.closed).toBe(1);
});

test('epochs that come one by one open it in the end, and then more are read ahead', async () => {
  const gpu = new FakeBackend();
  const { lane, run, opened } = await auto([gpu]);
  const before = lane.ahead;
  for (let at = 0; at < 399; at++) {
    await run(1);
    await turn();
  }
  expect([opened(), lane.ahead]).toEqual([0, before]);
  await run(1);
  await turn();
  expect([opened(), gpu.batches]).toEqual([1, []]);
  expect(lane.ahead).toEqual({ epochs: before.epochs, cost: 2 * CROSSOVER });
  await lane.close();
});

test('without a GPU the CPU computes, says why, and does not ask again', async () => {
  const { lane, run, opened, turns, warnings } = await auto([]);
  await run(20);
  await turn();
  const before = turns();
  await run(20);
  expect([opened(), turns()]).toEqual([1, before]); // nor does anything wait for it
  expect(lane.computed).toEqual({ wasm: 40 });
  expect(lane.why).toBe('no GPU can be used: there is none. Buy one.');
  expect(warnings).toEqual([]); // nothing went wrong
  await lane.close();
});

test('a lost device: every caller gets its result from the CPU, and there is one warning', async () => {
  const gpu = new FakeBackend();
  const { lane, run, open, warnings } = await auto([gpu]);
  await open();
  gpu.fault = lost;
  await run(12);
  expect(warnings).toEqual(['DEVICE_LOST']);
  expect(lane.computed).toEqual({ wasm: 9 + 12, webgpu: 1 });
  expect([lane.adapter, gpu.closed]).toEqual([null, 1]);
  expect(lane.why).toBe('fake failed (DEVICE_LOST) and is tried again after 1 s');
  await lane.close();
});

test('it is tried again later, not sooner', async () => {
  const [first, second] = [new FakeBackend(), new FakeBackend()];
  first.fault = lost;
  const { lane, run, clock, opened } = await auto([first, second]);
  await run(12);
  clock.ms += RETRY_MS - 1;
  await run(12);
  expect(opened()).toBe(1);
  clock.ms += 1;
  await run(12);
  expect(opened()).toBe(2);
  expect(second.batches).toEqual([12]);
  expect(lane.computed).toEqual({ wasm: 24, webgpu: 12 });
  await lane.close();
});

test('one that failed and is not back yet is asked for again and again', async () => {
  const [first, second] = [new FakeBackend(), new FakeBackend()];
  first.fault = lost;
  const gpus = [first, undefined, second];
  const { lane, run, clock, warnings } = await auto([], {
    open: async () => {
      const gpu = gpus.shift();
      if (gpu === undefined) throw new YumaError('GPU_UNAVAILABLE', { reason: 'there is none', mend: 'Wait.' });
      return new BatchLane(gpu, 1_000);
    },
  });
  await run(12);
  clock.ms += RETRY_MS;
  await run(12);
  expect(lane.why).toBe('no GPU can be used: there is none. Wait. It is tried again after 1 s.');
  clock.ms += RETRY_MS - 1;
  await run(12);
  expect(gpus).toEqual([second]);
  clock.ms += 1;
  await run(12);
  expect(lane.adapter?.name).toBe('fake');
  expect(lane.computed).toEqual({ wasm: 36, webgpu: 12 });
  expect(warnings).toEqual(['DEVICE_LOST']);
  await lane.close();
});

test('code of the GPU that cannot be loaded: the CPU computes, with a warning', async () => {
  const { lane, run, warnings } = await auto([], {
    open: () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
  });
  await run(20);
  expect(warnings).toEqual(['GPU_UNAVAILABLE']);
  expect(lane.computed).toEqual({ wasm: 20 });
  expect(lane.why).toContain('Failed to fetch');
  await lane.close();
});

test.each([
  ['out of memory', 'out-of-memory'],
  ['a validation error', 'validation'],
] as const)('%s: the CPU computes, with a warning', async (_, kind) => {
  const gpu = new FakeBackend();
  gpu.fault = () => new YumaError('GPU_FAULT', { kind, reason: 'x' });
  const { lane, run, warnings } = await auto([gpu]);
  await run(12);
  expect(new Set(warnings)).toEqual(new Set(['GPU_FAULT']));
  await lane.close();
});

test('a subnet that the GPU cannot hold goes to the CPU, the others stay', async () => {
  const gpu = new FakeBackend();
  const tooLarge = new YumaError('OUT_OF_MEMORY', { bytes: '9', limit: '8' });
  gpu.fault = (inputs) => (inputs.some((input) => input.meta?.netuid === 2) ? tooLarge : undefined);
  const { lane, run, open, warnings } = await auto([gpu]);
  await open();
  await run(12);
  expect(lane.computed).toEqual({ wasm: 9 + 1, webgpu: 1 + 11 });
  expect(warnings).toEqual(['OUT_OF_MEMORY']);
  expect(lane.adapter?.name).toBe('fake');
  await lane.close();
});

test('a GPU that does not answer is given up, and the CPU computes', async () => {
  const gpu = new FakeBackend();
  const { lane, run, open, warnings } = await auto([gpu], { patienceMs: 20 });
  await open();
  gpu.held = true;
  await run(12);
  expect(warnings).toEqual(['DEVICE_LOST']);
  expect(lane.computed).toEqual({ wasm: 9 + 12, webgpu: 1 });
  await lane.close();
});

test('a fault of the input is the caller’s, and no fault of the GPU', async () => {
  const gpu = new FakeBackend();
  const { lane, open, warnings } = await auto([gpu]);
  await open();
  gpu.fault = () => new YumaError('DUPLICATE_COLUMN', { column: 1 });
  const runs = numbers(12).map((number) => lane.runOnce(inputOf(number), {}));
  const settled = await Promise.allSettled(runs);
  expect(settled.every((run) => run.status === 'rejected' && run.reason.code === 'DUPLICATE_COLUMN')).toBe(true);
  expect(warnings).toEqual([]);
  await lane.close();
});

test('an abort stays an abort', async () => {
  const gpu = new FakeBackend();
  const { lane, open } = await auto([gpu]);
  await open();
  gpu.held = true;
  const controller = new AbortController();
  const runs = numbers(12).map((number) => lane.runOnce(inputOf(number), { signal: controller.signal }));
  await turn();
  await turn();
  controller.abort();
  const settled = await Promise.allSettled(runs);
  expect(settled.every((run) => run.status === 'rejected' && run.reason.code === 'ABORTED')).toBe(true);
  gpu.release();
  await lane.close();
});

test('closed while it works: what is on its way ends, nothing is computed anew', async () => {
  const gpu = new FakeBackend();
  const { lane, open, warnings } = await auto([gpu]);
  await open();
  gpu.held = true;
  const runs = numbers(12).map((number) => lane.runOnce(inputOf(number), {}));
  const settled = Promise.allSettled(runs);
  await turn();
  await turn();
  const closing = lane.close();
  gpu.release();
  await closing;
  expect((await settled).map(({ status }) => status)).toEqual(Array(12).fill('fulfilled'));
  expect([warnings, lane.computed.wasm]).toEqual([[], 9]);
});

test('closed before the turn is over: what came in it is computed', async () => {
  const { lane, open } = await auto([new FakeBackend()]);
  await open();
  const runs = numbers(12).map((number) => lane.runOnce(inputOf(number), {}));
  await Promise.all([lane.close(), ...runs]);
  expect(lane.computed).toEqual({ wasm: 9, webgpu: 1 + 12 });
});

test('closed while the GPU hangs: what it has rejects, and the CPU does not take it up', async () => {
  const gpu = new FakeBackend();
  const hanging = async () => {
    const lane = new BatchLane(gpu, 1_000);
    const close = lane.close.bind(lane);
    return Object.assign(lane, { close: () => close(0) });
  };
  const { lane, open, warnings } = await auto([], { open: hanging });
  await open();
  gpu.held = true;
  const settled = Promise.allSettled(numbers(12).map((number) => lane.runOnce(inputOf(number), {})));
  await turn();
  await turn();
  await lane.close();
  expect((await settled).every((run) => run.status === 'rejected' && run.reason.code === 'CLOSED')).toBe(true);
  expect(warnings).toEqual([]);
});

test('an abort while the GPU is opened is heard', async () => {
  const { lane } = await auto([], {
    open: async () => {
      controller.abort();
      throw new YumaError('GPU_UNAVAILABLE', { reason: 'there is none', mend: 'Buy one.' });
    },
  });
  const controller = new AbortController();
  const runs = numbers(10).map((number) => lane.runOnce(inputOf(number), { signal: controller.signal }));
  const settled = await Promise.allSettled(runs);
  expect(settled.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'ABORTED' } });
  await lane.close();
});

test('a GPU that has answered is not waited for any more', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { lane, open, warnings } = await auto([new FakeBackend()]);
  await open();
  vi.advanceTimersByTime(3_600_000);
  expect([warnings, lane.adapter?.name]).toEqual([[], 'fake']);
  await lane.close();
  expect(vi.getTimerCount()).toBe(0);
});
