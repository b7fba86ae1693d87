/**
 * Cost against the number of weights, over five decades, dense and sparse: a straight line. Prints the points and draws
 * them into docs/cost.svg.
 *
 *   npm run bench:cost [-- --quick] [-- --out build/cost.svg]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { EpochInput } from 'yuma-engine';
import { benchSubnet, type Mode, machine, type SubnetShape, timesOf } from 'yuma-engine/bench';
import { type Point, plot, type Series, slopeOf } from './plot.js';
import { rough, Table } from './table.js';
import { QUICK, residentTimes } from './timing.js';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, out: { type: 'string', default: 'docs/cost.svg' } },
});

/** V x N, from 100 to some ten million weights. */
const DENSE: readonly (readonly [validators: number, neurons: number])[] = [
  [10, 10],
  [18, 18],
  [32, 32],
  [56, 56],
  [64, 160],
  [64, 512],
  [64, 1_600],
  [64, 5_000],
  [64, 16_000],
  [128, 25_000],
  [320, 31_000],
];
const SPARSE: readonly (readonly [validators: number, neurons: number])[] = [
  [36, 36],
  [56, 56],
  [64, 160],
  [64, 512],
  [64, 1_600],
  [64, 5_000],
  [64, 16_000],
  [128, 25_000],
  [320, 31_000],
];

/** Above this one subnet alone is larger than the caches, and no predictor learns it. */
const LARGE = 1_000_000;

const effort = options.quick ? QUICK : { warmUp: 6, warmUpMs: 200, samples: 7, sampleMs: 400 };

const LINES: readonly { name: string; mode: Mode; shapes: typeof DENSE; part: Partial<SubnetShape> }[] = [
  { name: 'Yuma2, all filled', mode: 'yuma2', shapes: DENSE, part: {} },
  { name: 'Yuma3, all filled', mode: 'yuma3', shapes: DENSE, part: {} },
  { name: 'Yuma3, random 10 %', mode: 'yuma3', shapes: SPARSE, part: { fill: 0.1, pattern: 'random' } },
  { name: 'liquid alpha, all filled', mode: 'liquid', shapes: DENSE, part: {} },
];

const { cpu, node } = machine();
const table = new Table(
  [
    { title: 'line', width: 24 },
    { title: 'V x N', width: 13 },
    { title: 'weights', width: 9 },
    { title: 'ms, median', width: 10 },
    { title: 'spread', width: 6 },
    { title: 'ns a weight', width: 11 },
  ],
  false,
);
table.head();
const lines: Series[] = [];
for (const { name, mode, shapes, part } of LINES) {
  const points: Point[] = [];
  for (const [validators, neurons] of shapes) {
    const shape: SubnetShape = { validators, neurons, fill: 1, pattern: 'columns', ...part };
    let weights = 0;
    const count = shape.fill * validators * neurons > LARGE ? 1 : 4;
    const made = async function* (): AsyncGenerator<EpochInput> {
      for (let netuid = 1; netuid <= count; netuid++) {
        const input = benchSubnet(shape, mode, 1, netuid);
        weights += input.weights.columns.length / count;
        yield input;
      }
    };
    const { median, spread } = timesOf((await residentTimes(made(), 0, false, effort)).times);
    points.push({ x: weights, y: median });
    const each = rough((median * 1e6) / weights);
    const cells = [name, `${validators} x ${neurons}`, String(Math.round(weights)), rough(median)];
    table.row([...cells, `${(spread * 100).toFixed(0)} %`, each]);
  }
  lines.push({ name, points });
}
for (const { name, points } of lines) {
  // Below some thousand weights an epoch is mostly its neurons and the call.
  console.log(`${name}: slope ${slopeOf(points.filter(({ x }) => x >= 5_000)).toFixed(2)} from 5 000 weights on`);
}
const title = `One epoch against the number of weights (one thread, ${cpu}, Node ${node})`;
writeFileSync(options.out, plot(lines, { title, x: 'weights', y: 'ms' }));
console.log(`${options.out} written`);
