/** Interruptible: a source of items that stops between two of them, or while it waits for one, when told to. */
import { setImmediate } from 'node:timers/promises';

/**
 * Before each item the event loop gets a turn: computing never waits for anything, so a Ctrl-C or a closed pipe would
 * not be noticed otherwise.
 * @throws the reason of the signal
 */
export async function* interruptible<T>(
  source: AsyncIterable<T> | Iterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const items = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let waits = false;
  try {
    for (;;) {
      await setImmediate();
      signal.throwIfAborted();
      waits = true;
      const item = await orAborted(Promise.resolve(items.next()), signal);
      waits = false;
      if (item.done) return;
      yield item.value;
    }
  } finally {
    // A source that still waits for its next item cannot end before that comes, which may be never.
    const ended = items.return?.();
    if (!waits) await ended;
  }
}

/** A listener of its own for each wait: a promise kept for all of them would remember every one. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
