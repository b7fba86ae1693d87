/** `yuma bench`: how long the epochs of a whole network take, beside what its peers need in the same run. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { availableBytes, machine } from '../bench/machine.js';
import { bytesNeeded, refuseIfTooLarge } from '../bench/memory.js';
import { MODE_NAMES, type Mode } from '../bench/modes.js';
import { benchNetwork, type NetworkResult, type NetworkRow, type SkippedPeer } from '../bench/network.js';
import { PEERS, type PeerName } from '../bench/peers.js';
import { checkNetworkOptions, type NetworkOptions } from '../bench/plan.js';
import { PATTERNS, type Pattern } from '../bench/subnet.js';
import { YumaError } from '../epoch/errors.js';
import { MAX_NEURONS } from '../epoch/input.js';
import { BenchText } from './bench-text.js';
import { createCommand } from './command.js';
import { type Io, print } from './io.js';
import { flagOf, wholeNumber } from './options.js';
import { progressOn } from './progress.js';

interface Options {
  readonly subnets: number;
  readonly neurons: number;
  readonly validators?: number;
  readonly fill: number;
  readonly pattern: Pattern;
  readonly mode: Mode | 'all';
  readonly seed: number;
  readonly epochs?: number;
  readonly threads: number;
  readonly backend?: PeerName | 'all';
  readonly fullScale?: true;
  readonly json?: true;
}

/** The mode of which the summary speaks where there are several. */
const MAIN_MODE: Mode = 'yuma3';

/** The densest case there is room for on a chain of 256 subnets. */
const FULL_SCALE = { neurons: 4096, validators: 4096, fill: 1, pattern: 'columns' } as const;

export const benchCommand = (io: Io): Command =>
  createCommand(io, 'yuma bench')
    .description('Measure the epochs of a whole made-up network, on the engine and on its peers in the same run.')
    .option('--subnets <n>', 'subnets of the network', wholeNumber(1, 65_535), 256)
    .option('--neurons <n>', 'neurons a subnet', wholeNumber(1, MAX_NEURONS), 4096)
    .option(
      '--validators <n>',
      'how many of the neurons set weights (default: 64, at most all)',
      wholeNumber(1, MAX_NEURONS),
    )
    .option('--fill <share>', 'share of the entries that are there, 0 to 1', fill, 1)
    .addOption(
      new Option('--pattern <name>', 'which ones: the same columns in every row, or each at random')
        .choices(PATTERNS)
        .default('columns'),
    )
    .addOption(new Option('--mode <name>', 'how bonds are kept').choices([...MODE_NAMES, 'all']).default('yuma3'))
    .option('--seed <n>', 'any whole number', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .option('--epochs <n>', 'epochs to measure (default: 5, at full scale 3)', wholeNumber(1, 1_000_000))
    .addOption(
      new Option('--threads <n>', "workers, auto for one a core, 0 for the caller's thread")
        .argParser(threads)
        .default(machine().cores, 'auto'),
    )
    .addOption(
      new Option('--backend <name>', 'what computes (default: all, at full scale wasm)').choices([...PEERS, 'all']),
    )
    .addOption(
      new Option('--full-scale', 'stream the densest case, subnets of 4096 x 4096, one in memory at a time').conflicts([
        ...Object.keys(FULL_SCALE),
      ]),
    )
    .option('--json', 'a line a backend; the last one is the summary, medianMs that of one epoch of the network')
    .addHelpText('after', '\nExits 1 if two exact backends differ in one bit.')
    .addHelpText('after', '\nExample:\n  yuma bench --subnets 16 --mode all --threads 2\n')
    .action(async (options: Options) => {
      const modes = options.mode === 'all' ? MODE_NAMES : [options.mode];
      const networks = modes.map((mode) => networkOptions(options, mode));
      checked(networks[0]!);
      refuseIfTooLarge(networks[0]!, availableBytes());
      const text = new BenchText(io);
      const say = (lines: string): Promise<void> => print(io, options.json ? '' : lines);
      await say(text.head(networks[0]!));
      const results: NetworkResult[] = [];
      for (const network of networks) {
        await say(text.title(network));
        const progress = progressOn(io.stderr);
        const tell = (each: NetworkRow | SkippedPeer): Promise<void> => {
          progress.clear();
          return print(io, options.json ? `${JSON.stringify(each)}\n` : text.row(each));
        };
        try {
          const watch = { signal: io.signal, progress: progress.say, row: tell, skipped: tell };
          results.push(await benchNetwork(network, watch));
        } finally {
          progress.clear();
        }
        if (!results.at(-1)!.agree) io.exitCode = 1; // at once: the reader of stdout may go before the end
        await say(text.endOfMode(results.at(-1)!));
      }
      if (options.json) {
        const main = Math.max(0, modes.indexOf(MAIN_MODE));
        await print(io, `${JSON.stringify(summary(networks[main]!, results[main]!, results))}\n`);
      }
    });

function networkOptions({ backend, fullScale, ...options }: Options, mode: Mode): NetworkOptions {
  const taken = backend ?? (fullScale ? 'wasm' : 'all');
  return {
    subnets: options.subnets,
    neurons: options.neurons,
    validators: options.validators ?? Math.min(64, options.neurons),
    fill: options.fill,
    pattern: options.pattern,
    ...(fullScale ? FULL_SCALE : {}),
    mode,
    seed: options.seed,
    epochs: options.epochs ?? (fullScale ? 3 : 5),
    threads: options.threads,
    peers: taken === 'all' ? PEERS : [taken],
    fullScale: fullScale ?? false,
  };
}

/** Faults of options that hang together name the flag. */
function checked(options: NetworkOptions): void {
  try {
    checkNetworkOptions(options);
  } catch (fault) {
    if (!(fault instanceof YumaError) || fault.data.field === undefined) throw fault;
    throw new YumaError(fault.code, { ...fault.data, field: flagOf(fault.data.field) }, { cause: fault });
  }
}

/** What `--json` says last. `medianMs`: one epoch of the whole network on the main backend, milliseconds. */
function summary(options: NetworkOptions, result: NetworkResult, all: readonly NetworkResult[]) {
  const main = result.rows[0]!;
  return {
    medianMs: main.medianMs,
    spread: main.spread,
    nsPerWeight: main.nsPerWeight,
    gbPerSecond: main.gbPerSecond,
    memcpyGbPerSecond: result.memcpyGbPerSecond,
    ofMemcpy: main.ofMemcpy,
    speedUpPerThread: result.speedUpPerThread,
    peakBytes: Math.max(...all.map(({ peakBytes }) => peakBytes)),
    expectedBytes: bytesNeeded(options),
    checksum: main.checksum,
    agree: all.every(({ agree }) => agree),
    backend: main.backend,
    mode: main.mode,
    threads: main.threads,
    measuredSubnets: main.measuredSubnets,
    weights: result.weights,
    machine: result.machine,
    options,
  };
}

function fill(text: string): number {
  const value = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('It must be from 0 to 1.');
}

function threads(text: string): number {
  if (text === 'auto') return machine().cores;
  try {
    return wholeNumber(0, 256)(text);
  } catch {
    throw new InvalidArgumentError('It must be auto or an integer from 0 to 256.');
  }
}
