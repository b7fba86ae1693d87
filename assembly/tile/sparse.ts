/**
 * Sparse: an epoch of sparse rows, from the weights to the dividends, four columns at a time.
 * Room   assembly (numeric core)
 * Spec   docs/spec/yuma-epoch.md 6 to 9
 * Takes  rows and cells as collected; leaves consensus, ranks, the sums of trust and dividends by row, stored bonds
 * Layout after the stages a cell holds u16 row + 1 (0 where no bond is left), u16 stored form, u32 share of the column
 */

import { ONE } from '../fixed';
import * as at from '../layout';
import { lengthOf, used } from './cells';
import { addHeld, addHolder, startHolders } from './dividends';
import { append, isStored, startRegions } from './emit';
import { expand, fillTable } from './expand';
import * as place from './place';
import { GROUP } from './place';
import * as rows from './rows';
import { alpha, consensusOf, holderOf, rankOf, stagesOfCells } from './stages';
import { clipsToOne } from './wide';

/** All groups; `voters` rows vote, with or without weights. */
export function allCells(n: i32, voters: i32): void {
  startRegions(n);
  startHolders();
  fillTable();
  memory.fill(place.rowTrust - 16, 0, (<usize>rows.count + 1) << 4);
  let cells = place.cells;
  for (let k = 0; k < used; k += GROUP) {
    const slots = <i32>lengthOf(uidOf(k));
    const wide = expand(cells, slots, alpha < 0);
    stagesOfCells(wide, voters, place.cellClipped);
    for (let left = wide; left !== 0; left &= left - 1) correctTrust(cells, slots, <usize>ctz(left));
    storeColumns(cells, k);
    for (let slot = 0; slot < slots; slot++) finishSlot(cells + ((<usize>slot) << 5), slot);
    cells += (<usize>slots) << 5;
  }
  appendBonds(n);
}

function uidOf(column: i32): u32 {
  return load<u16>(place.columnOf + ((<usize>column) << 1));
}

/** Consensus and rank of four columns, and who holds all of one. */
function storeColumns(cells: usize, column: i32): void {
  const some = min(used - column, GROUP);
  for (let lane = 0; lane < some; lane++) {
    const uid = uidOf(column + lane);
    store<i64>(at.consensus + ((<usize>uid) << 3), consensusOf(lane));
    store<i64>(place.ranks + ((<usize>uid) << 3), rankOf(lane));
    const holder = holderOf(lane);
    if (holder < 0) continue;
    addHolder(<i32>load<u16>(cells + ((<usize>holder) << 5) + ((<usize>lane) << 3)) - 1, uid);
  }
}

/** The clipped weights go to the trust of their rows; the cells take the results. */
function finishSlot(cells: usize, slot: i32): void {
  for (let lane: usize = 0; lane < 4; lane++) {
    const cell = cells + (lane << 3);
    const row = <usize>load<u16>(cell);
    const trust = place.rowTrust - 16 + (row << 4);
    const word = ((<usize>slot) << 4) + (lane << 2);
    store<u64>(trust, load<u64>(trust) + <u64>load<u32>(place.cellClipped + word));
    if (load<u32>(place.cellBondsOut + word) === 0) store<u16>(cell, 0);
    store<u16>(cell, load<u16>(place.cellStored + (word >> 1)), 2);
    store<u32>(cell, load<u32>(place.cellSharesOut + word), 4);
  }
}

/** The lanes give 2^32 - 1 to the trust for a clipped weight of 2^32. */
function correctTrust(cells: usize, slots: i32, lane: usize): void {
  const consensus = consensusOf(lane);
  for (let r = 0; r < slots; r++) {
    if (!clipsToOne(r, lane, consensus)) continue;
    const trust = place.rowTrust - 16 + ((<usize>load<u16>(cells + ((<usize>r) << 5) + (lane << 3))) << 4);
    store<i64>(trust, load<i64>(trust) + 1);
  }
}

/** Appends what is left of every column to the rows that are stored, columns ascending. */
function appendBonds(n: i32): void {
  for (let r = 0; r < rows.count; r++) store<u8>(place.rowTaken + r, <u8>isStored(r));
  for (let j = 0; j < n; j++) {
    const length = lengthOf(j);
    let cell = <usize>load<u32>(place.columnFirst + ((<usize>j) << 2));
    for (let k: u32 = 0; k < length; k++) {
      const row = <i32>load<u16>(cell) - 1;
      if (row >= 0 && load<u8>(place.rowTaken + row) !== 0) append(row, j, load<u16>(cell, 2));
      cell += 32;
    }
  }
}

/** The sums of the dividends of all rows; incentives must be final. */
export function sumCells(): void {
  memory.fill(place.rowDividend - 16, 0, (<usize>rows.count + 1) << 4);
  for (let k = 0; k < used; k++) {
    const uid = uidOf(k);
    const incentive = load<i64>(at.incentive + ((<usize>uid) << 3));
    if (incentive !== 0) sumColumn(uid, incentive);
  }
  addHeld();
}

function sumColumn(uid: u32, incentive: i64): void {
  const length = lengthOf(uid);
  let cell = <usize>load<u32>(place.columnFirst + ((<usize>uid) << 2));
  for (let k: u32 = 0; k < length; k++) {
    const share = <u64>load<u32>(cell, 4);
    const earned = incentive === ONE ? share : (share * <u64>incentive) >> 32;
    const sum = place.rowDividend - 16 + ((<usize>load<u16>(cell)) << 4);
    store<u64>(sum, load<u64>(sum) + earned);
    cell += 32;
  }
}
