/** Stopwatch: measures work in this thread and stands still while the event loop gets its turns. */
import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work between two turns: short to whoever pressed Ctrl-C, long beside what a turn costs. */
const BETWEEN_TURNS = 50;

export class Stopwatch {
  private before = 0;
  private start = performance.now();

  isTimeForTurn(): boolean {
    return performance.now() - this.start > BETWEEN_TURNS;
  }

  /** @throws the reason of the signal, if it was aborted */
  async turn(signal: AbortSignal): Promise<void> {
    this.before += performance.now() - this.start;
    await turn(signal);
    this.start = performance.now();
  }

  /** Milliseconds so far. */
  stop(): number {
    return this.before + performance.now() - this.start;
  }
}

/** One turn of the event loop, in which signals and closed pipes are noticed. */
export async function turn(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

/** @throws the reason of the signal as soon as it is aborted, whatever becomes of the promise */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
