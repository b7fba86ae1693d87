/**
 * Measure: one peer runs the epochs of a network.
 * Time   that of epochs from resident input, bonds and permits written back; making and opening subnets apart
 * Memory a run holds the subnets of one chunk at a time: all of them, or one when streaming
 */
import { Checksum, combinedChecksum } from './checksum.js';
import { createPeer, isExact, type Peer, type Scores } from './peers.js';
import { COMPARED_AFTER, type NetworkOptions, type Run } from './plan.js';
import { turn, unlessAborted } from './stopwatch.js';
import { benchSubnet, emissionOf, FIRST_BLOCK, TEMPO } from './subnet.js';

/** What is kept of a subnet to compare peers by, after `COMPARED_AFTER` epochs. */
export interface Kept {
  /** Of exact peers only. */
  readonly checksum: string | null;
  readonly scores: Scores;
}

export interface Measured {
  readonly run: Run;
  /** Milliseconds of each measured epoch of the measured subnets. */
  readonly times: readonly number[];
  /** Stored weights, and bonds that the last epoch left, of the measured subnets. */
  readonly weights: number;
  readonly bonds: number;
  /** Of all measured subnets after the last epoch; exact peers only. */
  readonly checksum: string | null;
  /** Of the first subnets. */
  readonly kept: readonly Kept[];
  /** Milliseconds for making and opening subnets. */
  readonly openMs: number;
  /** Largest resident memory between two epochs. */
  readonly residentBytes: number;
}

export interface Watch {
  readonly signal: AbortSignal;
  /** Called now and then with what is going on. */
  readonly progress: (text: string) => void;
}

/** @param keep results of so many subnets are kept for comparison */
export async function measure(options: NetworkOptions, run: Run, keep: number, watch: Watch): Promise<Measured> {
  const peer = await createPeer(run.peer, run.threads);
  try {
    const measured = await measureWith(peer, options, run, keep, watch);
    await peer.close();
    return measured;
  } catch (fault) {
    void peer.close().catch(() => {}); // whoever stopped us does not want to wait for epochs on their way
    throw fault;
  }
}

async function measureWith(
  peer: Peer,
  options: NetworkOptions,
  run: Run,
  keep: number,
  { signal, progress }: Watch,
): Promise<Measured> {
  const times = new Array<number>(run.epochs).fill(0);
  const checksums: string[] = [];
  const kept: Kept[] = [];
  const exact = isExact(run.peer);
  let weights = 0;
  let bonds = 0;
  let openMs = 0;
  let residentBytes = 0;
  const of = (done: number): string => `${run.peer} ${options.mode}, ${run.threads} threads: ${done} of ${run.subnets}`;
  for (let first = 0; first < run.subnets; first += run.together) {
    const count = Math.min(run.together, run.subnets - first);
    for (let at = 0; at < count; at++) {
      await turn(signal);
      if (at % 16 === 0) progress(`${of(first + at)} subnets opened`);
      const start = performance.now();
      const input = benchSubnet(options, options.mode, options.seed, first + at + 1);
      weights += input.weights.columns.length;
      await unlessAborted(peer.open(input), signal);
      openMs += performance.now() - start;
    }
    for (let epoch = 0; epoch < run.warmUp + run.epochs; epoch++) {
      await turn(signal);
      progress(`${of(first + count)} subnets, epoch ${epoch + 1} of ${run.warmUp + run.epochs}`);
      const step = { currentBlock: FIRST_BLOCK + TEMPO * BigInt(epoch + 1), emission: emissionOf(epoch + 1) };
      const milliseconds = await peer.epoch(step, signal);
      if (epoch >= run.warmUp) times[epoch - run.warmUp]! += milliseconds;
      residentBytes = Math.max(residentBytes, process.memoryUsage.rss());
      if (epoch + 1 === COMPARED_AFTER) {
        for (let at = 0; at < count && first + at < keep; at++) kept.push(keptOf(peer, at, exact));
      }
    }
    for (let at = 0; at < count; at++) {
      bonds += peer.bonds(at);
      if (exact) checksums.push(String(new Checksum().output(peer.output(at))));
    }
    await peer.drop();
  }
  const checksum = exact ? combinedChecksum(checksums) : null;
  return { run, times, weights, bonds, checksum, kept, openMs, residentBytes };
}

/** Copies: the peer's own are good until the next epoch only. */
function keptOf(peer: Peer, at: number, exact: boolean): Kept {
  const { stakeWeight, consensus, incentive, dividends, validatorTrust } = peer.scores(at);
  return {
    checksum: exact ? String(new Checksum().output(peer.output(at))) : null,
    scores: {
      stakeWeight: stakeWeight.slice(),
      consensus: consensus.slice(),
      incentive: incentive.slice(),
      dividends: dividends.slice(),
      validatorTrust: validatorTrust.slice(),
    },
  };
}
