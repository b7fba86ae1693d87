/** Progress: one line on a terminal that says what is going on, and goes away. Nothing anywhere else. */
import type { Writable } from 'node:stream';

export interface Progress {
  readonly say: (text: string) => void;
  readonly clear: () => void;
}

/** Milliseconds between two texts. */
const PAUSE = 100;

const CLEAR = '\r\u001b[K';

export function progressOn(stream: Writable & { readonly isTTY?: boolean }): Progress {
  if (stream.isTTY !== true) return { say: () => {}, clear: () => {} };
  let last = Number.NEGATIVE_INFINITY;
  return {
    say: (text) => {
      const now = performance.now();
      if (now - last < PAUSE) return;
      last = now;
      stream.write(`${CLEAR}${text.slice(0, 79)}`);
    },
    clear: () => void stream.write(CLEAR),
  };
}
