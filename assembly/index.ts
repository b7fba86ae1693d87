/**
 * Index: what the module exports. The contract is docs/abi.md; a change of meaning raises ABI_VERSION.
 * Room   assembly (numeric core)
 */

import { epoch } from './epoch';
import { readInputs } from './inputs';
import * as layout from './layout';
import { BAD_PLACE, OK, OUT_OF_MEMORY, SCRATCH_TOO_SMALL, TOO_MANY_NEURONS } from './status';
import { laneBytes, usualLaneBytes } from './tile/place';

export * from './parts';
export * from './probes';

const ABI_VERSION: u32 = 1;
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
  const general = layout.scratchBytes(n, w, b);
  return ASC_FEATURE_SIMD ? max<u64>(general, layout.vectorBytes(n) + laneBytes(n, min<u64>(n, w + b), w, b)) : general;
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
  return <f64>anyScratch(n, w, b);
}

/** Scratch that does for most: subnets of so many rows with entries, in order, whose values fit lanes. */
export function tileScratchBytes(n: u32, rows: u32, w: u32, b: u32): f64 {
  if (!ASC_FEATURE_SIMD) return <f64>layout.scratchBytes(n, w, b);
  return <f64>(layout.partBytes(n) + layout.vectorBytes(n) + usualLaneBytes(n, rows, w, b));
}

/** Puts a subnet's state (`stateBytes`) and its scratch there, both at multiples of 16, apart. Grows nothing. Gives a status. */
export function place(base: usize, scratch: usize, scratchBytes: u32, n: u32, w: u32, b: u32): i32 {
  layout.forget();
  if (n > <u32>layout.MAX_NEURONS) return TOO_MANY_NEURONS;
  const state = layout.stateBytes(n, w, b, b);
  if (!layout.isPlace(base, state) || !layout.isPlace(scratch, scratchBytes)) return BAD_PLACE;
  if (!layout.apart(base, state, scratch, scratchBytes)) return BAD_PLACE;
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
  layout.setPhase(min(layout.phase, 1)); // parts, if there are any, have to begin anew
  const status = readInputs();
  if (status !== OK) return status;
  return epoch() ? OK : SCRATCH_TOO_SMALL;
}
