/**
 * Emit: the averaged bonds of a tile are appended to the rows that are stored, and the finished rows closed up.
 * Room   assembly (numeric core)
 * Spec   docs/spec/yuma-epoch.md 9.3 (ascending columns, values above 0), 11 (rows of those with a new permit)
 * Layout each row grows in a region of its own, which has room for its weights and bonds together, though not for more than
 *        n; at the end regions move down
 */
import * as at from '../layout';
import * as place from './place';
import { groupBytes, TILE } from './place';
import * as rows from './rows';

/** Gives each row that is stored its region, by uid. The rows must stand at their start. */
export function startRegions(n: i32): void {
  memory.fill(place.rowOf, 0, (<usize>n) << 2);
  for (let r = 0; r < rows.count; r++) {
    store<i32>(place.rowOf + ((<usize>load<u32>(place.rowUid + ((<usize>r) << 2))) << 2), r + 1);
  }
  let start: u32 = 0;
  for (let i = 0; i < n; i++) {
    const r = load<i32>(place.rowOf + ((<usize>i) << 2)) - 1;
    if (r < 0) continue;
    const slot = (<usize>r) << 2;
    const entries = load<u32>(place.rowWeightsLeft + slot) + load<u32>(place.rowBondsLeft + slot);
    store<u32>(place.rowEntries + slot, entries);
    store<u32>(place.rowStart + slot, start);
    store<u32>(place.rowEnd + slot, start);
    if (isStored(r)) start += min<u32>(entries, n);
  }
}

/** Whether bonds of row r are stored. */
export function isStored(r: i32): bool {
  return load<u8>(at.newPermit + load<u32>(place.rowUid + ((<usize>r) << 2))) !== 0;
}

/** Appends one entry to row r. */
export function append(r: i32, column: u32, value: u32): void {
  const end = <usize>load<u32>(place.rowEnd + ((<usize>r) << 2));
  store<u16>(at.bondsOutColumns + (end << 1), <u16>column);
  store<u16>(at.bondsOutValues + (end << 1), <u16>value);
  store<u32>(place.rowEnd + ((<usize>r) << 2), <u32>end + 1);
}

/** Appends the entries above 0 of the tile that begins with column `first`. */
export function emitTile(first: i32): void {
  const columnOf = place.columnOf + ((<usize>first) << 1);
  const step = groupBytes(rows.count);
  for (let r = 0; r < rows.count; r++) {
    if (!isStored(r)) continue;
    const held = heldColumns(place.tileBondsOut + ((<usize>r) << 4), step);
    const stored = place.tileStored + ((<usize>r) << 3);
    if (held === 0xffff_ffff) appendAll(r, columnOf, stored, step >> 1);
    else appendSome(r, held, columnOf, stored, step >> 1);
  }
}

/** A bit for each column of a tile in which a row's bond is above 0. */
function heldColumns(bonds: usize, step: usize): u32 {
  const zero = i32x4.splat(0);
  let none: u32 = 0;
  for (let k: u32 = 0; k < 32; k += 8) {
    const eight = i16x8.narrow_i32x4_s(i32x4.eq(v128.load(bonds), zero), i32x4.eq(v128.load(bonds + step), zero));
    none |= i16x8.bitmask(eight) << k;
    bonds += step << 1;
  }
  return ~none;
}

function appendAll(r: i32, columnOf: usize, stored: usize, step: usize): void {
  const slot = place.rowEnd + ((<usize>r) << 2);
  const end = <usize>load<u32>(slot);
  const columns = at.bondsOutColumns + (end << 1);
  const values = at.bondsOutValues + (end << 1);
  for (let k: usize = 0; k < 64; k += 16) {
    v128.store(columns + k, v128.load(columnOf + k));
    store<u64>(values + k, load<u64>(stored));
    store<u64>(values + k, load<u64>(stored + step), 8);
    stored += step << 1;
  }
  store<u32>(slot, <u32>end + TILE);
}

function appendSome(r: i32, held: u32, columnOf: usize, stored: usize, step: usize): void {
  const slot = place.rowEnd + ((<usize>r) << 2);
  let end = <usize>load<u32>(slot);
  for (; held !== 0; held &= held - 1) {
    const k = <usize>ctz(held);
    store<u16>(at.bondsOutColumns + (end << 1), load<u16>(columnOf + (k << 1)));
    store<u16>(at.bondsOutValues + (end << 1), load<u16>(stored + (k >> 2) * step + ((k & 3) << 1)));
    end += 1;
  }
  store<u32>(slot, <u32>end);
}

/** Writes the offsets and moves every row down to its place. */
export function closeRows(n: i32): void {
  let end: u32 = 0;
  for (let i = 0; i < n; i++) {
    store<u32>(at.bondsOutOffsets + ((<usize>i) << 2), end);
    const r = load<i32>(place.rowOf + ((<usize>i) << 2)) - 1;
    if (r < 0) continue;
    const start = load<u32>(place.rowStart + ((<usize>r) << 2));
    const length = load<u32>(place.rowEnd + ((<usize>r) << 2)) - start;
    moveDown(start, end, length);
    end += length;
  }
  store<u32>(at.bondsOutOffsets + ((<usize>n) << 2), end);
}

/** Moves so many stored bonds. */
export function moveDown(from: u32, to: u32, length: u32): void {
  if (from === to || length === 0) return;
  memory.copy(at.bondsOutColumns + ((<usize>to) << 1), at.bondsOutColumns + ((<usize>from) << 1), (<usize>length) << 1);
  memory.copy(at.bondsOutValues + ((<usize>to) << 1), at.bondsOutValues + ((<usize>from) << 1), (<usize>length) << 1);
}
