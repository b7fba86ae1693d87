import { run } from './run.js';

/** The same in a worker. */
function runInWorker(...args) {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.fault === undefined ? resolve(data) : reject(new Error(data.fault)));
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(args);
  }).finally(() => worker.terminate());
}

Object.assign(globalThis, { run, runInWorker, ready: true });
