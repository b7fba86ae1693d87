/**
 * Place: where the arrays of tiles and columns lie, within the scratch that the general stages would use.
 * Room   assembly (numeric core)
 * Layout arrays by row and by column first; then what depends on the number of rows that take part. An epoch goes this way
 *        only if all of it fits. The arrays of a group hold four columns: a v128 for each of its slots
 */
import * as at from '../layout';
import { OPEN_BYTES } from './open';

/** Columns of a tile, and of a group. */
export const TILE: i32 = 32;
export const GROUP: i32 = 4;
const GROUPS: i32 = TILE / GROUP;

// by row (n at most): u32, then u8, then v128
export let rowUid: usize = 0;
export let rowWeightColumns: usize = 0;
export let rowWeightValues: usize = 0;
export let rowWeightsLeft: usize = 0;
export let rowBondColumns: usize = 0;
export let rowBondValues: usize = 0;
export let rowBondsLeft: usize = 0;
/** Weights and bonds together, and where they are stored. */
export let rowEntries: usize = 0;
export let rowStart: usize = 0;
export let rowEnd: usize = 0;
export let rowOf: usize = 0;
export let rowTaken: usize = 0;
export let rowLone: usize = 0;
export let rowSum: usize = 0;
export let rowReciprocal: usize = 0;
export let rowStake: usize = 0;
export let rowShare: usize = 0;
/** Sums of a row, a pair of i64; one more pair before the first, for slots of no row. */
export let rowTrust: usize = 0;
export let rowDividend: usize = 0;

// by column, padded to whole tiles
export let columnOf: usize = 0;
export let columnCells: usize = 0;
export let columnLast: usize = 0;
/** Of each uid, the column of the tiles that it is. */
export let tileColumn: usize = 0;
export let keptBondColumns: usize = 0;
export let incentives: usize = 0;
/** Pairs (row, column) of columns that a single row holds. */
export let holders: usize = 0;

// entries without masked ones; columns moved together; one scattered row; divisors and ranks of four columns
export let copyColumns: usize = 0;
export let copyValues: usize = 0;
export let moved: usize = 0;
export let scattered: usize = 0;
/** Pairs whose bond is open under liquid alpha (open.ts). */
export let open: usize = 0;
export let divisor: usize = 0;
export let otherDivisor: usize = 0;
/** By lane of the group at hand: rank and consensus (i64), the slot that holds all of the column (i32). */
export let rank: usize = 0;
export let median: usize = 0;
export let holder: usize = 0;
/** Between which two the medians lie. */
export let low: usize = 0;
export let high: usize = 0;

// one tile: groups one after the other, in each a v128 (weights), 8 bytes (bonds, stored) or 1 byte (present) a row
export let tileWeights: usize = 0;
export let tileBonds: usize = 0;
export let tilePresent: usize = 0;
export let tileBondsOut: usize = 0;
export let tileStored: usize = 0;

// all tiles, one after the other
export let shares: usize = 0;

/** Raw rank by uid, i64: where the incentives come, unless several instances share an epoch. */
export let ranks: usize = 0;

export function setRanks(where: usize): void {
  ranks = where;
}

export function setShares(where: usize): void {
  shares = where;
}

// entries by column (cells.ts): by uid the first and the next cell of its column; 8 bytes a cell; 32 a row; one group
export let columnFirst: usize = 0;
export let columnNext: usize = 0;
export let cells: usize = 0;
export let rowTable: usize = 0;
export let cellWeights: usize = 0;
export let cellShares: usize = 0;
export let cellStakes: usize = 0;
export let cellClipped: usize = 0;
export let cellBonds: usize = 0;
export let cellPresent: usize = 0;
export let cellBondsOut: usize = 0;
export let cellSharesOut: usize = 0;
export let cellStored: usize = 0;

let top: usize = 0;
/** Where the tiles or cells begin. */
let rowsEnd: usize = 0;

function take(bytes: usize): usize {
  const start = top;
  top = (top + bytes + 15) & ~15;
  return start;
}

/** Columns of n, padded to whole tiles. */
export function padded(n: i32): i32 {
  return (n + TILE - 1) & ~(TILE - 1);
}

/** Bytes between the groups of a tile that has so many rows: v128 a row. */
export function groupBytes(rows: i32): usize {
  return (<usize>rows) << 4;
}

/** Bytes of one tile's shares. */
export function tileBytes(rows: i32): usize {
  return <usize>rows * TILE * 4;
}

/** Cells of tiles for each that is filled, at most, in quarters: sparser subnets are faster by their entries (measured). */
export const SPARSEST_QUARTERS: u64 = 7;
/** So many cells are always there, so that tiles can be tried on any small subnet. */
const FEW_CELLS: u64 = 32_768;

/** Bytes that an epoch by lanes needs at most, by tiles or by cells, for so many rows with entries. */
export function laneBytes(n: u64, rows: u64, weights: u64, bonds: u64): u64 {
  const slots = (weights + bonds) / 4 + rows + 1; // a group is no longer than all but the longest of the one before
  return max<u64>(tileBytesOf(n, rows, weights, bonds), rowBytes(n, weights, bonds) + cellsBytes(n, rows, slots, rows));
}

/** The same where every row takes part: then a subnet that is dense at a glance goes by tiles. */
export function usualLaneBytes(n: u64, rows: u64, weights: u64, bonds: u64): u64 {
  const dense = max<u64>(weights, bonds) * SPARSEST_QUARTERS >= 4 * rows * <u64>padded(<i32>n);
  return dense ? tileBytesOf(n, rows, weights, bonds) : laneBytes(n, rows, weights, bonds);
}

function tileBytesOf(n: u64, rows: u64, weights: u64, bonds: u64): u64 {
  const most = max<u64>(((weights + bonds) * SPARSEST_QUARTERS) / 4, FEW_CELLS);
  return rowBytes(n, weights, bonds) + tilesBytes(rows, min<u64>(rows * <u64>padded(<i32>n), most));
}

/** Bytes by row and column, and of copies of so many entries. */
function rowBytes(n: u64, weights: u64, bonds: u64): u64 {
  const columns = <u64>padded(<i32>n);
  const byRow = n * (11 * 4 + 2 + 6 * 16) + columns * (2 + 4 + 4 + 2 + 2 + 4 + 8);
  return byRow + weights * 4 + (weights + bonds) * 2 + 1024 + OPEN_BYTES;
}

/** Bytes of the tiles of so many rows, with so many cells in all. */
function tilesBytes(rows: u64, cells: u64): u64 {
  return rows * (TILE * 13) + cells * 4 + 128;
}

/** Bytes of so many slots of four cells each, of the longest column, and of what cells need by row and column. */
function cellsBytes(n: u64, rows: u64, slots: u64, longest: u64): u64 {
  return n * 8 + (rows + 1) * 32 + slots * 32 + longest * 128 + 512;
}

/** Lays out what does not depend on the rows. Gives false if it does not fit. */
export function placeRows(n: i32): bool {
  const weights = load<u32>(at.weightOffsets + ((<usize>n) << 2));
  const bonds = load<u32>(at.bondOffsets + ((<usize>n) << 2));
  if (rowBytes(n, weights, bonds) > <u64>(at.scratchEnd - at.scratchStart)) return false;
  const count = <usize>n;
  const columns = <usize>padded(n);
  top = at.scratchStart;
  rowUid = take(count << 2);
  rowWeightColumns = take(count << 2);
  rowWeightValues = take(count << 2);
  rowWeightsLeft = take(count << 2);
  rowBondColumns = take(count << 2);
  rowBondValues = take(count << 2);
  rowBondsLeft = take(count << 2);
  rowEntries = take(count << 2);
  rowStart = take(count << 2);
  rowEnd = take(count << 2);
  rowOf = take(count << 2);
  rowTaken = take(count);
  rowLone = take(count);
  rowSum = take(count << 4);
  rowReciprocal = take(count << 4);
  rowStake = take(count << 4);
  rowShare = take(count << 4);
  rowTrust = take((count + 1) << 4) + 16;
  rowDividend = take((count + 1) << 4) + 16;
  columnOf = take(columns << 1);
  columnCells = take(columns << 2);
  columnLast = take(columns << 2);
  tileColumn = take(columns << 1);
  keptBondColumns = take(columns << 1);
  incentives = take(columns << 2);
  holders = take(columns << 3);
  copyColumns = take((<usize>weights) << 1);
  copyValues = take((<usize>weights) << 1);
  moved = take((<usize>weights + <usize>bonds) << 1);
  scattered = take(64);
  open = take(OPEN_BYTES);
  divisor = take(128);
  otherDivisor = take(128);
  rank = take(32);
  median = take(32);
  holder = take(16);
  low = take(16);
  high = take(16);
  rowsEnd = top;
  return true;
}

/** Lays out the tiles of so many rows and columns. Gives false if they do not fit. */
export function placeTiles(rows: i32, columns: i32): bool {
  top = rowsEnd;
  if (tilesBytes(rows, <u64>rows * <u64>padded(columns)) > <u64>(at.scratchEnd - top)) return false;
  tileWeights = take(tileBytes(rows));
  tileBonds = take(tileBytes(rows) >> 1);
  tilePresent = take(<usize>rows * GROUPS);
  tileBondsOut = take(tileBytes(rows));
  tileStored = take(tileBytes(rows) >> 1);
  shares = take(<usize>rows * <usize>padded(columns) * 4);
  return true;
}

/** Lays out the cells of columns. Gives false if they do not fit. */
export function placeCells(n: i32, rows: i32, slots: u32, longest: u32): bool {
  top = rowsEnd;
  if (cellsBytes(n, rows, slots, longest) > <u64>(at.scratchEnd - top)) return false;
  columnFirst = take((<usize>n) << 2);
  columnNext = take((<usize>n) << 2);
  rowTable = take((<usize>rows + 1) << 5) + 32;
  cells = take((<usize>slots) << 5);
  const length = (<usize>longest) << 4;
  cellWeights = take(length);
  cellShares = take(length);
  cellStakes = take(length);
  cellClipped = take(length);
  cellBondsOut = take(length);
  cellSharesOut = take(length);
  cellBonds = take(length >> 1);
  cellStored = take(length >> 1);
  cellPresent = take(<usize>longest);
  return true;
}
