/**
 * Plan: which peers run how many subnets for how many epochs. It follows from the options alone, never from times, so
 * that the checksums of two runs can be compared.
 */
import { YumaError } from '../epoch/errors.js';
import { MAX_NEURONS } from '../epoch/input.js';
import type { Mode } from './modes.js';
import { type PeerName, threadsOf } from './peers.js';
import { expectedEntries, type SubnetShape } from './subnet.js';

export interface NetworkOptions extends SubnetShape {
  readonly subnets: number;
  readonly mode: Mode;
  /** From 0 to 2^53 - 1. */
  readonly seed: number;
  /** Epochs that are measured, after those that warm up. */
  readonly epochs: number;
  /** 0 = the caller's thread. */
  readonly threads: number;
  /** The first one is the one that others are compared with. */
  readonly peers: readonly PeerName[];
  /** Streams the network: one subnet in memory at a time, and only its epochs count. */
  readonly fullScale: boolean;
}

/** One measurement. */
export interface Run {
  readonly peer: PeerName;
  readonly threads: number;
  /** The first so many subnets of the network; the time is scaled to all of them. */
  readonly subnets: number;
  /** So many of them are in memory at once. */
  readonly together: number;
  readonly warmUp: number;
  readonly epochs: number;
}

/** Peers are compared after so many epochs: bonds have been written back and read again. */
export const COMPARED_AFTER = 2;

/** Weights that a slower peer computes an epoch, roughly: seconds rather than minutes. */
const WEIGHTS: Record<PeerName, number> = {
  wasm: Number.POSITIVE_INFINITY,
  plain: 2 ** 23,
  reference: 2 ** 18,
  float64: 2 ** 22,
};

/** V8 compiles a function anew after some calls, or within a long one; so many calls or weights are enough. */
const CALLS_TO_WARM_UP = 40;
const WEIGHTS_TO_WARM_UP = 2 ** 24;

/** The main run first, then its like on one thread, then the peers. */
export function runsOf(options: NetworkOptions): Run[] {
  const [main, ...others] = options.peers.map((peer) => runOf(options, peer, options.threads));
  if (main === undefined) throw new YumaError('BAD_USAGE', { reason: 'there is no backend to measure.' });
  const single = main.threads > 1 ? [{ ...main, threads: 1 }] : [];
  return [main, ...single, ...others];
}

function runOf(options: NetworkOptions, peer: PeerName, threads: number): Run {
  const weights = Math.max(1, expectedEntries(options));
  const whole = peer === options.peers[0] && peer !== 'reference';
  const subnets = whole ? options.subnets : Math.min(options.subnets, Math.max(1, Math.floor(WEIGHTS[peer] / weights)));
  const slow = peer === 'reference';
  return {
    peer,
    threads: threadsOf(peer, threads),
    subnets,
    together: options.fullScale ? 1 : subnets,
    warmUp: slow || options.fullScale ? 1 : warmUpOf(options.subnets, weights),
    epochs: slow
      ? Math.min(options.epochs, Math.max(1, Math.floor(WEIGHTS[peer] / (weights * subnets))))
      : options.epochs,
  };
}

/** Epochs of the network before those that count; the same for all peers, so that they end with the same results. */
function warmUpOf(subnets: number, weights: number): number {
  const calls = Math.min(CALLS_TO_WARM_UP, Math.ceil(WEIGHTS_TO_WARM_UP / weights));
  return Math.max(COMPARED_AFTER, Math.ceil(calls / subnets));
}

/** Subnets of which the main run keeps the results for comparison. */
export const comparedSubnets = (runs: readonly Run[]): number =>
  Math.max(0, ...runs.slice(1).map((run) => run.subnets));

/** @throws YumaError OUT_OF_RANGE with the name of the option */
export function checkNetworkOptions(options: NetworkOptions): void {
  within('neurons', options.neurons, 1, MAX_NEURONS);
  within('validators', options.validators, 1, options.neurons);
  within('subnets', options.subnets, 1, 65_535);
  within('epochs', options.epochs, 1, 1_000_000);
  within('seed', options.seed, 0, Number.MAX_SAFE_INTEGER);
  if (!(options.fill >= 0 && options.fill <= 1)) refuse('fill', options.fill, 0, 1);
}

function within(field: string, value: number, least: number, largest: number): void {
  if (!(Number.isInteger(value) && value >= least && value <= largest)) refuse(field, value, least, largest);
}

function refuse(field: string, value: number, least: number, largest: number): never {
  throw new YumaError('OUT_OF_RANGE', { field, value: String(value), least: String(least), largest: String(largest) });
}
