/**
 * The simulator: epochs a second of whole simulations on held subnets in one thread, agents, record and digest included.
 *
 *   npm run bench:simulate [-- --quick] [-- --markdown] [-- --year]
 *
 * One row: of 64 validators one looks at the miners in an epoch, the others submit what they submitted before. Every row: all
 * look in every epoch. `--year` runs 128 subnets of 64 x 256 for 7 300 epochs and takes minutes; without it 20 epochs are run
 * and say how long a year would take.
 */
import { parseArgs } from 'node:util';
import { createEngine } from 'yuma-engine';
import { MODE_NAMES, type Mode, machine, timesOf } from 'yuma-engine/bench';
import { buildScenario, Simulation } from 'yuma-engine/simulator';
import { rough, Table } from './table.js';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
    year: { type: 'boolean', default: false },
  },
});

const YEAR = 7_300;
const BATCH = 100;
const [WARM_UP, BATCHES] = options.quick ? [2, 3] : [10, 30];

const { cpu, cores, node } = machine();
console.log(`${cpu}, ${cores} cores, Node ${node}; one thread\n`);

await using engine = await createEngine();

/** Milliseconds of `BATCH` epochs, again and again. */
async function batches(simulation: Simulation): Promise<number[]> {
  const times: number[] = [];
  for (let batch = 0; batch < WARM_UP + BATCHES; batch++) {
    const start = performance.now();
    for (let epoch = 0; epoch < BATCH; epoch++) await simulation.step();
    if (batch >= WARM_UP) times.push(performance.now() - start);
  }
  return times;
}

async function epochs(mode: Mode, every: number): Promise<{ rate: number; spread: number }> {
  const length = (WARM_UP + BATCHES) * BATCH;
  const scenario = buildScenario('network', { set: { subnets: 1, mode, every }, epochs: length });
  using simulation = await Simulation.open(engine, scenario);
  const { median, spread } = timesOf(await batches(simulation));
  return { rate: (1_000 * BATCH) / median, spread };
}

const table = new Table(
  [
    { title: '64 x 256, resident, one thread', width: 30 },
    { title: 'mode', width: 6 },
    { title: 'epochs a second', width: 15 },
    { title: 'spread', width: 6 },
  ],
  options.markdown,
);
table.head();
for (const [what, every] of [
  ['one row an epoch', 0],
  ['every row', 1],
] as const) {
  // biome-ignore format: two
  for (const mode of MODE_NAMES) {
    const { rate, spread } = await epochs(mode, every);
    table.row([what, mode, rough(rate), `${(spread * 100).toFixed(0)} %`]);
  }
}

const length = options.year ? YEAR : 20;
const chain = buildScenario('network', { epochs: length });
const start = performance.now();
using simulation = await Simulation.open(engine, chain);
const opened = performance.now();
await simulation.step();
const first = performance.now();
while (simulation.epoch < length) await simulation.step();
const ms = performance.now() - first;
const rate = ((length - 1) * chain.subnets.length * 1_000) / ms;
console.log(`\nwhole chain, ${chain.subnets.length} subnets of 64 x 256, Yuma3, one row an epoch, ${length} epochs:`);
console.log(
  `  opened in ${rough(opened - start)} ms, first epoch ${rough(first - opened)} ms, then ${rough(rate)} subnet epochs a second`,
);
const seconds = options.year ? (performance.now() - start) / 1_000 : ((ms / (length - 1)) * YEAR) / 1_000;
console.log(`  a year of ${YEAR} epochs: ${rough(seconds)} s${options.year ? '' : ' at this rate'}`);
