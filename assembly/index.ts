/**
 * Index: what the module exports. The contract is docs/abi.md; a change of meaning raises ABI_VERSION.
 * Room   assembly (numeric core)
 */

import { overflowed } from './consensus';
import { epoch, payOut, prepareStake } from './epoch';
import * as layout from './layout';
import * as params from './params';
import { rowsAreProper } from './rows';
import { laneBytes } from './tile/place';
import * as split from './tile/split';

export * from './probes';

const ABI_VERSION: u32 = 1;
const RULES_SUBTENSOR_425: u32 = 425;

const OK: i32 = 0;
const TOO_MANY_NEURONS: i32 = 1;
const OUT_OF_MEMORY: i32 = 2;
const NOT_PREPARED: i32 = 3;
const UNKNOWN_RULES: i32 = 4;
const BAD_PARAMETER: i32 = 5;
const BAD_WEIGHT_OFFSETS: i32 = 6;
const BAD_BOND_OFFSETS: i32 = 7;
const ODD_COLUMNS: i32 = 8;
const SCRATCH_TOO_SMALL: i32 = 9;
const NO_ROOM_FOR_BONDS: i32 = 10;
const NOT_SPLIT: i32 = 11;

/** Version of this interface. */
export function abiVersion(): u32 {
  return ABI_VERSION;
}

/** Bytes of memory that an epoch of n neurons, w stored weights and b stored bonds needs. Undoes `prepare`. */
export function bytesNeeded(n: u32, w: u32, b: u32): f64 {
  return <f64>(<u64>layout.arenaStart() + layout.stateBytes(n, w, b, <u64>w + <u64>b) + anyScratch(n, w, b));
}

/** Scratch with which no epoch of this size fails. */
function anyScratch(n: u64, w: u64, b: u64): u64 {
  return max<u64>(layout.scratchBytes(n, w, b), laneScratch(n, min<u64>(n, w + b), w, b));
}

/** Scratch that epochs by lanes need which have so many rows with entries; tiles only where they are not too sparse. */
function laneScratch(n: u64, rows: u64, w: u64, b: u64): u64 {
  if (!ASC_FEATURE_SIMD) return layout.scratchBytes(n, w, b);
  return layout.partBytes(n) + layout.vectorBytes(n) + laneBytes(n, rows, w, b);
}

/** Lays out an epoch and grows the memory for it. Gives a status. Afterwards every address is to be asked anew. */
export function prepare(n: u32, w: u32, b: u32): i32 {
  layout.forget();
  if (n > <u32>layout.MAX_NEURONS) return TOO_MANY_NEURONS;
  const state = layout.stateBytes(n, w, b, <u64>w + <u64>b);
  const scratch = anyScratch(n, w, b);
  const base = layout.arenaStart();
  if (!layout.reserve(<u64>base + state + scratch)) return OUT_OF_MEMORY;
  layout.place(base, base + <usize>state, scratch, n, w, b, w + b);
  return OK;
}

/** First address that an embedder who places subnets by itself may use. */
export function arenaStart(): usize {
  return layout.arenaStart();
}

/** Bytes of a subnet's inputs and outputs with room for w weights and, in each of two buffers, b bonds. */
export function stateBytes(n: u32, w: u32, b: u32): f64 {
  return <f64>layout.stateBytes(n, w, b, b);
}

/** Scratch with which no epoch of this size gives the status SCRATCH_TOO_SMALL. */
export function scratchBytes(n: u32, w: u32, b: u32): f64 {
  layout.forget();
  return <f64>anyScratch(n, w, b);
}

/** Scratch that does for most: subnets of so many rows with entries, in order, whose values fit lanes. */
export function tileScratchBytes(n: u32, rows: u32, w: u32, b: u32): f64 {
  layout.forget();
  return <f64>laneScratch(n, rows, w, b);
}

/** Puts a subnet's state (`stateBytes`) and its scratch there, both at multiples of 16. Grows nothing. */
export function place(base: usize, scratch: usize, scratchBytes: u32, n: u32, w: u32, b: u32): i32 {
  layout.forget();
  if (n > <u32>layout.MAX_NEURONS) return TOO_MANY_NEURONS;
  layout.arenaStart();
  layout.place(base, scratch, scratchBytes, n, w, b, b);
  return OK;
}

/** Address of an array of the prepared epoch, by its number in docs/abi.md; 0 for an unknown number. */
export function address(field: i32): usize {
  switch (field) {
    case 0:
      return layout.params;
    case 1:
      return layout.stakeIn;
    case 2:
      return layout.lastUpdate;
    case 3:
      return layout.registeredAt;
    case 4:
      return layout.commitBlock;
    case 5:
      return layout.oldPermit;
    case 6:
      return layout.weightOffsets;
    case 7:
      return layout.weightColumns;
    case 8:
      return layout.weightValues;
    case 9:
      return layout.offsetsA;
    case 10:
      return layout.columnsA;
    case 11:
      return layout.valuesA;
    case 32:
      return layout.activeOut;
    case 33:
      return layout.newPermit;
    case 34:
      return layout.stakeWeightOut;
    case 35:
      return layout.consensusOut;
    case 36:
      return layout.incentiveOut;
    case 37:
      return layout.dividendsOut;
    case 38:
      return layout.trustOut;
    case 39:
      return layout.serverEmission;
    case 40:
      return layout.validatorEmission;
    case 41:
      return layout.combinedEmission;
    case 42:
      return layout.wholeStake;
    case 43:
      return layout.offsetsB;
    case 44:
      return layout.columnsB;
    case 45:
      return layout.valuesB;
    case 64:
      return layout.stake;
    case 65:
      return layout.activeStake;
    case 66:
      return layout.consensus;
    case 67:
      return layout.trust;
    case 68:
      return layout.incentive;
    case 69:
      return layout.dividends;
    default:
      return 0;
  }
}

/** Runs the prepared epoch on the inputs in memory. Gives a status; other than 0, the outputs mean nothing. */
export function run(): i32 {
  const status = readInputs();
  if (status !== OK) return status;
  return epoch() ? OK : SCRATCH_TOO_SMALL;
}

/** Parameters and offsets, before anything is made of them. */
function readInputs(): i32 {
  if (layout.neurons < 0) return NOT_PREPARED;
  if (load<u32>(layout.params, 88) !== RULES_SUBTENSOR_425) return UNKNOWN_RULES;
  if (!params.readParams()) return BAD_PARAMETER;
  layout.chooseBonds(params.turned);
  if (!offsetsHold(layout.weightOffsets, layout.weightEntries)) return BAD_WEIGHT_OFFSETS;
  if (!offsetsHold(layout.bondOffsets, layout.bondEntries)) return BAD_BOND_OFFSETS;
  if (params.refuseOddColumns && !columnsHold()) return ODD_COLUMNS;
  return roomForBonds() ? OK : NO_ROOM_FOR_BONDS;
}

/** The bonds that are written may be as many as weights and bonds together. */
function roomForBonds(): bool {
  const last = (<usize>layout.neurons) << 2;
  const entries = <u64>load<u32>(layout.weightOffsets + last) + <u64>load<u32>(layout.bondOffsets + last);
  return entries <= <u64>layout.bondsOutEntries;
}

/** Bytes common to the parts of an epoch of so many rows with entries. */
export function splitBytes(n: u32, rows: u32): f64 {
  return <f64>split.splitBytes(n, rows);
}

let commonBytes: u64 = 0;

/** Puts a subnet there for one of several instances that share an epoch; `common` is common to all of them. */
export function placePart(
  base: usize,
  scratch: usize,
  scratchBytes: u32,
  common: usize,
  bytes: u32,
  n: u32,
  w: u32,
  b: u32,
  part: u32,
): i32 {
  layout.forget();
  if (n > <u32>layout.MAX_NEURONS) return TOO_MANY_NEURONS;
  layout.arenaStart();
  layout.placePart(base, scratch, scratchBytes, n, w, b, part);
  split.setCommon(common);
  commonBytes = bytes;
  return OK;
}

/** This part's columns, up to the bonds. Gives a status, the same for all parts. */
export function tilesPart(): i32 {
  if (!ASC_FEATURE_THREADS) return NOT_SPLIT;
  const status = readInputs();
  if (status !== OK) return status;
  prepareStake(layout.neurons);
  return !overflowed && split.splitTiles(layout.neurons, commonBytes) ? OK : NOT_SPLIT;
}

/** This part's columns of the dividends, once all parts are back from `tilesPart`. */
export function dividendsPart(): i32 {
  if (!ASC_FEATURE_THREADS) return NOT_SPLIT;
  split.splitDividends(layout.neurons);
  return OK;
}

/** The rest, by part 0, once all parts are back from `dividendsPart`. */
export function finish(): i32 {
  if (!ASC_FEATURE_THREADS || !split.splitFinish(layout.neurons)) return NOT_SPLIT;
  payOut(layout.neurons);
  return OK;
}

function columnsHold(): bool {
  const n = layout.neurons;
  return (
    rowsAreProper(n, layout.weightOffsets, layout.weightColumns, layout.dense) &&
    rowsAreProper(n, layout.bondOffsets, layout.bondColumns, layout.dense)
  );
}

/** Row offsets start at 0, never fall, and stay within the entries there is room for. */
function offsetsHold(offsets: usize, entries: u32): bool {
  let previous: u32 = 0;
  if (load<u32>(offsets) !== 0) return false;
  for (let i = 1; i <= layout.neurons; i++) {
    const next = load<u32>(offsets + ((<usize>i) << 2));
    if (next < previous || next > entries) return false;
    previous = next;
  }
  return true;
}
