/** Sweep: runs every point of a plan that has no result yet. */
import { setMaxListeners } from 'node:events';
import { YumaError } from '../index.js';
import { Journal } from './journal.js';
import { type Point, pointAt, pointCount, type SweepPlan } from './plan.js';
import type { PointQueue } from './queue.js';
import type { PointResult } from './run-point.js';

export interface SweepOptions {
  /** File that keeps finished points. Without one they are kept in memory only. */
  readonly journal?: string | undefined;
  /** Goes on with the journal instead of starting one. */
  readonly resume?: boolean | undefined;
  /** Starts no further point and rejects with ABORTED; the journal has what was finished. */
  readonly signal?: AbortSignal | undefined;
  /** Told after each point, and once at the start. */
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/**
 * @returns results in the order of the points, whoever finished first
 * @throws YumaError OUT_OF_RANGE, WRONG_TYPE, UNKNOWN_NAME of the plan; UNWRITABLE, UNREADABLE, BAD_USAGE of the journal;
 *         of the first point that failed; ABORTED
 */
export async function sweep(plan: SweepPlan, queue: PointQueue, options: SweepOptions = {}): Promise<PointResult[]> {
  const { onProgress } = options;
  const signal = options.signal && AbortSignal.any([options.signal]);
  if (signal) setMaxListeners(0, signal); // every point that waits or runs hears it
  const of = pointCount(plan);
  const [journal, results] =
    options.journal === undefined
      ? [undefined, new Map<number, PointResult>()]
      : await Journal.open(options.journal, plan, options.resume ?? false);
  try {
    await runPoints(missing(plan, of, results), plan, queue, signal, async (result) => {
      await journal?.add(result);
      results.set(result.run, result);
      onProgress?.(results.size, of);
    }, () => onProgress?.(results.size, of)); // biome-ignore format: two callbacks
  } finally {
    await journal?.close();
  }
  return Array.from({ length: of }, (_, run) => results.get(run)!);
}

function* missing(plan: SweepPlan, of: number, results: ReadonlyMap<number, PointResult>): Generator<Point> {
  for (let run = 0; run < of; run++) if (!results.has(run)) yield pointAt(plan, run);
}

/** Keeps the queue filled; after the first fault starts no more and waits for those on their way, so that they count. */
async function runPoints(
  points: Iterator<Point>,
  { source, epochs, keep, metrics }: SweepPlan,
  queue: PointQueue,
  signal: AbortSignal | undefined,
  finished: (result: PointResult) => Promise<void>,
  started: () => void,
): Promise<void> {
  const plan = { source, epochs, keep, metrics };
  const faults: unknown[] = [];
  started();
  const lane = async () => {
    while (faults.length === 0) {
      if (signal?.aborted) throw new YumaError('ABORTED', {}, { cause: signal.reason });
      const { value: point, done } = points.next();
      if (done) return;
      await finished(await queue.run({ plan, point }, signal));
    }
  };
  const guarded = () => lane().catch((fault: unknown) => void faults.push(fault));
  await Promise.all(Array.from({ length: queue.ahead }, guarded));
  if (faults.length > 0) throw faults[0];
}
