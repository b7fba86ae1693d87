/**
 * Stages: what parts of an epoch cost. Stages of a dense epoch run fused in one pass over each tile, so none can be
 * called alone; they show as differences between whole epochs. Parts that are functions of their own are called through
 * the core's probes (assembly/probes.ts).
 * Takes  the same input every time: unlike the other benchmarks this one trains the branch predictor
 *
 *   npm run bench:stages [-- --quick]
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import Benchmark from 'benchmark';
import { benchSubnet, type Mode } from 'yuma-engine/bench';
import { createCore, type EpochInput, type Hyperparameters, hyperparameters, type SparseRows } from 'yuma-engine/wasm';
import { rough, Table } from './table.js';

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });

/** Number of the array of stakes in docs/abi.md. */
const STAKE_IN = 1;

const SHAPE = { validators: 64, neurons: 4096, fill: 1, pattern: 'columns' } as const;

/** Milliseconds of one call, median of the samples, once the compilers are done. */
function milliseconds(run: () => unknown): number {
  for (let warm = 0; warm < 20; warm++) run();
  const benchmark = new Benchmark({ fn: run, maxTime: options.quick ? 0.1 : 1, minSamples: 5 });
  benchmark.run({ async: false });
  const ascending = benchmark.stats.sample.toSorted((a, b) => a - b);
  return ascending[ascending.length >> 1]! * 1_000;
}

wholeEpochs();
console.log('');
parts();

/** Each row adds to the one above it, or takes another way from it. */
function wholeEpochs(): void {
  const core = createCore();
  const epochs: [what: string, input: EpochInput, beside: string | null][] = [
    ['neurons alone', without(made('yuma3'), 'weights', 'bonds'), null],
    ['weights, no bonds', without(made('yuma3'), 'bonds'), 'neurons alone'],
    ['bonds, no weights', without(made('yuma3'), 'weights'), 'neurons alone'],
    ['weights and bonds', made('yuma3'), 'neurons alone'],
    ['no consensus: kappa 1, the least weight', withParameters(made('yuma3'), { kappa: 65_535 }), 'weights and bonds'],
    ['bonds feel half of the clipping', withParameters(made('yuma3'), { bondsPenalty: 32_768 }), 'weights and bonds'],
    ['bonds feel no clipping', withParameters(made('yuma3'), { bondsPenalty: 0 }), 'weights and bonds'],
    ['bonds of Yuma2', made('yuma2'), 'weights and bonds'],
    ['liquid alpha', made('liquid'), 'weights and bonds'],
  ];
  const table = new Table(
    [
      { title: '64 x 4096 dense, Yuma3', width: 40 },
      { title: 'ms', width: 7 },
      { title: 'against', width: 18 },
      { title: 'ms more', width: 8 },
      { title: 'ns a weight', width: 11 },
    ],
    false,
  );
  table.head();
  const found = new Map<string, number>();
  const weights = SHAPE.validators * SHAPE.neurons;
  for (const [what, input, beside] of epochs) {
    const time = milliseconds(() => core.runEpochSync(input));
    found.set(what, time);
    const more = beside === null ? time : time - found.get(beside)!;
    const sign = more < 0 ? '-' : '';
    const size = Math.abs(more);
    table.row([what, rough(time), beside ?? '', sign + rough(size), sign + rough((size * 1e6) / weights)]);
  }
}

function made(mode: Mode): EpochInput {
  return benchSubnet(SHAPE, mode, 1, 1);
}

function without(input: EpochInput, ...matrices: ('weights' | 'bonds')[]): EpochInput {
  const none: SparseRows = {
    offsets: new Uint32Array(input.n + 1),
    columns: new Uint16Array(0),
    values: new Uint16Array(0),
  };
  return { ...input, ...Object.fromEntries(matrices.map((name) => [name, none])) };
}

function withParameters(input: EpochInput, changes: Partial<Hyperparameters>): EpochInput {
  return { ...input, hyperparameters: hyperparameters({ ...input.hyperparameters, ...changes }) };
}

interface Probes {
  prepare(n: number, w: number, b: number): number;
  address(field: number): number;
  probeStake(): void;
  probeNormalize(): void;
  probeTopNonZero(count: number): void;
  probeExponential(exponent: bigint): bigint;
  probeAlpha(consensus: bigint, weight: bigint, bond: bigint, low: bigint, high: bigint, slope: bigint): bigint;
  readonly memory: { readonly buffer: ArrayBuffer };
}

function parts(): void {
  const bytes = new Uint8Array(readFileSync(new URL('../../wasm/yuma.wasm', import.meta.url)));
  const probes = new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports as unknown as Probes;
  const { n, stake } = benchSubnet({ ...SHAPE, validators: SHAPE.neurons, fill: 0 }, 'yuma3', 1, 1);
  if (probes.prepare(n, 0, 0) !== 0) throw new Error('the core refuses the subnet');
  new BigUint64Array(probes.memory.buffer, probes.address(STAKE_IN), 2 * n).set(stake);
  const one = 1n << 32n;
  const exponent = 5n * (one >> 1n) + 12_345n;
  const calls: [what: string, units: number, run: () => unknown][] = [
    ['stake filtered and normalised, a neuron', n, () => probes.probeStake()],
    ['a vector over its sum, a neuron', n, () => probes.probeNormalize()],
    ['64 permits of 4096, a neuron', n, () => probes.probeTopNonZero(64)],
    ['exponential, exact series', 1, () => probes.probeExponential(exponent)],
    [
      'alpha of one pair, exact',
      1,
      () => probes.probeAlpha(one >> 3n, one >> 2n, one >> 4n, one >> 1n, one - 9n, -10n * one),
    ],
  ];
  const table = new Table(
    [
      { title: 'parts alone', width: 40 },
      { title: 'ns', width: 7 },
    ],
    false,
  );
  table.head();
  for (const [what, units, run] of calls) table.row([what, rough((milliseconds(run) * 1e6) / units)]);
}
