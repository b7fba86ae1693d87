/**
 * `yuma-engine/bench`: what benchmarks are made of. Subnets to measure on, the float64 peer, the yardstick, and the
 * benchmark of a whole network that `yuma bench` shows.
 */
export { Checksum, combinedChecksum } from './checksum.js';
export type { ScoreDifferences } from './compare.js';
export { type EpochStep, type Float64Output, Float64Subnet, float64Epoch } from './float64/index.js';
export { GpuPhases, type Phases } from './gpu/phases.js';
export { availableBytes, type Machine, machine, peakBytes } from './machine.js';
export { memcpyGbPerSecond } from './memcpy.js';
export { bytesNeeded } from './memory.js';
export { MODE_NAMES, MODES, type Mode } from './modes.js';
export {
  benchNetwork,
  type NetworkResult,
  type NetworkRow,
  type NetworkWatch,
  type SkippedPeer,
} from './network.js';
export { PEERS, type PeerName } from './peers.js';
export { checkNetworkOptions, type NetworkOptions } from './plan.js';
export { type Times, timesOf } from './statistics.js';
export { benchSubnet, emissionOf, FIRST_BLOCK, type Pattern, type SubnetShape, TEMPO } from './subnet.js';
