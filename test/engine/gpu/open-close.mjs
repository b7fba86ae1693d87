// Opens engines on a GPU, runs an epoch on every tenth and closes them, all in one process, of the built package:
// open-close.mjs ADAPTER COUNT. Prints how many, and by how much the process grew over the second half of them.
import { setImmediate as turn } from 'node:timers/promises';
import { readCases } from '../../../dist/formats/index.js';
import { createEngine } from '../../../dist/index.js';

const [adapter, count] = process.argv.slice(2);
const { value: given } = await readCases('test/vectors/data/handmade.jsonl.gz').next();
let opened = 0;

async function open(times) {
  for (let at = 0; at < times; at++) {
    const engine = await createEngine({ backend: 'webgpu', adapter });
    if (at % 10 === 9) await engine.runEpoch(given.input, { lenient: true });
    await engine.close();
    opened += 1;
    if (at % 10 === 9) await collect();
  }
  return process.memoryUsage().rss;
}

/** What is collected is freed in a later turn. */
async function collect() {
  for (let round = 0; round < 4; round++) {
    globalThis.gc();
    await turn();
  }
}

const half = await open(count / 2);
const whole = await open(count / 2);
console.log(JSON.stringify({ opened, grownMiB: (whole - half) / 2 ** 20 }));
