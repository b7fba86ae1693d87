/**
 * Inputs: what is checked of an epoch before anything is made of it.
 * Room   assembly (numeric core). Documented for embedders in docs/abi.md
 */
import * as layout from './layout';
import * as params from './params';
import { BONDS_ASCEND, markAscending, rowsAreProper, WEIGHTS_ASCEND } from './rows';
import {
  BAD_BOND_OFFSETS,
  BAD_PARAMETER,
  BAD_WEIGHT_OFFSETS,
  NO_ROOM_FOR_BONDS,
  NOT_PREPARED,
  ODD_COLUMNS,
  OK,
  SCRATCH_TOO_SMALL,
  UNKNOWN_RULES,
} from './status';

const RULES_SUBTENSOR_425: u32 = 425;

/** Parameters and offsets, before anything is made of them. */
export function readInputs(): i32 {
  if (layout.neurons < 0) return NOT_PREPARED;
  if (!layout.holdsVectors()) return SCRATCH_TOO_SMALL;
  if (load<u32>(layout.params, 88) !== RULES_SUBTENSOR_425) return UNKNOWN_RULES;
  if (!params.readParams()) return BAD_PARAMETER;
  layout.chooseBonds(params.turned);
  if (!offsetsHold(layout.weightOffsets, layout.weightEntries)) return BAD_WEIGHT_OFFSETS;
  if (!offsetsHold(layout.bondOffsets, layout.bondEntries)) return BAD_BOND_OFFSETS;
  if (!columnsHold()) return ODD_COLUMNS;
  return roomForBonds() ? OK : NO_ROOM_FOR_BONDS;
}

/** The bonds that are written may be as many as weights and bonds together. */
function roomForBonds(): bool {
  const last = (<usize>layout.neurons) << 2;
  const entries = <u64>load<u32>(layout.weightOffsets + last) + <u64>load<u32>(layout.bondOffsets + last);
  return entries <= <u64>layout.bondsOutEntries;
}

/** Marks the rows in ascending order; gives whether the others at least name no column twice and none that is no neuron. */
function columnsHold(): bool {
  const n = layout.neurons;
  memory.fill(layout.rowOrder, 0, n);
  markAscending(n, layout.weightOffsets, layout.weightColumns, WEIGHTS_ASCEND, layout.rowOrder);
  markAscending(n, layout.bondOffsets, layout.bondColumns, BONDS_ASCEND, layout.rowOrder);
  if (!params.refuseOddColumns) return true;
  return (
    rowsAreProper(n, layout.weightOffsets, layout.weightColumns, WEIGHTS_ASCEND, layout.rowOrder, layout.dense) &&
    rowsAreProper(n, layout.bondOffsets, layout.bondColumns, BONDS_ASCEND, layout.rowOrder, layout.dense)
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
