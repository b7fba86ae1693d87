/**
 * Rows: which rows take part in the tiles, and where each one's entries stand.
 * Room   assembly (numeric core)
 * Spec   docs/spec/yuma-epoch.md 5, 6, 9.1
 * Layout rows in order: voters with weights, other rows with weights, rows with bonds only; each in ascending uid. An
 *        array of u32 or of v128 (one value in all lanes) for each property. Entries of a row are those of the input
 *        where no mask removes one, else a copy without them
 * Exact  only rows in strictly ascending columns below n come here: then no column stands twice and order is lost nowhere
 */
import * as at from '../layout';
import * as p from '../params';
import { BONDS_ASCEND, WEIGHTS_ASCEND } from '../rows';
import * as place from './place';

/** Rows with weights that vote, rows with weights, all rows. */
export let voting: i32 = 0;
export let weighing: i32 = 0;
export let count: i32 = 0;
/** Voters without any weights: they cast 0 in every column. */
export let silentVoters: i32 = 0;
/** Weights and bonds of the rows that take part. */
export let weights: u32 = 0;
export let bonds: u32 = 0;

let copied: u32 = 0;

/** Whether a row that weighs has all its weight on one neuron: there it is exactly 2^32. */
export let anyLone: bool = false;

/** Collects the rows. Gives false if one of them is not in strictly ascending columns below n. */
export function collectRows(n: i32): bool {
  let newest: u64 = 0;
  for (let j = 0; j < n; j++) {
    const registered = load<u64>(at.registeredAt + ((<usize>j) << 3));
    if (registered > newest) newest = registered;
  }
  count = 0;
  weights = 0;
  bonds = 0;
  copied = 0;
  silentVoters = 0;
  anyLone = false;
  memory.fill(place.rowTaken, 0, n);
  for (let i = 0; i < n; i++) {
    if (load<i64>(at.activeStake + ((<usize>i) << 3)) === 0) continue;
    const taken = takeWeights(i, newest);
    if (taken < 0) return false;
    if (taken === 0) silentVoters += 1;
  }
  voting = count;
  for (let i = 0; i < n; i++) {
    if (load<i64>(at.activeStake + ((<usize>i) << 3)) !== 0 || load<u8>(at.permit + i) === 0) continue;
    if (takeWeights(i, newest) < 0) return false;
  }
  weighing = count;
  for (let r = 0; r < weighing; r++) {
    if (!takeBonds(r, load<u32>(place.rowUid + ((<usize>r) << 2)))) return false;
  }
  for (let i = 0; i < n; i++) {
    if (load<u32>(at.bondOffsets + ((<usize>i) << 2)) === load<u32>(at.bondOffsets + ((<usize>i) << 2), 4)) continue;
    if (load<u8>(place.rowTaken + i) !== 0) continue;
    startRow(i);
    if (!takeBonds(count - 1, i)) return false;
  }
  return true;
}

function startRow(i: i32): void {
  const r = (<usize>count) << 2;
  store<u32>(place.rowUid + r, i);
  store<u8>(place.rowTaken + i, 1);
  store<u32>(place.rowWeightColumns + r, 0);
  store<u32>(place.rowWeightValues + r, 0);
  store<u32>(place.rowWeightsLeft + r, 0);
  count += 1;
}

/** Adds the row if entries are left after the masks. Gives how many, or -1 for a row in another order. */
function takeWeights(i: i32, newest: u64): i32 {
  const start = load<u32>(at.weightOffsets + ((<usize>i) << 2));
  const length = <i32>(load<u32>(at.weightOffsets + ((<usize>i) << 2), 4) - start);
  if (load<u8>(at.permit + i) === 0 || length === 0) return 0;
  let columns = at.weightColumns + ((<usize>start) << 1);
  let values = at.weightValues + ((<usize>start) << 1);
  if ((load<u8>(at.rowOrder + i) & WEIGHTS_ASCEND) === 0) return -1;
  const updated = load<u64>(at.lastUpdate + ((<usize>i) << 3));
  const committed = p.commitReveal ? load<u64>(at.commitBlock + ((<usize>i) << 3)) : u64.MAX_VALUE;
  let left = length;
  const outdated = updated <= newest || committed < newest;
  const self = i === p.owner ? -1 : indexOf(columns, length, i);
  if (outdated || self >= 0) {
    const copyColumns = place.copyColumns + ((<usize>copied) << 1);
    const copyValues = place.copyValues + ((<usize>copied) << 1);
    left = outdated
      ? copyKept(i, updated, committed, columns, values, length, copyColumns, copyValues)
      : copyWithout(self, columns, values, length, copyColumns, copyValues);
    columns = copyColumns;
    values = copyValues;
    copied += left;
  }
  if (left === 0) return 0;
  startRow(i);
  const r = (<usize>(count - 1)) << 2;
  store<u32>(place.rowWeightColumns + r, <u32>columns);
  store<u32>(place.rowWeightValues + r, <u32>values);
  store<u32>(place.rowWeightsLeft + r, left);
  sumRow(count - 1, i, values, left);
  weights += left;
  return left;
}

/** Copies the entries that no mask removes; gives how many. */
function copyKept(
  i: i32,
  updated: u64,
  committed: u64,
  columns: usize,
  values: usize,
  length: i32,
  outColumns: usize,
  outValues: usize,
): i32 {
  let left = 0;
  for (let k = 0; k < length; k++) {
    const column = <i32>load<u16>(columns + ((<usize>k) << 1));
    const registered = load<u64>(at.registeredAt + ((<usize>column) << 3));
    if ((column === i && i !== p.owner) || updated <= registered || committed < registered) continue;
    store<u16>(outColumns + ((<usize>left) << 1), <u16>column);
    store<u16>(outValues + ((<usize>left) << 1), load<u16>(values + ((<usize>k) << 1)));
    left += 1;
  }
  return left;
}

/** Copies all entries but one; gives how many. */
function copyWithout(index: i32, columns: usize, values: usize, length: i32, outColumns: usize, outValues: usize): i32 {
  const before = (<usize>index) << 1;
  const after = (<usize>(length - index - 1)) << 1;
  memory.copy(outColumns, columns, before);
  memory.copy(outValues, values, before);
  memory.copy(outColumns + before, columns + before + 2, after);
  memory.copy(outValues + before, values + before + 2, after);
  return length - 1;
}

/** What the row's values are divided by, and the row's stakes, in all lanes. */
function sumRow(r: i32, i: i32, values: usize, length: i32): void {
  // 32 768 values of at most 65 535 stay below 2^31.
  let sums = i32x4.splat(0);
  let maxima = i32x4.splat(0);
  let k = 0;
  for (; k + 8 <= length; k += 8) {
    const eight = v128.load(values + ((<usize>k) << 1));
    sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(eight));
    maxima = i16x8.max_u(maxima, eight);
  }
  let sum = <u64>(
    (i32x4.extract_lane(sums, 0) +
      i32x4.extract_lane(sums, 1) +
      i32x4.extract_lane(sums, 2) +
      i32x4.extract_lane(sums, 3))
  );
  v128.store(place.scattered, maxima);
  let largest: u32 = 0;
  for (let lane: usize = 0; lane < 16; lane += 2) largest = max<u32>(largest, load<u16>(place.scattered + lane));
  for (; k < length; k++) {
    const value = <u32>load<u16>(values + ((<usize>k) << 1));
    sum += value;
    largest = max<u32>(largest, value);
  }
  const lane = (<usize>r) << 4;
  v128.store(place.rowSum + lane, i32x4.splat(<i32>sum));
  v128.store(place.rowReciprocal + lane, f64x2.splat(sum === 0 ? 0.0 : 4294967296.0 / <f64>sum));
  const lone = sum !== 0 && sum === <u64>largest;
  anyLone = anyLone || lone;
  store<u8>(place.rowLone + r, <u8>lone);
  v128.store(place.rowStake + lane, i32x4.splat(<i32>load<i64>(at.activeStake + ((<usize>i) << 3))));
  v128.store(place.rowShare + lane, i32x4.splat(<i32>load<i64>(at.shares + ((<usize>i) << 3))));
}

function takeBonds(r: i32, i: i32): bool {
  const start = load<u32>(at.bondOffsets + ((<usize>i) << 2));
  const length = load<u32>(at.bondOffsets + ((<usize>i) << 2), 4) - start;
  const columns = at.bondColumns + ((<usize>start) << 1);
  store<u32>(place.rowBondColumns + ((<usize>r) << 2), <u32>columns);
  store<u32>(place.rowBondValues + ((<usize>r) << 2), <u32>(at.bondValues + ((<usize>start) << 1)));
  store<u32>(place.rowBondsLeft + ((<usize>r) << 2), length);
  bonds += length;
  return (load<u8>(at.rowOrder + i) & BONDS_ASCEND) !== 0;
}

/** Where a column stands in a row, -1 = nowhere. */
function indexOf(columns: usize, length: i32, column: i32): i32 {
  const at = firstFrom(columns, length, column);
  return at < length && <i32>load<u16>(columns + ((<usize>at) << 1)) === column ? at : -1;
}

/** How many entries of a row stand before a column. */
function firstFrom(columns: usize, length: i32, column: i32): i32 {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (<i32>load<u16>(columns + ((<usize>middle) << 1)) < column) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Moves every row on to its first entries at a column of the tiles or after it. */
export function seek(column: i32): void {
  for (let r = 0; r < count; r++) {
    seekIn(r, column, place.rowWeightColumns, place.rowWeightValues, place.rowWeightsLeft);
    seekIn(r, column, place.rowBondColumns, place.rowBondValues, place.rowBondsLeft);
  }
}

function seekIn(r: i32, column: i32, columnsOf: usize, valuesOf: usize, leftOf: usize): void {
  const slot = (<usize>r) << 2;
  const left = load<i32>(leftOf + slot);
  const skipped = firstFrom(<usize>load<u32>(columnsOf + slot), left, column);
  store<i32>(leftOf + slot, left - skipped);
  store<u32>(columnsOf + slot, load<u32>(columnsOf + slot) + ((<u32>skipped) << 1));
  store<u32>(valuesOf + slot, load<u32>(valuesOf + slot) + ((<u32>skipped) << 1));
}

/** Entries of a row that were passed since its regions were laid out. */
export function passed(r: i32): u32 {
  const slot = (<usize>r) << 2;
  return (
    load<u32>(place.rowEntries + slot) - load<u32>(place.rowWeightsLeft + slot) - load<u32>(place.rowBondsLeft + slot)
  );
}
