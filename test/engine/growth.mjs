/**
 * Ten thousand epochs in one process: `node --expose-gc growth.mjs THREADS`. Prints, after every two thousand, the bytes of
 * all WebAssembly memories of this thread and those of the heap after a collection. From the built package.
 */
const Memory = WebAssembly.Memory;
const Instance = WebAssembly.Instance;
const memories = new Set();
WebAssembly.Memory = new Proxy(Memory, {
  construct(target, [descriptor]) {
    const memory = new target(descriptor);
    memories.add(memory);
    return memory;
  },
});
WebAssembly.Instance = class {
  constructor(module, imports) {
    const { exports } = new Instance(module, imports);
    for (const own of Object.values(exports)) if (own instanceof Memory) memories.add(own);
    this.exports = exports;
  }
};

const { createEngine } = await import('#yuma/index.js');
const { sampleCases } = await import('#yuma/sample/sample.js');

const ROUND = 2_000;
const TOGETHER = 100;
const threads = Number(process.argv[2]);
const inputs = [8, 24, 64].map((neurons) => {
  const [{ input }] = sampleCases({ neurons, validators: 6, subnets: 1, fill: 0.5, seed: neurons });
  return input;
});

const engine = await createEngine({ backend: 'wasm', threads });
const subnet = await engine.open(inputs[1]);
let block = inputs[1].currentBlock;

async function round() {
  for (let done = 0; done < ROUND; done += TOGETHER) {
    const runs = Array.from({ length: TOGETHER - 1 }, (_, at) => engine.runEpoch(inputs[at % inputs.length]));
    block += 360n;
    await subnet.advance({ currentBlock: block, emission: 1_000_000n });
    await Promise.all(runs);
  }
  globalThis.gc();
  const memoryBytes = [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
  return { memories: memories.size, memoryBytes, heapBytes: process.memoryUsage().heapUsed };
}

const rounds = [];
for (let at = 0; at < 5; at++) rounds.push(await round());
await engine.close();
console.log(JSON.stringify(rounds));
