/**
 * Place: where the arrays of the tiles lie, within the scratch that the general stages would use.
 * Room   assembly (numeric core)
 * Layout arrays by row and by column first; then what depends on the number of rows that take part. An epoch goes through
 *        tiles only if all of it fits
 */
import * as at from '../layout';
import { TILE } from './gather';

// by row (n at most): u32, then u8, then v128
export let rowUid: usize = 0;
export let rowWeightColumns: usize = 0;
export let rowWeightValues: usize = 0;
export let rowWeightsLeft: usize = 0;
export let rowBondColumns: usize = 0;
export let rowBondValues: usize = 0;
export let rowBondsLeft: usize = 0;
export let rowEnd: usize = 0;
export let rowOf: usize = 0;
export let rowPresent: usize = 0;
export let rowTaken: usize = 0;
export let rowLone: usize = 0;
export let rowSum: usize = 0;
export let rowReciprocal: usize = 0;
export let rowStake: usize = 0;
export let rowShare: usize = 0;
export let rowTrust: usize = 0;
export let rowDividend: usize = 0;

// by column, padded to whole tiles
export let columnOf: usize = 0;
export let columnUsed: usize = 0;
/** Of each uid, the column of the tiles that it is. */
export let tileColumn: usize = 0;
export let keptBondColumns: usize = 0;
export let incentives: usize = 0;
/** Pairs (row, column) of columns that a single row holds. */
export let holders: usize = 0;

// entries without masked ones; columns moved together; one scattered row; the divisor of four columns
export let copyColumns: usize = 0;
export let copyValues: usize = 0;
export let moved: usize = 0;
export let scattered: usize = 0;
export let divisor: usize = 0;
export let rank: usize = 0;

// one tile
export let tileWeights: usize = 0;
export let tileBonds: usize = 0;
export let tileBondsOut: usize = 0;
export let tileStored: usize = 0;
export let tileOldShares: usize = 0;

// all tiles, one after the other
export let shares: usize = 0;

let top: usize = 0;

function take(bytes: usize): usize {
  const start = top;
  top = (top + bytes + 15) & ~15;
  return start;
}

/** Columns of n, padded to whole tiles. */
export function padded(n: i32): i32 {
  return (n + TILE - 1) & ~(TILE - 1);
}

/** Lays out what does not depend on the rows. Gives false if it does not fit. */
export function placeRows(n: i32): bool {
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
  rowEnd = take(count << 2);
  rowOf = take(count << 2);
  rowPresent = take(count << 2);
  rowTaken = take(count);
  rowLone = take(count);
  rowSum = take(count << 4);
  rowReciprocal = take(count << 4);
  rowStake = take(count << 4);
  rowShare = take(count << 4);
  rowTrust = take(count << 4);
  rowDividend = take(count << 4);
  columnOf = take(columns << 1);
  columnUsed = take(columns);
  tileColumn = take(columns << 1);
  keptBondColumns = take(columns << 1);
  incentives = take(columns << 2);
  holders = take(columns << 3);
  copyColumns = take((<usize>at.weightEntries) << 1);
  copyValues = take((<usize>at.weightEntries) << 1);
  moved = take((<usize>at.weightEntries + <usize>at.bondEntries) << 1);
  scattered = take(64);
  divisor = take(128);
  rank = take(32);
  return top <= at.scratchEnd;
}

/** Lays out the tiles of so many rows and columns. Gives false if they do not fit. */
export function placeTiles(rows: i32, columns: i32): bool {
  const count = <u64>rows;
  const needed = count * (TILE * 16) + count * <u64>padded(columns) * 4 + 96;
  if (needed > <u64>(at.scratchEnd - top)) return false;
  tileWeights = take((<usize>rows * TILE) << 2);
  tileBonds = take((<usize>rows * TILE) << 1);
  tileBondsOut = take((<usize>rows * TILE) << 2);
  tileStored = take((<usize>rows * TILE) << 1);
  tileOldShares = take((<usize>rows * TILE) << 2);
  shares = take(<usize>rows * <usize>padded(columns) * 4);
  return true;
}
