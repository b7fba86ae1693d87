// Opens and closes (or forgets) devices in one process, of the built package: open-close.mjs ADAPTER COUNT [forget]. Prints
// how many, how many of the objects they stand on are alive, and by how much the process grew over the second half.
import { setImmediate as turn } from 'node:timers/promises';
import { openDevice } from '../../../dist/backends/webgpu/device.js';
import { nodeSource } from '../../../dist/backends/webgpu/source-node.js';

const [adapter, count, forget] = process.argv.slice(2);
const instances = [];
let opened = 0;

const node = nodeSource();
const source = {
  ...node,
  routes: async (choice) => (await node.routes(choice)).map((route) => ({ ...route, open: () => noted(route.open()) })),
};

function noted(instance) {
  instances.push(new WeakRef(instance));
  return instance;
}

async function open(times) {
  for (let at = 0; at < times; at++) {
    const device = await openDevice(source, adapter);
    const buffer = await device.submit(() => device.gpu.createBuffer({ size: 1 << 20, usage: 0x88 }));
    await device.submit(() => device.gpu.queue.writeBuffer(buffer, 0, new Uint8Array(1 << 20)));
    if (!forget) await device.close();
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
await collect();
const alive = instances.filter((instance) => instance.deref() !== undefined).length;
console.log(JSON.stringify({ opened, alive, grownMiB: (whole - half) / 2 ** 20 }));
