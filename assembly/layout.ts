/**
 * Layout: where everything of one epoch lies in the linear memory.
 * Room   assembly (numeric core). Documented for embedders in docs/abi.md
 * Layout one arena from __heap_base up: inputs, outputs, scratch; every array 16-byte aligned, little-endian. All
 *        sizes follow from n, the number of stored weights W and of stored bonds B, so memory is known, and grown,
 *        before a run. `prepare` lays out anew and leaves the contents undefined
 * Owns   the embedder writes inputs and reads outputs between runs; scratch is the core's
 */

export const MAX_NEURONS: i32 = 32_768;
/** 4 GiB less one page: the most a 32-bit memory can hold, kept below 2^32. */
const MEMORY_LIMIT: u64 = 0xffff_0000;
const PAGE: u64 = 65_536;
const PARAMS_BYTES: u64 = 96;
const SIGMOID_BYTES: u64 = 10_241 * 24;
/** Scratch that every epoch has at least, so that tiles fit any subnet of up to 64 neurons. */
const LEAST_SCRATCH: u64 = 131_072;

let top: u64 = 0;

/** Table of the sigmoid: the only thing that stays where it is from one epoch to the next. */
export let sigmoidTable: usize = 0;

export let neurons: i32 = -1;
export let weightEntries: u32 = 0;
export let bondEntries: u32 = 0;

// inputs
export let params: usize = 0;
export let stakeIn: usize = 0;
export let lastUpdate: usize = 0;
export let registeredAt: usize = 0;
export let commitBlock: usize = 0;
export let oldPermit: usize = 0;
export let weightOffsets: usize = 0;
export let weightColumns: usize = 0;
export let weightValues: usize = 0;
export let bondOffsets: usize = 0;
export let bondColumns: usize = 0;
export let bondValues: usize = 0;

// outputs
export let activeOut: usize = 0;
export let newPermit: usize = 0;
export let stakeWeightOut: usize = 0;
export let consensusOut: usize = 0;
export let incentiveOut: usize = 0;
export let dividendsOut: usize = 0;
export let trustOut: usize = 0;
export let serverEmission: usize = 0;
export let validatorEmission: usize = 0;
export let combinedEmission: usize = 0;
export let wholeStake: usize = 0;
export let bondsOutOffsets: usize = 0;
export let bondsOutColumns: usize = 0;
export let bondsOutValues: usize = 0;
export let stake: usize = 0;
export let activeStake: usize = 0;
export let consensus: usize = 0;
export let trust: usize = 0;
export let incentive: usize = 0;
export let dividends: usize = 0;

// scratch
export let permit: usize = 0;
export let shares: usize = 0;
export let combined: usize = 0;
export let columnSums: usize = 0;
export let inverse: usize = 0;
export let dense: usize = 0;
export let denseOther: usize = 0;
export let denseThird: usize = 0;
export let ballotStarts: usize = 0;
export let ballotEnds: usize = 0;
export let ballotRows: usize = 0;
/** From here to the end lies what the general stages need; tiles use the same place in their own way. */
export let scratchStart: usize = 0;
export let scratchEnd: usize = 0;
export let keptOffsets: usize = 0;
export let keptColumns: usize = 0;
export let keptValues: usize = 0;
export let clippedOffsets: usize = 0;
export let clippedColumns: usize = 0;
export let clippedValues: usize = 0;
export let penaltyOffsets: usize = 0;
export let penaltyColumns: usize = 0;
export let penaltyValues: usize = 0;
export let oldOffsets: usize = 0;
export let oldColumns: usize = 0;
export let oldValues: usize = 0;
export let emaOffsets: usize = 0;
export let emaColumns: usize = 0;
export let emaValues: usize = 0;
export let ballotValues: usize = 0;
export let ballotShares: usize = 0;

function take(count: u64, bytes: u64): usize {
  const at = top;
  top = (top + count * bytes + 15) & ~15;
  return <usize>at;
}

/** Lays out an epoch of these sizes; gives the end of the arena. Addresses are valid only if it is within the limit. */
function layOut(n: u64, w: u64, b: u64): u64 {
  top = (<u64>__heap_base + 15) & ~15;
  sigmoidTable = take(1, ASC_FEATURE_SIMD ? SIGMOID_BYTES : 0);

  params = take(1, PARAMS_BYTES);
  stakeIn = take(n, 16);
  lastUpdate = take(n, 8);
  registeredAt = take(n, 8);
  commitBlock = take(n, 8);
  oldPermit = take(n, 1);
  weightOffsets = take(n + 1, 4);
  weightColumns = take(w, 2);
  weightValues = take(w, 2);
  bondOffsets = take(n + 1, 4);
  bondColumns = take(b, 2);
  bondValues = take(b, 2);

  activeOut = take(n, 1);
  newPermit = take(n, 1);
  stakeWeightOut = take(n, 2);
  consensusOut = take(n, 2);
  incentiveOut = take(n, 2);
  dividendsOut = take(n, 2);
  trustOut = take(n, 2);
  serverEmission = take(n, 8);
  validatorEmission = take(n, 8);
  combinedEmission = take(n, 8);
  wholeStake = take(n, 8);
  bondsOutOffsets = take(n + 1, 4);
  bondsOutColumns = take(w + b, 2);
  bondsOutValues = take(w + b, 2);
  stake = take(n, 8);
  activeStake = take(n, 8);
  consensus = take(n, 8);
  trust = take(n, 8);
  incentive = take(n, 8);
  dividends = take(n, 8);

  permit = take(n, 1);
  shares = take(n, 8);
  combined = take(n, 8);
  columnSums = take(n, 8);
  inverse = take(n, 8);
  dense = take(n, 8);
  denseOther = take(n, 8);
  denseThird = take(n, 8);
  ballotStarts = take(n + 1, 4);
  ballotEnds = take(n, 4);
  ballotRows = take(n, 4);
  scratchStart = <usize>top;
  keptOffsets = take(n + 1, 4);
  keptColumns = take(w, 2);
  keptValues = take(w, 8);
  clippedOffsets = take(n + 1, 4);
  clippedColumns = take(w, 2);
  clippedValues = take(w, 8);
  penaltyOffsets = take(n + 1, 4);
  penaltyColumns = take(w, 2);
  penaltyValues = take(w, 8);
  oldOffsets = take(n + 1, 4);
  oldColumns = take(b, 2);
  oldValues = take(b, 8);
  emaOffsets = take(n + 1, 4);
  // The ballots of the median are done with before the first averaged bond is written: one place serves both.
  const shared = top;
  emaColumns = take(w + b, 2);
  emaValues = take(w + b, 8);
  const emaEnd = top;
  top = shared;
  ballotValues = take(w, 8);
  ballotShares = take(w, 8);
  if (top < emaEnd) top = emaEnd;
  if (top < <u64>scratchStart + LEAST_SCRATCH) top = <u64>scratchStart + LEAST_SCRATCH;
  scratchEnd = <usize>top;
  return top;
}

/** Nothing is prepared any more. */
export function forget(): void {
  neurons = -1;
}

/** Bytes of memory that an epoch of these sizes needs, the module's own data included. */
export function bytesNeeded(n: u32, w: u32, b: u32): u64 {
  forget(); // the addresses no longer describe what was prepared
  return layOut(n, w, b);
}

/** Lays out an epoch and grows the memory for it. Gives false, and nothing is prepared, if it cannot be had. */
export function reserve(n: u32, w: u32, b: u32): bool {
  const needed = bytesNeeded(n, w, b);
  if (needed > MEMORY_LIMIT) return false;
  const pages = <i32>((needed + PAGE - 1) / PAGE);
  const missing = pages - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) return false;
  neurons = <i32>n;
  weightEntries = w;
  bondEntries = b;
  return true;
}
