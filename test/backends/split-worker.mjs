/** One part of a split epoch in a thread of its own: the steps of docs/abi.md, with a barrier between them. */
import { parentPort, workerData } from 'node:worker_threads';

const { bytes, memory, part, parts, control } = workerData;
const core = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports;
core.probeWay(1); // tiles however sparse: every small subnet can be split then
const words = new Int32Array(memory.buffer, control, 16);

/** Waits until all parts have come here as often as this one. */
function meet(word, round) {
  Atomics.add(words, word, 1);
  Atomics.notify(words, word);
  for (let met = Atomics.load(words, word); met < parts * round; met = Atomics.load(words, word)) {
    Atomics.wait(words, word, met, 100);
  }
}

let round = 0;
parentPort.on('message', ({ base, scratch, scratchBytes, common, commonBytes, n, w, b }) => {
  round += 1;
  const mine = scratch + part * scratchBytes;
  let status = core.placePart(base, mine, scratchBytes, common, commonBytes, n, w, b, part) || core.tilesPart();
  meet(0, round);
  if (status === 0) status = core.dividendsPart();
  meet(1, round);
  if (status === 0 && part === 0) status = core.finish();
  parentPort.postMessage(status);
});
parentPort.postMessage('ready');
