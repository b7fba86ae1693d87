/**
 * Columns: how many entries each column has, and which columns take part in tiles. Where many are empty, the others are
 * moved together.
 * Room   assembly (numeric core)
 * Spec   docs/spec/yuma-epoch.md 9.1 (the horizon); a column without any entry has consensus, rank and bonds 0
 * Layout columnOf: the uid of each column of the tiles, ascending; keptBondColumns: all ones where the horizon leaves bonds.
 *        A moved row's columns are a copy, its values stay where they are
 */
import { horizon } from '../horizon';
import * as at from '../layout';
import * as p from '../params';
import * as place from './place';
import * as rows from './rows';

/** Columns that take part in tiles. */
export let columns: i32 = 0;

/** Pairs of a row and a column that have a weight or a bond, as counted. */
export let filled: u32 = 0;

/** Whether a row has so many entries that nearly all columns are used: it shows at a glance. */
export function anyFullRow(n: i32): bool {
  const spare = n >> 3;
  for (let r = 0; r < rows.count; r++) {
    const slot = (<usize>r) << 2;
    if (max(load<i32>(place.rowWeightsLeft + slot), load<i32>(place.rowBondsLeft + slot)) + spare > n) return true;
  }
  return false;
}

/** Counts the rows that have a weight or a bond in each column (u32 at columnCells); gives how many columns have any. */
export function countCells(n: i32): i32 {
  memory.fill(place.columnCells, 0, (<usize>n) << 2);
  memory.fill(place.columnLast, 0, (<usize>n) << 2);
  for (let r = 0; r < rows.count; r++) {
    countRow(r, place.rowWeightColumns, place.rowWeightsLeft);
    countRow(r, place.rowBondColumns, place.rowBondsLeft);
  }
  let used = 0;
  filled = 0;
  for (let j = 0; j < n; j++) {
    const cells = load<u32>(place.columnCells + ((<usize>j) << 2));
    used += <i32>(cells !== 0);
    filled += cells;
  }
  return used;
}

/** columnLast holds the row that was counted last, plus one: what a row has as weight and as bond counts once. */
function countRow(r: i32, columnsOf: usize, leftOf: usize): void {
  const slot = (<usize>r) << 2;
  const row = <usize>load<u32>(columnsOf + slot);
  const end = row + ((<usize>load<u32>(leftOf + slot)) << 1);
  for (let entry = row; entry < end; entry += 2) {
    const column = (<usize>load<u16>(entry)) << 2;
    const fresh = <u32>(load<i32>(place.columnLast + column) !== r + 1);
    store<u32>(place.columnCells + column, load<u32>(place.columnCells + column) + fresh);
    store<i32>(place.columnLast + column, r + 1);
  }
}

/** Takes all columns. */
export function takeAll(n: i32): void {
  columns = n;
  for (let j = 0; j < n; j++) store<u16>(place.columnOf + ((<usize>j) << 1), <u16>j);
  markKept();
}

/** Takes the columns that were counted to have entries; every row gets a copy of its columns in the tiles' own numbers. */
export function takeUsed(n: i32): void {
  columns = 0;
  for (let j = 0; j < n; j++) {
    if (load<u32>(place.columnCells + ((<usize>j) << 2)) === 0) continue;
    store<u16>(place.columnOf + ((<usize>columns) << 1), <u16>j);
    store<u16>(place.tileColumn + ((<usize>j) << 1), <u16>columns);
    columns += 1;
  }
  let out = place.moved;
  for (let r = 0; r < rows.count; r++) {
    out = moveRow(r, place.rowWeightColumns, place.rowWeightsLeft, out);
    out = moveRow(r, place.rowBondColumns, place.rowBondsLeft, out);
  }
  markKept();
}

function moveRow(r: i32, columnsOf: usize, leftOf: usize, out: usize): usize {
  const slot = (<usize>r) << 2;
  const row = <usize>load<u32>(columnsOf + slot);
  const left = load<i32>(leftOf + slot);
  for (let k = 0; k < left; k++) {
    const column = <usize>load<u16>(row + ((<usize>k) << 1));
    store<u16>(out + ((<usize>k) << 1), load<u16>(place.tileColumn + (column << 1)));
  }
  store<u32>(columnsOf + slot, <u32>out);
  return out + ((<usize>left) << 1);
}

function markKept(): void {
  const block = horizon(p.currentBlock, p.tempo, p.lastStep);
  for (let k = columns; k < place.padded(columns); k++) store<u16>(place.columnOf + ((<usize>k) << 1), 0);
  for (let k = 0; k < place.padded(columns); k++) {
    const uid = <usize>load<u16>(place.columnOf + ((<usize>k) << 1));
    const kept = k < columns && block > load<u64>(at.registeredAt + (uid << 3));
    store<u16>(place.keptBondColumns + ((<usize>k) << 1), kept ? 0xffff : 0);
  }
}
