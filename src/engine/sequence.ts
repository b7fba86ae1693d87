/**
 * Sequence: runs epochs as their inputs come, a bounded number of them at once, and gives their results in order.
 * Ownership  an input is taken from its source only when there is room for it; when the caller stops, or an epoch fails,
 *            what is on its way is dropped and the source is closed
 */

import { YumaError } from '../epoch/errors.js';
import type { EpochInput } from '../epoch/input.js';
import type { EpochOutput } from '../epoch/output.js';
import { type CancelOptions, onCancel, refuseIfCancelled } from './cancellation.js';
import { predictedCost } from './cost.js';

export interface Progress {
  /** Epochs whose results were given so far. */
  readonly done: number;
  /** How many there are in all, where the source says so (an array, a set). */
  readonly of?: number | undefined;
}

export type Inputs = Iterable<EpochInput> | AsyncIterable<EpochInput>;

/** How far ahead of the results inputs are read. */
export interface Ahead {
  /** So many epochs in any case... */
  readonly epochs: number;
  /** ...and more of them up to so much predicted time, ns. */
  readonly cost: number;
}

interface OnItsWay {
  readonly output: Promise<EpochOutput>;
  readonly cost: number;
  settled: boolean;
}

/**
 * @param ahead asked before each input: it may change on the way
 * @param room as many epochs as the engine can have on their way at once
 * @param run starts an epoch; its signal says when the result is no longer wanted
 * @param options signal and deadline end all of it, also while the source thinks about its next input
 */
export async function* runInOrder(
  inputs: Inputs,
  ahead: () => Ahead,
  room: number,
  run: (input: EpochInput, signal: AbortSignal) => Promise<EpochOutput>,
  options: CancelOptions & { readonly onProgress?: ((progress: Progress) => void) | undefined },
): AsyncGenerator<EpochOutput, void, undefined> {
  const source = iteratorOf(inputs);
  const stop = new AbortController();
  let unlisten: () => void = () => {};
  const cancelled = new Promise<void>((resolve) => {
    unlisten = onCancel(options, (reason) => {
      stop.abort(reason);
      resolve();
    });
  });
  const onTheWay: OnItsWay[] = [];
  const of = countOf(inputs);
  let cost = 0;
  let done = 0;
  let exhausted = false;
  let coming: Promise<void> | undefined;
  const expect = (output: Promise<EpochOutput>, itsCost: number) => {
    const entry: OnItsWay = { output, cost: itsCost, settled: false };
    const settle = () => {
      entry.settled = true;
    };
    output.then(settle, settle); // a fault is told at its turn
    cost += itsCost;
    onTheWay.push(entry);
  };
  const take = async () => {
    try {
      const next = await source.next();
      if (next.done) exhausted = true;
      else
        expect(
          startWhereThereIsRoom([...onTheWay], () => run(next.value, stop.signal)),
          costOf(next.value),
        );
    } catch (fault) {
      exhausted = true;
      expect(Promise.reject(fault), 0);
    }
  };
  try {
    while (true) {
      const { epochs, cost: most } = ahead();
      const hasRoom = onTheWay.length < room && (onTheWay.length < epochs || cost < most);
      if (!exhausted && hasRoom && coming === undefined) {
        coming = take().then(() => {
          coming = undefined;
        });
      }
      const first = onTheWay[0];
      if (first === undefined) {
        if (exhausted) return;
        await Promise.race([coming, cancelled]);
        refuseIfCancelled(options);
        continue;
      }
      // A result goes out even while the source takes its time for the next input.
      if (coming !== undefined && !(await isFirst(first.output, coming))) continue;
      const output = await first.output;
      onTheWay.shift();
      cost -= first.cost;
      done += 1;
      options.onProgress?.(of === undefined ? { done } : { done, of });
      yield output;
    }
  } finally {
    unlisten();
    stop.abort();
    if (!exhausted) {
      const closing = Promise.resolve(source.return?.());
      // A generator that is still at its next input closes only after it: that is not waited for.
      if (coming === undefined) await closing;
      else closing.catch(() => {});
    }
  }
}

/** Turns of the event loop that an epoch which is over may need until its place in the queue is free. */
const TURNS = 5;

/** An engine whose queue others have filled takes an epoch once one of those before it has left. */
async function startWhereThereIsRoom(
  before: readonly OnItsWay[],
  start: () => Promise<EpochOutput>,
): Promise<EpochOutput> {
  for (let turns = 0; ; ) {
    try {
      return await start();
    } catch (fault) {
      if (!(fault instanceof YumaError && fault.code === 'QUEUE_FULL') || turns === TURNS) throw fault;
      const left = before.filter(({ settled }) => !settled);
      if (left.length === 0) turns += 1;
      else await Promise.race(left.map(({ output }) => output.catch(() => {})));
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
}

async function isFirst(one: Promise<unknown>, other: Promise<unknown>): Promise<boolean> {
  return Promise.race([one.then(() => true), other.then(() => false)]);
}

function iteratorOf(inputs: Inputs): AsyncIterator<EpochInput> | Iterator<EpochInput> {
  return Symbol.asyncIterator in inputs ? inputs[Symbol.asyncIterator]() : inputs[Symbol.iterator]();
}

function countOf(inputs: Inputs): number | undefined {
  const { length, size } = inputs as { length?: unknown; size?: unknown };
  return [length, size].find((count) => typeof count === 'number') as number | undefined;
}

/** Of an input that nobody checked yet. */
function costOf(input: EpochInput): number {
  const { n, weights, bonds, hyperparameters } = input ?? {};
  const cost = predictedCost(n, weights?.columns?.length, bonds?.columns?.length, hyperparameters ?? {});
  return Number.isFinite(cost) ? cost : 0;
}
