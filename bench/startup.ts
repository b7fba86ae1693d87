/**
 * What a process pays before it is at full speed, and what it takes of memory. One process a measurement: run it by
 * itself, or as the end of `npm run bench`.
 */
import { parseArgs } from 'node:util';
import { createEngine } from 'yuma-engine';
import { benchSubnet, emissionOf, FIRST_BLOCK, peakBytes, timesOf } from 'yuma-engine/bench';
import { rough, Table } from './table.js';

const { values: options } = parseArgs({ options: { markdown: { type: 'boolean', default: false } } });

/** Steady: the median of as many epochs after as many to warm up. */
const STEADY = 100;

const shape = { validators: 64, neurons: 4096, fill: 1, pattern: 'columns' } as const;
const input = benchSubnet(shape, 'yuma3', 1, 1);
const before = process.memoryUsage.rss();
const [creating, engine] = await timed(() => createEngine({ threads: 0 }));
const withEngine = process.memoryUsage.rss();
const [opening, subnet] = await timed(() => engine.open(input));
const times: number[] = [];
for (let epoch = 0; epoch < 2 * STEADY; epoch++) {
  const start = performance.now();
  subnet.advanceSync({ currentBlock: FIRST_BLOCK, emission: emissionOf(epoch) });
  times.push(performance.now() - start);
}
const withSubnet = process.memoryUsage.rss();
subnet.close();
await engine.close();

const table = new Table(
  [
    { title: 'start, 64 x 4096 Yuma3, one thread', width: 40 },
    { title: 'figure', width: 10 },
  ],
  options.markdown,
);
table.head();
table.row(['createEngine, ms', rough(creating)]);
table.row(['engine.open, ms', rough(opening)]);
table.row(['first epoch, ms', rough(times[0]!)]);
table.row(['second epoch, ms', rough(times[1]!)]);
table.row(['steady epoch, ms', rough(timesOf(times.slice(STEADY)).median)]);
table.row(['memory of the engine, MB', rough((withEngine - before) / 1e6)]);
table.row(['memory with the subnet and its epochs, MB', rough((withSubnet - before) / 1e6)]);
table.row(['peak memory of the process, MB', rough(peakBytes() / 1e6)]);

async function timed<T>(run: () => Promise<T>): Promise<[number, T]> {
  const start = performance.now();
  const result = await run();
  return [performance.now() - start, result];
}
