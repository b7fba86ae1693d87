/**
 * Expand: the cells of four columns as the arrays of a group, each with the stake of its row.
 * Room   assembly (numeric core)
 * Spec   docs/spec/yuma-epoch.md 6.5 (weights over their row sum)
 * Layout rowTable, 32 bytes a row: u32 stake, u32 share, u32 sum of its weights, u32 1 = a lone weight, f64 2^32 / sum; one
 *        row of zeros before the first, for cells of none
 */

import * as group from './group';
import { Lanes } from './lanes';
import * as place from './place';
import * as rows from './rows';

export function fillTable(): void {
  memory.fill(place.rowTable - 32, 0, (<usize>rows.count + 1) << 5);
  for (let r = 0; r < rows.weighing; r++) {
    const row = place.rowTable + ((<usize>r) << 5);
    const lane = (<usize>r) << 4;
    store<u32>(row, load<u32>(place.rowStake + lane));
    store<u32>(row, load<u32>(place.rowShare + lane), 4);
    store<u32>(row, load<u32>(place.rowSum + lane), 8);
    store<u32>(row, load<u8>(place.rowLone + r), 12);
    store<f64>(row, load<f64>(place.rowReciprocal + lane), 16);
  }
}

/** Fills the group at hand from `slots` slots at `cells`. Gives a bit for each lane that holds a weight of exactly 2^32. */
export function expand(cells: usize, slots: i32, notePresent: bool): i32 {
  group.setSlots(slots, slots, slots);
  group.setStakes(place.cellStakes, place.cellShares);
  group.setInputs(place.cellWeights, place.cellBonds, place.cellPresent);
  group.setResults(place.cellBondsOut, place.cellStored, place.cellSharesOut);
  const bias = i32x4.splat(i32.MIN_VALUE);
  for (let k = 0; k < slots; k++) {
    const two = v128.load(cells);
    const other = v128.load(cells, 16);
    const row0 = rowOf(load<u16>(cells));
    const row1 = rowOf(load<u16>(cells, 8));
    const row2 = rowOf(load<u16>(cells, 16));
    const row3 = rowOf(load<u16>(cells, 24));
    // Stake, share, sum and mark of four rows, turned.
    const a = v128.load(row0);
    const b = v128.load(row1);
    const c = v128.load(row2);
    const d = v128.load(row3);
    const ab = v128.shuffle<u32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<u32>(c, d, 0, 4, 1, 5);
    const sums = v128.shuffle<u64>(v128.shuffle<u32>(a, b, 2, 6, 3, 7), v128.shuffle<u32>(c, d, 2, 6, 3, 7), 0, 2);
    const low = v128.load64_lane(row1, v128.load64_zero(row0, 16), 1, 16);
    const high = v128.load64_lane(row3, v128.load64_zero(row2, 16), 1, 16);
    const slot = (<usize>k) << 4;
    v128.store(place.cellStakes + slot, v128.shuffle<u64>(ab, cd, 0, 2));
    v128.store(place.cellShares + slot, v128.shuffle<u64>(ab, cd, 1, 3));
    const values = i32x4.shr_u(v128.shuffle<u32>(two, other, 0, 2, 4, 6), 16);
    v128.store(place.cellWeights + slot, v128.xor(Lanes.quotient(values, sums, low, high), bias));
    const marks = v128.shuffle<u32>(two, other, 1, 3, 5, 7); // bond, and above it whether there is a weight
    const bonds = v128.and(marks, i32x4.splat(0xffff));
    v128.store64_lane(place.cellBonds + (slot >> 1), i16x8.narrow_i32x4_u(bonds, bonds), 0);
    if (notePresent) store<u8>(place.cellPresent + k, <u8>i32x4.bitmask(i32x4.shl(marks, 15)));
    cells += 32;
  }
  return rows.anyLone ? markLone(cells - ((<usize>slots) << 5), slots) : 0;
}

function rowOf(mark: u32): usize {
  return place.rowTable - 32 + ((<usize>mark) << 5);
}

function markLone(cells: usize, slots: i32): i32 {
  let lone = 0;
  for (let k = 0; k < slots; k++) {
    for (let lane: usize = 0; lane < 4; lane++) {
      const cell = cells + ((<usize>k) << 5) + (lane << 3);
      if (load<u16>(cell, 2) === 0 || load<u32>(rowOf(load<u16>(cell)), 12) === 0) continue;
      store<i32>(place.cellWeights + ((<usize>k) << 4) + (lane << 2), i32.MAX_VALUE);
      lone |= 1 << (<i32>lane);
    }
  }
  return lone;
}
