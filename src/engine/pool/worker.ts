/**
 * Worker: runs epochs in the memories that it shares with the main thread. It copies nothing and decides nothing.
 * Cost   starting takes tens of ms, most of it Node's; the core is compiled once for all threads
 */
import { workerData } from 'node:worker_threads';
import { Arenas } from '../../backends/wasm/arena.js';
import { instantiateShared, type SharedExports } from '../../backends/wasm/exports.js';
import { CANNOT_SPLIT_STATUS } from '../../backends/wasm/layout.js';
import { YumaError } from '../../epoch/errors.js';
import { warmUp } from '../warm-up.js';
import { arrive, CONTROL_BYTES, fail } from './barrier.js';
import {
  EPOCH_NUMBERS,
  type EpochsTask,
  type MappedArena,
  type PartTask,
  type Reply,
  type Task,
  type WorkerSetup,
} from './tasks.js';

/** Long enough for the optimising compiler, which the workers share. */
const WARM_UP_MS = 40;

const setup = workerData as WorkerSetup;
const cores = new Map<number, SharedExports>();
map([setup.first]);
warmUp(new Arenas(setup.module, true), WARM_UP_MS);

/** Never throws: an error would not arrive whole. */
export default function work(task: Task): Reply {
  try {
    return { ok: true, statuses: statusesOf(task) };
  } catch (fault) {
    const { code, data } =
      fault instanceof YumaError ? fault : new YumaError('WORKER_CRASHED', { reason: String(fault) });
    return { ok: false, code, data, stack: (fault as Error).stack ?? '' };
  }
}

function statusesOf(task: Task): number[] {
  switch (task.kind) {
    case 'epochs':
      return runEpochs(task);
    case 'part':
      return [runPart(task)];
    case 'start':
      arrive(new Int32Array(setup.starting), 0, setup.threads);
      return [];
  }
}

/** Instantiates the core in arenas that are new to this worker. */
function map(arenas: readonly MappedArena[]): void {
  for (const { id, memory } of arenas) {
    if (!cores.has(id)) cores.set(id, instantiateShared(setup.module, memory));
  }
}

function runEpochs({ arenas, epochs }: EpochsTask): number[] {
  const statuses: number[] = [];
  map(arenas);
  for (let at = 0; at < epochs.length; at += EPOCH_NUMBERS) {
    const [id, base, n, w, b, scratch, bytes] = epochs.slice(at, at + EPOCH_NUMBERS) as NumbersOfEpoch;
    const core = cores.get(id)!;
    const status = core.place(base, scratch, bytes, n, w, b);
    statuses.push(status === 0 ? core.run() : status);
  }
  return statuses;
}

type NumbersOfEpoch = [id: number, base: number, n: number, w: number, b: number, scratch: number, bytes: number];

/** Between the phases every part waits for all others. One that cannot go on makes the others give up too. */
function runPart({ arena, arenas, placed, control, parts }: PartTask): number {
  map(arenas);
  const core = cores.get(arena)!;
  const words = new Int32Array(core.memory.buffer, control, CONTROL_BYTES / Int32Array.BYTES_PER_ELEMENT);
  const phases = [() => core.placePart(...placed) || core.tilesPart(), () => core.dividendsPart()];
  for (const [phase, compute] of phases.entries()) {
    const status = compute();
    if (status !== 0) {
      fail(words);
      return status;
    }
    if (!arrive(words, phase, parts)) return CANNOT_SPLIT_STATUS;
  }
  const [part] = placed.slice(-1);
  return part === 0 ? core.finish() : 0;
}
