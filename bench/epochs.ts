/**
 * The standard table: one epoch of each shape in each mode, from resident input, on one thread and on two; beside the
 * chain's own code and beside memcpy in the same run.
 *
 *   npm run bench [-- --quick] [-- --only '64 x 4096.*yuma3'] [-- --markdown]
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { EpochInput } from 'yuma-engine';
import { MODE_NAMES, type Mode, machine, memcpyGbPerSecond, timesOf } from 'yuma-engine/bench';
import { SHAPES, type Shape } from './shapes.js';
import { rough, Table } from './table.js';
import { type Effort, freshTimes, QUICK, residentTimes, THOROUGH } from './timing.js';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    markdown: { type: 'boolean', default: false },
  },
});
const effort: Effort = options.quick ? QUICK : THOROUGH;
const only = new RegExp(options.only);

/** Subnets that take turns where one epoch is measured. */
const ROTATED = 4;

const { cpu, cores, node } = machine();
const threads = cores > 1 ? [0, 2] : [0];
const memcpy = memcpyGbPerSecond();
const table = new Table(
  [
    { title: 'V x N', width: 22 },
    { title: 'mode', width: 6 },
    { title: 'threads', width: 7 },
    { title: 'ms, median', width: 10 },
    { title: 'spread', width: 6 },
    { title: 'ns a weight', width: 11 },
    { title: 'chain / this', width: 12 },
    { title: 'of memcpy', width: 9 },
    { title: 'whole call, ms', width: 14 },
  ],
  options.markdown,
);

console.log(`${cpu}, ${cores} cores, Node ${node}; memcpy ${memcpy.toFixed(1)} GB/s on one thread`);
console.log('One epoch from resident input. Spread: the middle half of all epochs over the median.\n');
table.head();
for (const shape of SHAPES) {
  for (const mode of MODE_NAMES) if (only.test(`${shape.name} ${mode}`)) await measure(shape, mode);
}
if (options.only === '') startup();

async function measure(shape: Shape, mode: Mode): Promise<void> {
  const together = shape.subnets > 1;
  const count = together ? shape.subnets : ROTATED;
  const first = await shape.input(mode, 1);
  if (first === null) {
    console.log(`${shape.name} ${mode}: skipped, YUMA_DATA does not name the folder of sn31-*.jsonl.gz`);
    return;
  }
  let weights = 0;
  async function* inputs(): AsyncGenerator<EpochInput> {
    weights = 0;
    for (let netuid = 1; netuid <= count; netuid++) {
      const input = (await shape.input(mode, netuid))!;
      weights += input.weights.columns.length;
      yield input;
    }
  }
  for (const at of threads) {
    const { times, bonds } = await residentTimes(inputs(), at, together, effort);
    const { median, spread } = timesOf(times);
    const part = together ? 1 : count; // sums over the subnets that took turns, against one epoch
    const bytes = (4 * (weights + 2 * bonds)) / part;
    const fresh = at === 0 && !together ? timesOf(await freshTimes(await firstOf(inputs()), effort)).median : null;
    table.row([
      shape.name,
      mode,
      at === 0 ? '1' : String(at),
      rough(median),
      `${(spread * 100).toFixed(0)} %`,
      rough((median * 1e6 * part) / weights),
      shape.chain === null ? '' : `${rough(shape.chain[mode] / median)}`,
      `${rough((bytes / median / 1e6 / memcpy) * 100)} %`,
      fresh === null ? '' : rough(fresh),
    ]);
  }
}

async function firstOf(inputs: AsyncIterable<EpochInput>): Promise<EpochInput[]> {
  const list: EpochInput[] = [];
  for await (const input of inputs) list.push(input);
  return list;
}

/** In a process of its own: nothing is compiled there yet. */
function startup(): void {
  const file = new URL('./startup.js', import.meta.url).pathname;
  const args = options.markdown ? [file, '--markdown'] : [file];
  console.log(`\n${execFileSync(process.execPath, args, { encoding: 'utf8' }).trimEnd()}`);
}
