/**
 * Loaded into every thread of a process (`--import`): the next epoch that a worker runs after the file OUT_OF_MEMORY was made
 * takes memory until there is none. Only one does: it removes the file first.
 */
import { rmSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const Instance = WebAssembly.Instance;

function exhaust() {
  const hoard = [];
  for (;;) hoard.push(new Array(100_000).fill(hoard.length));
}

if (!isMainThread) {
  WebAssembly.Instance = class {
    constructor(...args) {
      const { exports } = new Instance(...args);
      const run = () => {
        try {
          rmSync(process.env.OUT_OF_MEMORY);
        } catch {
          return exports.run();
        }
        return exhaust();
      };
      this.exports = { ...exports, run };
    }
  };
}
