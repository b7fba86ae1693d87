/**
 * Network benchmark: the epochs of a whole made-up network on the engine and its peers, all in one run, because only
 * ratios hold on shared machines.
 */
import { YumaError } from '../epoch/errors.js';
import { agreement, differences, type ScoreDifferences, sameRun } from './compare.js';
import { type Machine, machine, peakBytes } from './machine.js';
import { type Measured, measure, type Watch } from './measure.js';
import { memcpyGbPerSecond } from './memcpy.js';
import { hindrance } from './memory.js';
import type { Mode } from './modes.js';
import type { PeerName } from './peers.js';
import { checkNetworkOptions, comparedSubnets, type NetworkOptions, runsOf } from './plan.js';
import { timesOf } from './statistics.js';

/** One peer in one mode. Times are those of one epoch of the whole network, scaled where fewer subnets were measured. */
export interface NetworkRow {
  readonly backend: PeerName;
  readonly mode: Mode;
  /** 0 = the caller's thread. */
  readonly threads: number;
  readonly subnets: number;
  readonly measuredSubnets: number;
  readonly epochs: number;
  readonly medianMs: number;
  readonly leastMs: number;
  readonly largestMs: number;
  /** Width of the middle half of the epochs over the median. */
  readonly spread: number;
  /** Null without weights. */
  readonly nsPerWeight: number | null;
  /** Weights and bonds read and bonds written, 4 bytes each, as they are stored. */
  readonly gbPerSecond: number;
  /** The same over what memcpy copies on one thread. */
  readonly ofMemcpy: number;
  /** Its time over that of the main run; 1 for that one. */
  readonly timesMain: number;
  /** Of the results of all subnets after the last epoch; null unless it ran all that the main run ran, or is not exact. */
  readonly checksum: string | null;
  /** The same bits as the main run where both ran; null where there was nothing to compare. */
  readonly agrees: boolean | null;
  readonly differences: ScoreDifferences | null;
  /** Making the subnets and opening them, milliseconds. */
  readonly openMs: number;
  readonly residentBytes: number;
}

/** A peer that cannot run this network. */
export interface SkippedPeer {
  readonly backend: PeerName;
  readonly mode: Mode;
  /** Why. */
  readonly skipped: string;
}

/** What is told while it goes on; a promise is waited for. */
export interface NetworkWatch extends Watch {
  readonly row: (row: NetworkRow) => void | Promise<void>;
  readonly skipped: (peer: SkippedPeer) => void | Promise<void>;
}

export interface NetworkResult {
  readonly rows: readonly NetworkRow[];
  /** Time on one thread over time on N, over N; null with fewer than two threads. */
  readonly speedUpPerThread: number | null;
  /** Stored weights of the whole network, on average where not all were made. */
  readonly weights: number;
  /** Of the whole process when the main run was over. */
  readonly peakBytes: number;
  readonly memcpyGbPerSecond: number;
  readonly machine: Machine;
  /** No exact peer differs from the main run. */
  readonly agree: boolean;
}

/**
 * Runs one mode, and tells each row as it comes.
 * @throws YumaError OUT_OF_RANGE, BAD_USAGE for bad options; what engines throw; the reason of the signal
 */
export async function benchNetwork(options: NetworkOptions, watch: NetworkWatch): Promise<NetworkResult> {
  checkNetworkOptions(options);
  const runs = runsOf(options);
  const keep = comparedSubnets(runs);
  const hindered = hindrance(runs[0]!.peer, options);
  if (hindered !== null) throw new YumaError('BAD_USAGE', { reason: `${runs[0]!.peer}: ${hindered}.` });
  const rows: NetworkRow[] = [];
  const tell = async (measured: Measured): Promise<void> => {
    const row = rowOf(options, measured, main, memcpy);
    rows.push(row);
    await watch.row(row);
  };
  const main = await measure(options, runs[0]!, keep, watch);
  const peak = peakBytes(); // before the buffers of memcpy and the heaps of the peers
  const memcpy = memcpyGbPerSecond();
  await tell(main);
  for (const run of runs.slice(1)) {
    const skipped = hindrance(run.peer, options);
    if (skipped === null) await tell(await measure(options, run, keep, watch));
    else await watch.skipped({ backend: run.peer, mode: options.mode, skipped });
  }
  const [first, second] = rows;
  const single = second?.backend === first!.backend ? second : undefined;
  return {
    rows,
    speedUpPerThread: single === undefined ? null : single.medianMs / first!.medianMs / first!.threads,
    weights: scaled(options, main, main.weights),
    peakBytes: peak,
    memcpyGbPerSecond: memcpy,
    machine: machine(),
    agree: rows.every((row) => row.agrees !== false),
  };
}

const scaled = ({ subnets }: NetworkOptions, { run }: Measured, value: number): number =>
  (value * subnets) / run.subnets;

function rowOf(options: NetworkOptions, measured: Measured, main: Measured, memcpy: number): NetworkRow {
  const { run } = measured;
  const { median, least, largest, spread } = timesOf(measured.times.map((time) => scaled(options, measured, time)));
  const weights = scaled(options, measured, measured.weights);
  const bonds = scaled(options, measured, measured.bonds);
  const gbPerSecond = (4 * (weights + 2 * bonds)) / median / 1e6;
  const same = sameRun(run, main.run);
  return {
    backend: run.peer,
    mode: options.mode,
    threads: run.threads,
    subnets: options.subnets,
    measuredSubnets: run.subnets,
    epochs: run.epochs,
    medianMs: median,
    leastMs: least,
    largestMs: largest,
    spread,
    nsPerWeight: weights === 0 ? null : (median * 1e6) / weights,
    gbPerSecond,
    ofMemcpy: gbPerSecond / memcpy,
    timesMain: median / timesOf(main.times.map((time) => scaled(options, main, time))).median,
    checksum: same ? measured.checksum : null,
    agrees: measured === main ? null : agreement(measured, main),
    differences: measured.checksum === null ? differences(measured.kept, main.kept) : null,
    openMs: measured.openMs,
    residentBytes: measured.residentBytes,
  };
}
