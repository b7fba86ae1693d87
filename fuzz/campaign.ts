/**
 * Campaign: many blocks by several workers, counted in the order of the cases, so that what is counted is always the
 * cases from 0 up to a counter, and a stopped campaign goes on where it was.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Hits, noHits } from './branches/index.js';
import type { BlockReport, Finding, Tally } from './fuzzer.js';
import type { Settings } from './open.js';
import type { Block } from './worker.js';

/** A whole batch of a GPU, and soon done on the CPU. */
const BLOCK = 128;

/** What is kept between runs. */
export interface Progress extends Tally {
  readonly seed: number;
  /** The next case: all before it are counted. */
  counter: number;
  /** Spent, over all runs. */
  seconds: number;
}

export const newProgress = (seed: number): Progress => ({
  seed,
  counter: 0,
  seconds: 0,
  cases: 0,
  ran: {},
  hits: noHits(),
});

export interface CampaignOptions {
  readonly settings: Settings;
  readonly workers: number;
  /** Whether to go on; asked before each block is handed out. */
  readonly goOn: (next: number) => boolean;
  /** Called after blocks were counted. */
  readonly onProgress: (progress: Progress) => void;
}

/** Goes on from `progress`, which it keeps up to date, until it is told to end or finds a difference. */
export async function runCampaign(progress: Progress, options: CampaignOptions): Promise<Finding | null> {
  const waiting = new Map<number, BlockReport>();
  let next = progress.counter;
  let finding: Finding | null = null;
  const merge = (from: number, report: BlockReport): void => {
    waiting.set(from, report);
    for (let ready = waiting.get(progress.counter); ready !== undefined; ready = waiting.get(progress.counter)) {
      waiting.delete(progress.counter);
      if (ready.finding !== null) {
        finding ??= ready.finding;
        return; // what lies beyond is not counted
      }
      add(progress, ready);
    }
    options.onProgress(progress);
  };
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: options.settings });
    const failed = once(worker, 'error').then(([fault]) => Promise.reject(fault));
    failed.catch(() => {}); // heard below, if at all
    while (finding === null && options.goOn(next)) {
      const from = next;
      next += BLOCK;
      worker.postMessage({ from, to: next } satisfies Block);
      const [report] = await Promise.race([once(worker, 'message'), failed]);
      merge(from, report as BlockReport);
    }
    worker.postMessage(null satisfies Block);
    await Promise.race([once(worker, 'exit'), failed]);
  };
  await Promise.all(Array.from({ length: options.workers }, work));
  return finding;
}

function add(progress: Progress, report: Tally): void {
  progress.counter += report.cases;
  progress.cases += report.cases;
  addCounts(progress.ran, report.ran);
  addCounts(progress.hits, report.hits);
}

function addCounts(to: Hits, from: Hits): void {
  for (const [name, times] of Object.entries(from)) to[name] = (to[name] ?? 0) + times;
}
