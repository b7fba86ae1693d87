/** Cancellation: what ends an epoch early, an AbortSignal or a deadline, as one thing. */
import { YumaError } from '../epoch/errors.js';
import { wrongType } from '../epoch/types.js';

export interface CancelOptions {
  readonly signal?: AbortSignal | undefined;
  /** Instant in ms since 1970. */
  readonly deadline?: number | undefined;
}

/** A timer takes at most so many ms; a later deadline is set in steps. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** @throws YumaError ABORTED, DEADLINE_EXCEEDED if it is cancelled already; WRONG_TYPE for what is neither */
export function refuseIfCancelled({ signal, deadline }: CancelOptions): void {
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw wrongType({ field: 'signal' }, 'an AbortSignal', signal);
  }
  if (deadline !== undefined && (typeof deadline !== 'number' || Number.isNaN(deadline))) {
    throw wrongType({ field: 'deadline' }, 'a number (ms since 1970)', deadline);
  }
  if (signal?.aborted) throw aborted(signal);
  if (deadline !== undefined && Date.now() >= deadline) throw new YumaError('DEADLINE_EXCEEDED', { deadline });
}

/** Who listens to a signal: a signal is asked to call once, however many epochs hang on it (it warns beyond ten). */
const listeners = new WeakMap<AbortSignal, Set<() => void>>();

function listen(signal: AbortSignal, callback: () => void): () => void {
  const known = listeners.get(signal);
  const callbacks = known ?? new Set();
  callbacks.add(callback);
  if (known === undefined) {
    listeners.set(signal, callbacks);
    signal.addEventListener('abort', () => callbacks.forEach((call) => void call()), { once: true });
  }
  return () => void callbacks.delete(callback);
}

/** Calls back once, when it is cancelled. Gives the way to stop listening. */
export function onCancel({ signal, deadline }: CancelOptions, callback: (reason: YumaError) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let unlisten: () => void = () => {};
  const stop = () => {
    clearTimeout(timer);
    unlisten();
  };
  const wait = () => {
    const left = deadline! - Date.now();
    if (left > 0) timer = setTimeout(wait, Math.min(left, LONGEST_TIMER));
    else {
      stop();
      callback(new YumaError('DEADLINE_EXCEEDED', { deadline: deadline! }));
    }
  };
  if (signal !== undefined) {
    unlisten = listen(signal, () => {
      stop();
      callback(aborted(signal));
    });
  }
  if (deadline !== undefined) timer = setTimeout(wait, Math.min(Math.max(0, deadline - Date.now()), LONGEST_TIMER));
  return stop;
}

const aborted = (signal: AbortSignal) => new YumaError('ABORTED', {}, { cause: signal.reason });
