/**
 * Memory: what a network is going to take, before anything of it is made.
 * Exact  estimates from above: 256 x 64 x 4096 dense took 1.1 GB at its peak, here it is 1.4
 */
import { YumaError } from '../epoch/errors.js';
import type { PeerName } from './peers.js';
import type { NetworkOptions } from './plan.js';
import { expectedEntries, type SubnetShape } from './subnet.js';

/** Bytes of memory that a resident subnet takes for each stored weight (with its bond) and for each neuron, at most. */
const BYTES_A_WEIGHT = 16;
const BYTES_A_NEURON = 200;
/** Of a subnet while it is generated and opened. */
const BYTES_A_NEW_WEIGHT = 32;
/** Node itself, the engine, and room to breathe. */
const BASE = 100e6;

/** Bytes that the main run takes at most, roughly. The peers after it get small parts of the network only. */
export function bytesNeeded(options: NetworkOptions): number {
  const weights = expectedEntries(options);
  const resident = weights * BYTES_A_WEIGHT + options.neurons * BYTES_A_NEURON;
  const together = options.fullScale || options.peers[0] === 'reference' ? 1 : options.subnets;
  return BASE + together * resident + weights * BYTES_A_NEW_WEIGHT;
}

/** @throws YumaError BAD_USAGE if the network cannot fit into what is left of the memory */
export function refuseIfTooLarge(options: NetworkOptions, available: number): void {
  const bytes = bytesNeeded(options);
  if (bytes <= available) return;
  const hint = options.fullScale ? '' : ', or stream the densest case with --full-scale';
  throw new YumaError('BAD_USAGE', {
    reason:
      `this network takes about ${gigabytes(bytes)} of memory, ${gigabytes(available)} are to be had. ` +
      `Take fewer --subnets, fewer --neurons or a smaller --fill${hint}.`,
  });
}

/** `1.3 GB` */
export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(bytes < 1e9 ? 2 : 1)} GB`;

/** Bytes of heap that the reference takes for a weight with its bond, roughly, and what it may have of it. */
const HEAP_A_WEIGHT = 500;
const LARGEST_HEAP = 2e9;

/** Why a peer cannot run subnets of this shape; `null` if it can. */
export function hindrance(peer: PeerName, shape: SubnetShape): string | null {
  const heap = peer === 'reference' ? expectedEntries(shape) * HEAP_A_WEIGHT : 0;
  return heap > LARGEST_HEAP ? `one of these subnets would take ${gigabytes(heap)} of the heap` : null;
}
