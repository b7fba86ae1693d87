/**
 * Index: what the module exports. The contract is docs/abi.md; a change of meaning raises ABI_VERSION.
 * Room   assembly (numeric core)
 */

import { epoch } from './epoch';
import * as layout from './layout';
import * as params from './params';
import { rowsAreProper } from './rows';

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

/** Version of this interface. */
export function abiVersion(): u32 {
  return ABI_VERSION;
}

/** Bytes of memory that an epoch of n neurons, w stored weights and b stored bonds needs. Undoes `prepare`. */
export function bytesNeeded(n: u32, w: u32, b: u32): f64 {
  return <f64>layout.bytesNeeded(n, w, b);
}

/** Lays out an epoch and grows the memory for it. Gives a status. Afterwards every address is to be asked anew. */
export function prepare(n: u32, w: u32, b: u32): i32 {
  layout.forget();
  if (n > <u32>layout.MAX_NEURONS) return TOO_MANY_NEURONS;
  return layout.reserve(n, w, b) ? OK : OUT_OF_MEMORY;
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
      return layout.bondOffsets;
    case 10:
      return layout.bondColumns;
    case 11:
      return layout.bondValues;
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
      return layout.bondsOutOffsets;
    case 44:
      return layout.bondsOutColumns;
    case 45:
      return layout.bondsOutValues;
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

/** Runs the prepared epoch on the inputs in memory. Gives a status; other than 0, no output has been written. */
export function run(): i32 {
  if (layout.neurons < 0) return NOT_PREPARED;
  if (load<u32>(layout.params, 88) !== RULES_SUBTENSOR_425) return UNKNOWN_RULES;
  if (!params.readParams()) return BAD_PARAMETER;
  if (!offsetsHold(layout.weightOffsets, layout.weightEntries)) return BAD_WEIGHT_OFFSETS;
  if (!offsetsHold(layout.bondOffsets, layout.bondEntries)) return BAD_BOND_OFFSETS;
  if (params.refuseOddColumns && !columnsHold()) return ODD_COLUMNS;
  epoch();
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
