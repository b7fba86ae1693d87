/**
 * Cells: the entries of sparse rows, by columns. Those of a column stand one after the other, four columns of nearly the
 * same length make a group, and nothing is there but entries.
 * Room   assembly (numeric core)
 * Spec   docs/spec/yuma-epoch.md 6.5, 9.1
 * Layout columns in falling order of their length; a group has as many slots as its first column has entries; a slot has a
 *        cell of 8 bytes a lane: u16 row + 1 (0 = none), u16 value, u16 bond, u16 1 = there is a weight
 * PERF   work and memory grow with the entries, plus a little per neuron
 */

import { horizon } from '../horizon';
import * as at from '../layout';
import * as p from '../params';
import * as place from './place';
import * as rows from './rows';

/** Columns that have entries. */
export let used: i32 = 0;

/** Slots of all groups, and of the longest. */
let slots: u32 = 0;
let longest: u32 = 0;

/** Lays out and fills the cells of the columns, which are counted. Gives false if they do not fit. */
export function collectCells(n: i32): bool {
  orderColumns(n);
  if (!place.placeCells(n, rows.count, slots, longest)) return false;
  startColumns();
  memory.fill(place.cells, 0, (<usize>slots) << 5);
  memory.fill(place.columnLast, 0, (<usize>n) << 2);
  const block = horizon(p.currentBlock, p.tempo, p.lastStep);
  for (let r = 0; r < rows.count; r++) {
    fillWeights(r);
    fillBonds(r, block);
  }
  return true;
}

/** Cells of the column of a uid. */
export function lengthOf(uid: u32): u32 {
  return load<u32>(place.columnCells + ((<usize>uid) << 2));
}

/** The columns in falling order of their length, the lower uid first among equals. */
function orderColumns(n: i32): void {
  const starts = place.incentives; // by length - 1: how many columns have it, then where the first of them comes
  memory.fill(starts, 0, (<usize>n) << 2);
  for (let j = 0; j < n; j++) {
    const length = lengthOf(j);
    if (length !== 0) bump(starts + ((<usize>(length - 1)) << 2), 1);
  }
  used = 0;
  for (let length = n; length > 0; length--) {
    const start = starts + ((<usize>(length - 1)) << 2);
    const columns = load<u32>(start);
    store<u32>(start, used);
    used += columns;
  }
  for (let j = 0; j < n; j++) {
    const length = lengthOf(j);
    if (length === 0) continue;
    const start = starts + ((<usize>(length - 1)) << 2);
    store<u16>(place.columnOf + ((<usize>load<u32>(start)) << 1), <u16>j);
    bump(start, 1);
  }
  slots = 0;
  for (let k = 0; k < used; k += place.GROUP) slots += lengthOf(load<u16>(place.columnOf + ((<usize>k) << 1)));
  longest = used === 0 ? 0 : lengthOf(load<u16>(place.columnOf));
}

function bump(at: usize, by: u32): void {
  store<u32>(at, load<u32>(at) + by);
}

function startColumns(): void {
  let start = place.cells;
  let length: usize = 0;
  for (let k = 0; k < used; k++) {
    const uid = <usize>load<u16>(place.columnOf + ((<usize>k) << 1));
    const lane = <usize>(k & 3);
    if (lane === 0) {
      start += length << 5;
      length = <usize>lengthOf(<u32>uid);
    }
    store<u32>(place.columnFirst + (uid << 2), <u32>(start + (lane << 3)));
    store<u32>(place.columnNext + (uid << 2), <u32>(start + (lane << 3)));
  }
}

function fillWeights(r: i32): void {
  const slot = (<usize>r) << 2;
  let column = <usize>load<u32>(place.rowWeightColumns + slot);
  let value = <usize>load<u32>(place.rowWeightValues + slot);
  const end = column + ((<usize>load<u32>(place.rowWeightsLeft + slot)) << 1);
  for (; column < end; column += 2) {
    const uid = (<usize>load<u16>(column)) << 2;
    const cell = <usize>load<u32>(place.columnNext + uid);
    store<u64>(cell, ((<u64>load<u16>(value)) << 16) | <u64>(r + 1) | ((<u64>1) << 48));
    store<u32>(place.columnNext + uid, <u32>cell + 32);
    store<i32>(place.columnLast + uid, r + 1);
    value += 2;
  }
}

/** Bonds in columns registered since the horizon are void. */
function fillBonds(r: i32, horizon: u64): void {
  const slot = (<usize>r) << 2;
  let column = <usize>load<u32>(place.rowBondColumns + slot);
  let value = <usize>load<u32>(place.rowBondValues + slot);
  const end = column + ((<usize>load<u32>(place.rowBondsLeft + slot)) << 1);
  for (; column < end; column += 2) {
    const uid = (<usize>load<u16>(column)) << 2;
    const bond = load<u16>(value);
    value += 2;
    if (bond === 0 || horizon <= load<u64>(at.registeredAt + (uid << 1))) continue;
    const cell = <usize>load<u32>(place.columnNext + uid);
    if (load<i32>(place.columnLast + uid) === r + 1) {
      store<u16>(cell - 32, bond, 4);
      continue;
    }
    store<u64>(cell, ((<u64>bond) << 32) | <u64>(r + 1));
    store<u32>(place.columnNext + uid, <u32>cell + 32);
  }
}
