/**
 * Time of one epoch through the public API, for each backend, shape and mode. Medians; every backend is warmed up.
 *
 *   npm run bench [-- --backend wasm] [-- --quick]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import Benchmark from 'benchmark';
import { BACKENDS, type BackendName, createEngine } from 'yuma-engine';
import { MODES, type Mode, type Shape, subnet } from './subnet.js';

const SHAPES: readonly Shape[] = [
  { validators: 64, neurons: 256, fill: 1 },
  { validators: 64, neurons: 256, fill: 0.1 },
  { validators: 64, neurons: 4096, fill: 1 },
  { validators: 64, neurons: 4096, fill: 0.1 },
  { validators: 256, neurons: 4096, fill: 1 },
  { validators: 256, neurons: 4096, fill: 0.1 },
];

/** Native milliseconds of the chain's own code on one thread: RESULTS.md, "The chain's own code". */
const CHAIN_MS: Record<string, readonly [yuma2: number, yuma3: number, liquid: number]> = {
  '64 x 256, 1': [1.77, 1.61, 21.5],
  '64 x 256, 0.1': [0.32, 0.3, 19.4],
  '64 x 4096, 1': [39.6, 39.0, 5168],
  '64 x 4096, 0.1': [9.0, 9.4, 5294],
  '256 x 4096, 1': [192, 179, 5376],
  '256 x 4096, 0.1': [18.0, 20.1, 5232],
};

const { values } = parseArgs({
  options: { backend: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const backends = values.backend === undefined ? BACKENDS : [values.backend as BackendName];

console.log(`${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}`);
console.log('| V x N, fill | mode | backend | ms, median | ns an entry | spread | chain / this |');
console.log('|---|---|---|---|---|---|---|');
for (const shape of SHAPES) {
  const name = `${shape.validators} x ${shape.neurons}, ${shape.fill}`;
  for (const [at, mode] of (Object.keys(MODES) as Mode[]).entries()) {
    const input = subnet(shape, mode);
    for (const backend of backends) {
      await using engine = await createEngine({ backend });
      const seconds = sample(() => engine.runEpochSync(input), backend === 'wasm' && !values.quick);
      const median = seconds[seconds.length >> 1]! * 1_000;
      const spread = ((seconds.at(-1)! - seconds[0]!) / seconds[seconds.length >> 1]!) * 100;
      const entry = (median * 1e6) / input.weights.columns.length;
      const ratio = CHAIN_MS[name]![at]! / median;
      console.log(
        `| ${name} | ${mode} | ${backend} | ${median.toPrecision(3)} | ${entry.toPrecision(3)} | ${spread.toFixed(0)} % | ${ratio.toPrecision(2)} |`,
      );
    }
  }
}

/** Sorted seconds of single runs. The slow reference is run a few times only. */
function sample(run: () => unknown, thorough: boolean): number[] {
  if (thorough) for (let warm = 0; warm < 20; warm++) run();
  const options = thorough ? { minSamples: 10, maxTime: 1 } : { minSamples: 1, maxTime: 0.01, initCount: 1 };
  const benchmark = new Benchmark({ fn: run, ...options });
  benchmark.run({ async: false });
  return [...benchmark.stats.sample].sort((a, b) => a - b);
}
