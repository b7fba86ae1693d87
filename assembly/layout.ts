/**
 * Layout: where everything of one epoch lies in the linear memory.
 * Room   assembly (numeric core). Documented for embedders in docs/abi.md
 * Layout the table of the sigmoid at __heap_base. Then, wherever the embedder puts them, the state of a subnet (inputs,
 *        outputs, two buffers for bonds) and its scratch. Every array is 16-byte aligned, little-endian. All sizes
 *        follow from n, the room for weights (w) and for bonds (a, b), so memory is known before a run
 * Owns   the embedder writes inputs and reads outputs between runs; scratch is the core's
 */

import { TABLE_BYTES } from './tile/sigmoid';

export const MAX_NEURONS: i32 = 32_768;
/** 4 GiB less one page: the most a 32-bit memory can hold, kept below 2^32. */
const MEMORY_LIMIT: u64 = 0xffff_0000;
const PAGE: u64 = 65_536;
const PARAMS_BYTES: u64 = 96;

let top: u64 = 0;

/** Table of the sigmoid: the only thing that stays where it is from one epoch to the next. */
export let sigmoidTable: usize = 0;

export let neurons: i32 = -1;
/** How far an epoch in parts has come (parts.ts); 0 = it was not placed for that. */
export let phase: i32 = 0;

export function setPhase(reached: i32): void {
  phase = reached;
}

/** Entries there is room for. */
export let weightEntries: u32 = 0;
let entriesA: u32 = 0;
let entriesB: u32 = 0;

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
export let offsetsA: usize = 0;
export let columnsA: usize = 0;
export let valuesA: usize = 0;

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
export let offsetsB: usize = 0;
export let columnsB: usize = 0;
export let valuesB: usize = 0;
export let stake: usize = 0;
export let activeStake: usize = 0;
export let consensus: usize = 0;
export let trust: usize = 0;
export let incentive: usize = 0;
export let dividends: usize = 0;

// the bonds that are read and those that are written: A and B, or the other way round
export let bondEntries: u32 = 0;
export let bondOffsets: usize = 0;
export let bondColumns: usize = 0;
export let bondValues: usize = 0;
export let bondsOutEntries: u32 = 0;
export let bondsOutOffsets: usize = 0;
export let bondsOutColumns: usize = 0;
export let bondsOutValues: usize = 0;

// scratch
export let rowOrder: usize = 0;
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
/** From here to the end lies what the general stages need; tiles and columns use the same place in their own way. */
export let scratchStart: usize = 0;
export let scratchEnd: usize = 0;
/** Where the vectors of the scratch end, wherever the scratch itself does. */
let vectorsEnd: u64 = 0;
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

/** First address that is the embedder's to use. */
export function arenaStart(): usize {
  top = (<u64>__heap_base + 15) & ~15;
  sigmoidTable = take(1, ASC_FEATURE_SIMD ? <u64>TABLE_BYTES : 0);
  return <usize>top;
}

/** Lays out the state of a subnet from `base` up; gives its end. */
function layOutState(base: u64, n: u64, w: u64, a: u64, b: u64): u64 {
  top = base;
  params = take(1, PARAMS_BYTES);
  stakeIn = take(n, 16);
  lastUpdate = take(n, 8);
  registeredAt = take(n, 8);
  commitBlock = take(n, 8);
  oldPermit = take(n, 1);
  weightOffsets = take(n + 1, 4);
  weightColumns = take(w, 2);
  weightValues = take(w, 2);
  offsetsA = take(n + 1, 4);
  columnsA = take(a, 2);
  valuesA = take(a, 2);
  layOutVectors(n);
  offsetsB = take(n + 1, 4);
  columnsB = take(b, 2);
  valuesB = take(b, 2);
  layOutRaw(n);
  return top;
}

function layOutVectors(n: u64): void {
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
}

function layOutRaw(n: u64): void {
  stake = take(n, 8);
  activeStake = take(n, 8);
  consensus = take(n, 8);
  trust = take(n, 8);
  incentive = take(n, 8);
  dividends = take(n, 8);
}

/** Lays out the vectors of the scratch, which every epoch needs; the rest begins after them. */
function layOutScratch(start: u64, n: u64): void {
  top = start;
  rowOrder = take(n, 1);
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
  vectorsEnd = top;
  scratchStart = <usize>top;
}

/** Lays out what the general stages need for w weights and b bonds; gives its end. */
function layOutGeneral(n: u64, w: u64, b: u64): u64 {
  top = <u64>scratchStart;
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
  return top;
}

/** Lays out the general stages for the epoch at hand. Gives false if the scratch is too small for them. */
export function placeGeneral(): bool {
  const w = load<u32>(weightOffsets + ((<usize>neurons) << 2));
  const b = load<u32>(bondOffsets + ((<usize>neurons) << 2));
  return layOutGeneral(neurons, w, b) <= <u64>scratchEnd;
}

/** Nothing is prepared any more. */
export function forget(): void {
  neurons = -1;
  phase = 0;
}

export function stateBytes(n: u64, w: u64, a: u64, b: u64): u64 {
  forget(); // the addresses no longer describe what was prepared
  return layOutState(0, n, w, a, b);
}

/** Scratch that the general stages need. */
export function scratchBytes(n: u64, w: u64, b: u64): u64 {
  forget();
  layOutScratch(0, n);
  return layOutGeneral(n, w, b);
}

/** Scratch of what every way needs. */
export function vectorBytes(n: u64): u64 {
  forget();
  layOutScratch(0, n);
  return <u64>scratchStart;
}

/** Whether the scratch has room for what every epoch needs. */
export function holdsVectors(): bool {
  return vectorsEnd <= <u64>scratchEnd;
}

/** Whether so many bytes from there on are the embedder's, and begin at a multiple of 16. */
export function isPlace(at: usize, bytes: u64): bool {
  const limit = min<u64>(<u64>memory.size() * PAGE, MEMORY_LIMIT);
  return (at & 15) === 0 && at >= arenaStart() && <u64>at + bytes <= limit;
}

/** Whether two pieces of memory have no byte in common. */
export function apart(one: usize, oneBytes: u64, other: usize, otherBytes: u64): bool {
  if (oneBytes === 0 || otherBytes === 0) return true;
  return <u64>one + oneBytes <= <u64>other || <u64>other + otherBytes <= <u64>one;
}

/** Puts a subnet's state and scratch there. */
export function place(base: usize, scratch: usize, bytes: u64, n: i32, w: u32, a: u32, b: u32): void {
  layOutState(<u64>base, <u64>n, w, a, b);
  layOutScratch(<u64>scratch, <u64>n);
  scratchEnd = <usize>min<u64>(<u64>scratch + bytes, MEMORY_LIMIT);
  neurons = n;
  weightEntries = w;
  entriesA = a;
  entriesB = b;
}

/**
 * The same for one of several instances that share an epoch: all but the first keep what they work out about neurons to
 * themselves, at the start of their scratch. Consensus is common: each writes it for its own columns.
 */
export function placePart(base: usize, scratch: usize, bytes: u64, n: i32, w: u32, b: u32, part: u32): void {
  place(base, scratch, bytes, n, w, b, b);
  if (part === 0) return;
  const common = consensus;
  top = <u64>scratch;
  layOutVectors(<u64>n);
  layOutRaw(<u64>n);
  consensus = common;
  layOutScratch(top, <u64>n);
}

/** Bytes that a part keeps to itself beside the scratch that every way needs. */
export function partBytes(n: u64): u64 {
  forget();
  top = 0;
  layOutVectors(n);
  layOutRaw(n);
  return top;
}

/** Which bonds the epoch reads and which it writes: A and B, or if turned, B and A. */
export function chooseBonds(turned: bool): void {
  bondEntries = turned ? entriesB : entriesA;
  bondOffsets = turned ? offsetsB : offsetsA;
  bondColumns = turned ? columnsB : columnsA;
  bondValues = turned ? valuesB : valuesA;
  bondsOutEntries = turned ? entriesA : entriesB;
  bondsOutOffsets = turned ? offsetsA : offsetsB;
  bondsOutColumns = turned ? columnsA : columnsB;
  bondsOutValues = turned ? valuesA : valuesB;
}

/** Grows the memory to so many bytes. Gives false if it cannot be had. */
export function reserve(needed: u64): bool {
  if (needed > MEMORY_LIMIT) return false;
  const pages = <i32>((needed + PAGE - 1) / PAGE);
  const missing = pages - memory.size();
  return missing <= 0 || memory.grow(missing) >= 0;
}
