/**
 * Peers: everything that can run the epochs of a network, behind one interface, so that all are measured alike.
 *
 * wasm       the engine as everybody gets it
 * plain      the same core built without vectors
 * reference  the executable specification on BigInt
 * float64    what a good JavaScript developer would write without exactness (float64/epoch.ts)
 */

import type { EngineOptions } from '../engine/engine.js';
import { createEngine } from '../engine/node.js';
import type { Subnet } from '../engine/subnet/subnet.js';
import type { EpochInput } from '../epoch/input.js';
import type { EpochOutput } from '../epoch/output.js';
import { type EpochStep, type Float64Output, Float64Subnet } from './float64/index.js';
import { Stopwatch, unlessAborted } from './stopwatch.js';

export const PEERS = ['wasm', 'plain', 'reference', 'float64'] as const;
export type PeerName = (typeof PEERS)[number];

/** Peers that must give the same bits. */
export const isExact = (name: PeerName): boolean => name !== 'float64';

/** The scores that the two kinds of results have in common. */
export type Scores = Pick<Float64Output, 'stakeWeight' | 'consensus' | 'incentive' | 'dividends' | 'validatorTrust'>;

export interface Peer {
  /** Takes a subnet in; it lies ready for its epochs until `drop`. */
  open(input: EpochInput): Promise<void>;
  /**
   * Runs one epoch of every open subnet and writes bonds and permits back.
   * @returns milliseconds, turns of the event loop apart
   */
  epoch(step: EpochStep, signal: AbortSignal): Promise<number>;
  /** Scores of the last epoch, by the order of opening; good until the next one. */
  scores(at: number): Scores;
  /** All results, of exact peers only. */
  output(at: number): EpochOutput;
  /** Entries of the bonds that the last epoch left. */
  bonds(at: number): number;
  /** Frees all subnets. */
  drop(): Promise<void>;
  close(): Promise<void>;
}

/** @param threads 0 = the caller's; all but `wasm` know no other */
export async function createPeer(name: PeerName, threads: number): Promise<Peer> {
  return name === 'float64' ? float64Peer() : enginePeer(name, threads);
}

/** Threads that a peer makes use of. */
export const threadsOf = (name: PeerName, threads: number): number => (name === 'wasm' ? threads : 0);

const ENGINE: Record<Exclude<PeerName, 'float64'>, (threads: number) => EngineOptions> = {
  wasm: (threads) => ({ backend: 'wasm', threads }),
  plain: () => ({ backend: 'wasm', build: 'plain' }),
  reference: () => ({ backend: 'reference' }),
};

async function enginePeer(name: Exclude<PeerName, 'float64'>, threads: number): Promise<Peer> {
  const engine = await createEngine(ENGINE[name](threads));
  let subnets: Subnet[] = [];
  return {
    open: async (input) => void subnets.push(await engine.open(input)),
    epoch: async (step, signal) => {
      if (threads === 0) return inTurn(subnets, (subnet) => subnet.advanceSync(step), signal);
      const start = performance.now();
      await unlessAborted(Promise.all(subnets.map((subnet) => subnet.advance(step))), signal);
      return performance.now() - start;
    },
    scores: (at) => subnets[at]!.view(),
    output: (at) => subnets[at]!.view(),
    bonds: (at) => subnets[at]!.view().bonds.columns.length,
    drop: async () => {
      for (const subnet of subnets) subnet.close();
      subnets = [];
    },
    close: () => engine.close(),
  };
}

function float64Peer(): Peer {
  let subnets: Float64Subnet[] = [];
  const view = (at: number): Float64Output => subnets[at]!.view()!;
  return {
    open: async (input) => void subnets.push(new Float64Subnet(input)),
    epoch: (step, signal) => inTurn(subnets, (subnet) => subnet.advance(step), signal),
    scores: view,
    output: () => {
      throw new Error('float64 has no exact results');
    },
    bonds: (at) => view(at).bonds.columns.length,
    drop: async () => {
      subnets = [];
    },
    close: async () => {},
  };
}

/** One after the other in this thread, with turns of the event loop in between so that a Ctrl-C is heard. */
async function inTurn<T>(items: readonly T[], run: (item: T) => void, signal: AbortSignal): Promise<number> {
  const watch = new Stopwatch();
  for (const item of items) {
    run(item);
    if (watch.isTimeForTurn()) await watch.turn(signal);
  }
  return watch.stop();
}
