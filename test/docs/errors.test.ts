/**
 * Every error code is produced here by what a user may do, and docs/errors.md is made from what came out;
 * `npx vitest run test/docs -u` writes it anew.
 */
import { Readable } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { WasmCore } from '../../src/backends/wasm/core.js';
import type { CoreExports } from '../../src/backends/wasm/exports.js';
import { type Device, openDevice } from '../../src/backends/webgpu/device.js';
import { plan } from '../../src/backends/webgpu/planner.js';
import { nodeSource } from '../../src/backends/webgpu/source-node.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { explainNeuron } from '../../src/explain/index.js';
import { readCases, writeAtomically } from '../../src/formats/index.js';
import { splitLines } from '../../src/formats/lines.js';
import {
  createEngine,
  type EpochInput,
  type ErrorCode,
  hyperparameters,
  type Subnet,
  sparseRows,
  splitEmission,
  stakeFromRao,
  stakeFromRaw,
  YumaError,
} from '../../src/index.js';
import { consecutive } from '../../src/replay/index.js';
import { type AgentSpec, simulate, type ValidatorAgent } from '../../src/simulator/index.js';
import { redisQueue } from '../../src/sweep/index.js';
import { createCore } from '../../src/wasm.js';
import { type FakeDevice, fakeSource, gpuError } from '../backends/webgpu/fake-gpu.js';
import { yuma } from '../cli/yuma.js';
import { largeSubnet, withoutOrder } from '../engine/large.js';

const input = (changes: object = {}): EpochInput => ({
  rules: 'subtensor-425',
  n: 2,
  currentBlock: 100n,
  lastStep: 0n,
  emission: 0n,
  ownerUid: null,
  hyperparameters: hyperparameters(),
  stake: stakeFromRao([1n, 2n]),
  lastUpdate: BigUint64Array.of(1n, 2n),
  registeredAt: BigUint64Array.of(0n, 0n),
  validatorPermit: Uint8Array.of(1, 1),
  weights: sparseRows([[[1, 5]], []]),
  bonds: sparseRows([[], []]),
  ...changes,
});

const check = (changes: object) => checkEpochInput(input(changes));

async function read(text: string | Buffer, name = 'network.jsonl'): Promise<void> {
  for await (const _ of readCases({ name, stream: Readable.from([Buffer.from(text)]) }));
}

const line = (changes: object = {}) =>
  `${JSON.stringify({
    name: 'a',
    params: {
      n: 0,
      currentBlock: 1,
      tempo: 1,
      lastStep: 0,
      activityCutoff: 1,
      minStake: '0',
      ownerUid: null,
      maxValidators: 1,
      kappa: 1,
      bondsPenalty: 1,
      bondsMovingAverage: 1,
      yuma3: true,
      liquidAlpha: false,
      alphaLow: 1,
      alphaHigh: 1,
      alphaSigmoidSteepness: 1,
      commitReveal: false,
      emission: '0',
    },
    neurons: { stakeBits: [], lastUpdate: [], registeredAt: [], validatorPermit: [] },
    weights: [],
    bonds: [],
    ...changes,
  })}\n`;

async function readSeries(text: string): Promise<void> {
  for await (const _ of consecutive(readCases({ name: 'series.jsonl', stream: Readable.from([Buffer.from(text)]) })));
}

async function closedEngine(): Promise<unknown> {
  const engine = await createEngine();
  await engine.close();
  return engine.runEpoch(input());
}

async function tooLongLine(): Promise<void> {
  for await (const _ of splitLines(Readable.from([Buffer.alloc(9)]), 8));
}

async function tooLongFile(): Promise<void> {
  const stream = Readable.from([gzipSync('\n'.repeat(100))]);
  for await (const _ of readCases({ name: 'network.jsonl.gz', stream }, { unpackedBytes: 99 }));
}

/** More entries than 4 GiB can hold; the arrays themselves are never touched. */
function hugeInput(): EpochInput {
  const entries = 80_000_000;
  const columns = new Uint16Array(entries);
  return input({ weights: { offsets: Uint32Array.of(0, entries, entries), columns, values: columns } });
}

function brokenCore(): unknown {
  const exports: CoreExports = {
    memory: { buffer: new ArrayBuffer(1_024) },
    abiVersion: () => 1,
    bytesNeeded: () => 0,
    prepare: () => 3,
    address: () => 0,
    run: () => 3,
  };
  return new WasmCore(exports).run(checkEpochInput(input()), {});
}

async function heldSubnet(): Promise<Subnet> {
  return (await createEngine()).open(input());
}

async function busySubnet(): Promise<void> {
  const subnet = await heldSubnet();
  const running = subnet.advance({ currentBlock: 101n, emission: 0n });
  try {
    subnet.setStake(0, 1n);
  } finally {
    await running;
  }
}

async function fullQueue(): Promise<unknown> {
  await using engine = await createEngine({ threads: 1, queue: 0 });
  const [, refused] = await Promise.allSettled([engine.runEpoch(input()), engine.runEpoch(input())]);
  throw (refused as PromiseRejectedResult).reason;
}

/** A dense subnet on a GPU that binds no more than 1 MiB at once. */
const tooLargeForGpu = () =>
  plan([{ n: 4096, rows: 4096, weightRows: 4096, bondRows: 0, weights: 2 ** 24, bonds: 0, liquid: false }], {
    maxStorageBufferBindingSize: 2 ** 20,
    maxBufferSize: 2 ** 28,
    maxComputeWorkgroupsPerDimension: 65_535,
  });

const noGpuPackage = () =>
  openDevice(nodeSource(() => Promise.reject(Object.assign(new Error(), { code: 'ERR_MODULE_NOT_FOUND' }))));

async function failingDevice(fail: (gpu: FakeDevice) => void): Promise<unknown> {
  const source = fakeSource({});
  const device: Device = await openDevice(source);
  const waiting = device.until(new Promise(() => {}));
  fail(source.devices[0]!);
  return await waiting;
}

/** A worker that is ended while it computes an epoch of many milliseconds. */
async function crashedWorker(): Promise<unknown> {
  let worker: Worker | undefined;
  process.once('worker', (started) => {
    worker = started;
  });
  await using engine = await createEngine({ threads: 1 });
  const running = engine.runEpoch(withoutOrder(largeSubnet(4_096)));
  setImmediate(() => void worker?.terminate());
  return await running;
}

/** When each code comes, and a way to get it. */
const PRODUCED: { readonly [C in ErrorCode]: readonly [when: string, produce: () => unknown] } = {
  UNKNOWN_RULES: ['`rules` names no version that is known', () => check({ rules: 'subtensor-1' })],
  TOO_MANY_NEURONS: ['n is above the limit', () => check({ n: 32_769 })],
  WRONG_TYPE: ['a value is of another kind than its field', () => check({ stake: [1, 2] })],
  WRONG_LENGTH: ['a vector does not have length n', () => check({ registeredAt: new BigUint64Array(3) })],
  OUT_OF_RANGE: ['a number does not fit its type', () => check({ emission: -1n })],
  ALPHA_BOUNDS: [
    'alphaLow is above alphaHigh',
    () => check({ hyperparameters: hyperparameters({ alphaLow: 9_000, alphaHigh: 8_000 }) }),
  ],
  NEGATIVE_STAKE: ['a stake weight is negative', () => check({ stake: stakeFromRaw([1n, -5n]) })],
  BAD_ROW_OFFSETS: [
    'the offsets of sparse rows do not hold',
    () =>
      check({ bonds: { offsets: Uint32Array.of(0, 2, 1), columns: new Uint16Array(1), values: new Uint16Array(1) } }),
  ],
  COLUMN_OUT_OF_RANGE: ['an entry names no neuron', () => check({ weights: sparseRows([[], [[7, 1]]]) })],
  DUPLICATE_COLUMN: [
    'a row names a neuron twice',
    () =>
      check({
        weights: sparseRows([
          [
            [1, 1],
            [1, 2],
          ],
          [],
        ]),
      }),
  ],
  BAD_SPLIT: ['the parts of an emission split do not add up', () => splitEmission(100n, 2, [1, 2])],
  UNKNOWN_BACKEND: ['there is no such backend', () => createEngine({ backend: 'cuda' as 'wasm' })],
  CORE_UNAVAILABLE: ['the WebAssembly core cannot be loaded', () => createCore(Uint8Array.of(1, 2, 3))],
  OUT_OF_MEMORY: [
    'an epoch needs more memory than there is; nothing was computed',
    () => createCore().runEpochSync(hugeInput(), { lenient: true }),
  ],
  CORE_FAULT: ['the core refuses what the engine let through: a fault of ours, please report it', brokenCore],
  CLOSED: ['the engine was closed', closedEngine],
  ABORTED: [
    'the `signal` of an epoch was aborted',
    () => createEngine().then((engine) => engine.runEpoch(input(), { signal: AbortSignal.abort() })),
  ],
  DEADLINE_EXCEEDED: [
    'the `deadline` of an epoch passed before it was done',
    () => createEngine().then((engine) => engine.runEpoch(input(), { deadline: 1_700_000_000_000 })),
  ],
  GPU_UNAVAILABLE: ['the GPU is asked for, and cannot be opened', noGpuPackage],
  DEVICE_LOST: [
    'the GPU was reset, unplugged or destroyed while it computed',
    () => failingDevice((gpu) => gpu.crash('the driver was reset')),
  ],
  GPU_LIMIT: ['a subnet is too large for what the GPU allows', tooLargeForGpu],
  GPU_FAULT: [
    'the GPU has no memory left, or refuses what it was given (then a fault of ours, please report it)',
    () => failingDevice((gpu) => gpu.uncaptured(gpuError('GPUOutOfMemoryError', 'allocation of 1 GiB failed'))),
  ],
  BUSY: ['a held subnet is changed, run or looked at while an epoch of it is on its way', busySubnet],
  QUEUE_FULL: ['more epochs wait than the option `queue` allows', fullQueue],
  WORKER_CRASHED: ['a worker thread ended: out of memory, or from outside', crashedWorker],
  BAD_SNAPSHOT: [
    'bytes are no snapshot, or cut, changed, or of another version',
    () => createEngine().then((engine) => engine.restore(new Uint8Array(180))),
  ],
  UNREADABLE: ['a file is missing, a folder, or may not be read', () => readCases('no-such-file.jsonl').next()],
  NOT_GZIP: ['gzip data are broken off, or none at all', () => read('plain text', 'network.jsonl.gz')],
  EMPTY_FILE: ['a file holds no case', () => read('\n')],
  LINE_TOO_LONG: ['a line is longer than a string can be', tooLongLine],
  FILE_TOO_LONG: ['gzip data unpack to more than the limit', tooLongFile],
  BAD_JSON: ['a line is no JSON object', () => read('[1, 2]\n')],
  MISSING_FIELD: ['a case lacks a field', () => read('{"name": "a"}\n')],
  UNKNOWN_FIELD: ['a case has a field that the format does not know', () => read(line({ wieghts: [] }))],
  DUPLICATE_NAME: ['two cases of a file have one name', () => read(line() + line())],
  NO_SERIES: [
    'cases that are to be replayed are no consecutive epochs of one subnet',
    () => readSeries(line() + line({ name: 'b' })),
  ],
  NO_SUCH_CASE: [
    '`yuma explain --case` names no case of the file',
    () => cli('explain', '-', '--case', 'b', '--uid', '0'),
  ],
  NO_SUCH_UID: ['there is no such neuron', () => explainNeuron(input(), 2)],
  UNWRITABLE: ['a file cannot be written', () => writeAtomically('no-such-folder/out.jsonl', [])],
  UNKNOWN_NAME: [
    'a scenario names an agent or an evaluation that there is not',
    () => simulateOne({ agent: 'honets' } as AgentSpec<ValidatorAgent>),
  ],
  AGENT_FAULT: [
    'an agent of a simulation throws, or gives what no agent may give',
    () => simulateOne({ decide: () => new Float64Array(3) }),
  ],
  REDIS_UNAVAILABLE: ['a sweep or a worker finds no Redis at its address', () => redisQueue('redis://127.0.0.1:1')],
  BAD_USAGE: ['the command line is not understood', () => cli('epoch')],
};

async function simulateOne(validator: AgentSpec<ValidatorAgent>): Promise<void> {
  const engine = await createEngine({ warm: false });
  const neurons = [{ stake: 1, validator }, {}];
  await simulate(engine, { name: 'one', epochs: 1, subnets: [{ neurons }] }).finally(() => engine.close());
}

/** An error as the command line printed it. */
class Printed extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/** What the command line prints on stderr, as an error again. */
async function cli(...args: string[]): Promise<void> {
  const { stderr } = await yuma(args, { stdin: line(), columns: 1_000 });
  const [, code = '', sentence = ''] = /^error ([A-Z_]+)[^\n]*\n([\s\S]*)/.exec(stderr) ?? [];
  throw new Printed(sentence.replaceAll(/\s+/g, ' ').trim(), code);
}

async function produced(produce: () => unknown): Promise<YumaError | Printed> {
  try {
    await produce();
  } catch (fault) {
    if (fault instanceof YumaError || fault instanceof Printed) return fault;
    throw fault;
  }
  throw new Error(`no error from ${produce}`);
}

test('every error code is produced, and docs/errors.md lists it with its sentence', async () => {
  const rows: string[] = [];
  for (const [code, [when, produce]] of Object.entries(PRODUCED).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const fault = await produced(produce);
    expect(fault.code, `${code}: ${fault.message}`).toBe(code);
    expect(fault.message.length, code).toBeGreaterThan(10);
    rows.push(`| \`${code}\` | ${when} | ${fault.message.replaceAll('|', '\\|')} |`);
  }
  const page = [
    '# Errors',
    '',
    'Everything this package throws on purpose is a `YumaError`: a stable `code`, a message, and `data` with the place (file,',
    'line, case, field, uid, entry, as far as known) and the values that matter. `data` is JSON-safe. On the command line the',
    'code, file, line and case come first, on stderr, and the exit status is 2.',
    '',
    '| code | when | for instance |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot('../../docs/errors.md');
});

test('an error keeps its code and data through JSON', () => {
  try {
    check({ weights: sparseRows([[], [[7, 1]]]) });
    expect.unreachable();
  } catch (fault) {
    const { code, data } = fault as YumaError;
    expect(JSON.parse(JSON.stringify({ code, data }))).toEqual({
      code: 'COLUMN_OUT_OF_RANGE',
      data: { field: 'weights', uid: 1, entry: 0, column: 7, n: 2 },
    });
  }
});

test('a caller adds what it knows of the place, and what was known stays', () => {
  const found = new YumaError('NEGATIVE_STAKE', { field: 'stake', uid: 3, value: '-1' });
  const placed = found.within({ file: 'net.jsonl', line: 9, field: 'other' });
  expect(placed.data).toEqual({ file: 'net.jsonl', line: 9, field: 'stake', uid: 3, value: '-1' });
  expect(placed.sentence).toBe(found.message);
  expect(placed.message).toBe(`net.jsonl:9: ${found.message}`);
  expect(placed.cause).toBe(found);
});
