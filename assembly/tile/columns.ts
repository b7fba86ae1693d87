/**
 * Columns: which columns take part in the tiles. Where many are empty, the others are moved together.
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

/** Columns that take part. */
export let columns: i32 = 0;

/** Decides on the columns of the rows collected, and moves the rows' columns where it pays. */
export function collectColumns(n: i32): void {
  const all = nearlyAll(n);
  columns = 0;
  for (let j = 0; j < n; j++) {
    if (!all && load<u8>(place.columnUsed + j) === 0) continue;
    store<u16>(place.columnOf + ((<usize>columns) << 1), <u16>j);
    store<u16>(place.tileColumn + ((<usize>j) << 1), <u16>columns);
    columns += 1;
  }
  if (!all) moveRows();
  markKept();
}

/** Whether so many columns are used that moving them is not worth its while; one full row shows it at a glance. */
function nearlyAll(n: i32): bool {
  const spare = n >> 3;
  for (let r = 0; r < rows.count; r++) {
    const slot = (<usize>r) << 2;
    if (max(load<i32>(place.rowWeightsLeft + slot), load<i32>(place.rowBondsLeft + slot)) + spare > n) return true;
  }
  memory.fill(place.columnUsed, 0, n);
  for (let r = 0; r < rows.count; r++) {
    markUsed(r, place.rowWeightColumns, place.rowWeightsLeft);
    markUsed(r, place.rowBondColumns, place.rowBondsLeft);
  }
  let used = 0;
  for (let j = 0; j < n; j++) used += load<u8>(place.columnUsed + j);
  return used + spare > n;
}

function markUsed(r: i32, columnsOf: usize, leftOf: usize): void {
  const row = <usize>load<u32>(columnsOf + ((<usize>r) << 2));
  const left = load<i32>(leftOf + ((<usize>r) << 2));
  for (let k = 0; k < left; k++) store<u8>(place.columnUsed + load<u16>(row + ((<usize>k) << 1)), 1);
}

/** Every row gets a copy of its columns in the tiles' own numbers. */
function moveRows(): void {
  let out = place.moved;
  for (let r = 0; r < rows.count; r++) {
    out = moveRow(r, place.rowWeightColumns, place.rowWeightsLeft, out);
    out = moveRow(r, place.rowBondColumns, place.rowBondsLeft, out);
  }
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
