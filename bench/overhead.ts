/**
 * What `runEpochSync` adds to the core's own time: checking, copying in and out. Microseconds a call on subnets without
 * weights, where nothing else is left; the core alone is the exported `run` on the same inputs.
 *
 *   npm run bench:overhead
 */
import { readFileSync } from 'node:fs';
import { benchSubnet } from 'yuma-engine/bench';
import { createCore, type EpochInput } from 'yuma-engine/wasm';

interface Exports {
  prepare(n: number, w: number, b: number): number;
  address(field: number): number;
  run(): number;
  readonly memory: { readonly buffer: ArrayBuffer };
}

const module = new WebAssembly.Module(new Uint8Array(readFileSync(new URL('../../wasm/yuma.wasm', import.meta.url))));

console.log('| neurons | whole call, us | core alone, us | added, us |');
console.log('|---|---|---|---|');
for (const neurons of [5, 64, 256]) {
  const shape = { validators: Math.min(neurons, 8), neurons, fill: 0, pattern: 'columns' } as const;
  const input = benchSubnet(shape, 'yuma3', 1, 1);
  const core = createCore();
  const whole = microseconds(() => core.runEpochSync(input));
  const alone = new WebAssembly.Instance(module, {}).exports as unknown as Exports;
  fill(alone, input);
  const own = microseconds(() => alone.run());
  console.log(`| ${neurons} | ${whole.toFixed(1)} | ${own.toFixed(1)} | ${(whole - own).toFixed(1)} |`);
}

/** Best of 20 series of 2 000 calls. */
function microseconds(run: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let series = 0; series < 20; series++) {
    const start = performance.now();
    for (let call = 0; call < 2_000; call++) run();
    best = Math.min(best, (performance.now() - start) / 2);
  }
  return best;
}

/** The inputs that matter without weights, by docs/abi.md. */
function fill(core: Exports, input: EpochInput): void {
  const { n, hyperparameters } = input;
  if (core.prepare(n, 0, 0) !== 0) throw new Error('the core refuses the subnet');
  const view = new DataView(core.memory.buffer);
  const params = core.address(0);
  new Uint8Array(core.memory.buffer).fill(0, params, core.address(32));
  new BigUint64Array(core.memory.buffer, core.address(1), 2 * n).set(input.stake);
  new BigUint64Array(core.memory.buffer, core.address(2), n).set(input.lastUpdate);
  new Uint8Array(core.memory.buffer, core.address(5), n).set(input.validatorPermit);
  view.setBigUint64(params, input.currentBlock, true);
  view.setBigUint64(params + 16, hyperparameters.activityCutoff, true);
  view.setBigUint64(params + 32, hyperparameters.bondsMovingAverage, true);
  view.setBigUint64(params + 40, input.emission, true);
  const words = [360, -1, hyperparameters.maxValidators, hyperparameters.kappa, hyperparameters.bondsPenalty];
  for (const [at, word] of words.entries()) view.setInt32(params + 48 + 4 * at, word, true);
  view.setUint32(params + 80, 1, true);
  view.setUint32(params + 84, n, true);
  view.setUint32(params + 88, 425, true);
}
