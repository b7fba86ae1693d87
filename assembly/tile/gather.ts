/**
 * Gather: the entries of 32 columns, row by row, as a dense tile.
 * Room   assembly (numeric core)
 * Spec   docs/spec/yuma-epoch.md 6.5 (weights over their row sum)
 * Layout group after group of four columns. tileWeights, a v128 a row: the normalised weight less 2^31, so that signed
 *        lanes compare as unsigned; tileBonds, four u16 a row as stored. Missing entries are 0, as explicit zeros are
 * Exact  row sums are below 2^31. A row with one entry other than 0 has there exactly 2^32, stored as 2^32 - 1, which no
 *        other weight can be (the largest other is 2^32 - 2): it keeps its place in every comparison, and its column is
 *        left to wide.ts
 * PERF   entries of 32 columns in a row, the dense case, are read where they stand; others are scattered first
 */

import { Lanes } from './lanes';
import * as place from './place';
import { groupBytes, TILE } from './place';
import * as rows from './rows';

/** The weights of columns first .. first + 31. Gives a bit for each column that holds exactly 2^32. */
export function gatherWeights(first: i32, notePresent: bool): u32 {
  let lone: u32 = 0;
  const step = groupBytes(rows.count);
  for (let r = 0; r < rows.weighing; r++) {
    const source = next(r, first, place.rowWeightColumns, place.rowWeightValues, place.rowWeightsLeft);
    if (notePresent) storePresent(r);
    const sum = v128.load(place.rowSum + ((<usize>r) << 4));
    const reciprocal = v128.load(place.rowReciprocal + ((<usize>r) << 4));
    const bias = i32x4.splat(i32.MIN_VALUE);
    const cells = place.tileWeights + ((<usize>r) << 4);
    let out = cells;
    for (let k: usize = 0; k < 64; k += 8) {
      const values = v128.load_ext<u16>(source + k);
      v128.store(out, v128.xor(Lanes.quotient(values, sum, reciprocal, reciprocal), bias));
      out += step;
    }
    if (load<u8>(place.rowLone + r) !== 0) lone |= markLone(source, cells, step);
  }
  return lone;
}

function storePresent(r: i32): void {
  let out = place.tilePresent + <usize>r;
  for (let k: u32 = 0; k < 32; k += 4) {
    store<u8>(out, <u8>((present >> k) & 15));
    out += <usize>rows.count;
  }
}

function markLone(source: usize, cells: usize, step: usize): u32 {
  for (let k = 0; k < TILE; k++) {
    if (load<u16>(source + ((<usize>k) << 1)) === 0) continue;
    store<i32>(cells + <usize>(k >> 2) * step + ((<usize>(k & 3)) << 2), i32.MAX_VALUE);
    return 1 << k;
  }
  return 0;
}

/** The bonds of the same columns, those in columns that the horizon voids left out. */
export function gatherBonds(first: i32): void {
  const step = groupBytes(rows.count) >> 1;
  const kept = place.keptBondColumns + ((<usize>first) << 1);
  for (let r = 0; r < rows.count; r++) {
    const source = next(r, first, place.rowBondColumns, place.rowBondValues, place.rowBondsLeft);
    let out = place.tileBonds + ((<usize>r) << 3);
    for (let k: usize = 0; k < 64; k += 16) {
      const eight = v128.and(v128.load(source + k), v128.load(kept + k));
      v128.store64_lane(out, eight, 0);
      v128.store64_lane(out + step, eight, 1);
      out += step << 1;
    }
  }
}

/** A bit for each column in which the last row gathered has an entry, be it 0. */
let present: u32 = 0;

/** Where 32 values of row r stand, one a column; moves the row past them. */
function next(r: i32, first: i32, columnsOf: usize, valuesOf: usize, leftOf: usize): usize {
  const slot = (<usize>r) << 2;
  const left = load<i32>(leftOf + slot);
  const columns = <usize>load<u32>(columnsOf + slot);
  const values = <usize>load<u32>(valuesOf + slot);
  if (left >= TILE && load<u16>(columns) === <u16>first && load<u16>(columns, 62) === <u16>(first + 31)) {
    move(slot, TILE, left, columns, values, columnsOf, valuesOf, leftOf);
    present = 0xffff_ffff;
    return values;
  }
  const scattered = place.scattered;
  const zero = i32x4.splat(0);
  v128.store(scattered, zero);
  v128.store(scattered, zero, 16);
  v128.store(scattered, zero, 32);
  v128.store(scattered, zero, 48);
  present = 0;
  let k = 0;
  while (k < left) {
    const column = <i32>load<u16>(columns + ((<usize>k) << 1)) - first;
    if (column >= TILE) break;
    present |= 1 << column;
    store<u16>(scattered + ((<usize>column) << 1), load<u16>(values + ((<usize>k) << 1)));
    k += 1;
  }
  if (k > 0) move(slot, k, left, columns, values, columnsOf, valuesOf, leftOf);
  return scattered;
}

function move(
  slot: usize,
  by: i32,
  left: i32,
  columns: usize,
  values: usize,
  columnsOf: usize,
  valuesOf: usize,
  leftOf: usize,
): void {
  store<i32>(leftOf + slot, left - by);
  store<u32>(columnsOf + slot, <u32>(columns + ((<usize>by) << 1)));
  store<u32>(valuesOf + slot, <u32>(values + ((<usize>by) << 1)));
}
