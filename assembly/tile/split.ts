/**
 * Split: one dense epoch by several instances that share a memory, each on columns that it claims chunk by chunk.
 * Room   assembly (numeric core); only in the build with a shared memory
 * Spec   docs/spec/yuma-epoch.md 6 to 9; sums are exact, so it matters not which instance adds what
 * Layout every part works out stake, permits, rows and columns for itself, in its own scratch. Common to all, after 64
 *        bytes of counters that the embedder zeroes: ranks (i64 by uid), sums of trust and of dividends (i64 by part and
 *        row), where each chunk of a row's bonds was stored (two u32 by chunk and row), the tiles' shares
 * Owns   a chunk's columns of consensus, ranks, shares and stored bonds are written by the part that claims it; the parts
 *        meet between tiles and dividends, and before one of them finishes
 */

import { anyNonZero, normalize } from '../fixed';
import * as at from '../layout';
import * as p from '../params';
import { columns } from './columns';
import { addHeld, addTiles, addWhole, laneIncentives, startHolders, storeDividends } from './dividends';
import { isStored, moveDown, startRegions } from './emit';
import * as place from './place';
import { TILE } from './place';
import * as rows from './rows';
import { alpha } from './stages';
import { startTiles, tile, tileCount } from './tile';
import { collectTiles, storeTrust } from './ways';

const COUNTERS: usize = 64;
const CLAIMED_TILES: usize = 0;
const CLAIMED_DIVIDENDS: usize = 4;
const ARRIVED: usize = 8;
/** More parts than any pool has threads; the one beyond takes no share in the work. */
const MOST_PARTS: u32 = 64;
/** Chunks: enough that parts of unequal speed end together, few enough that finding a chunk costs nothing. */
const MOST_CHUNKS: i32 = 32;

let common: usize = 0;
let ranks: usize = 0;
let trusts: usize = 0;
let sums: usize = 0;
let pieces: usize = 0;
/** Which of the parts this one is, by arrival. */
let arrival: u32 = MOST_PARTS;

/** Bytes common to all parts of an epoch of n neurons and so many rows with entries. */
export function splitBytes(n: u64, most: u64): u64 {
  return (
    <u64>COUNTERS + n * 8 + most * (MOST_PARTS * 16 + MOST_CHUNKS * 8) + most * <u64>place.padded(<i32>n) * 4 + 128
  );
}

/** Where the common bytes lie. */
export function setCommon(start: usize): void {
  common = start;
}

/** Columns and bonds, as far as this part can claim them. Gives false if the epoch cannot be split. */
export function splitTiles(n: i32, bytes: u64, way: i32): bool {
  if (!collectTiles(n, way) || splitBytes(n, rows.count) > bytes) return false;
  layOut(n);
  arrival = atomic.add<u32>(common, 1, ARRIVED);
  if (arrival >= MOST_PARTS) return true;
  startRegions(n);
  startHolders();
  startTiles();
  const chunk = chunkTiles();
  for (let c = claim(CLAIMED_TILES); c * chunk < tileCount(); c = claim(CLAIMED_TILES)) {
    rows.seek(c * chunk * TILE);
    const start = pieces + <usize>c * <usize>rows.count * 8;
    for (let r = 0; r < rows.count; r++) startPiece(start + ((<usize>r) << 3), r, c * chunk * TILE);
    const last = min(tileCount(), (c + 1) * chunk);
    for (let t = c * chunk; t < last; t++) tile(t);
    for (let r = 0; r < rows.count; r++) {
      store<u32>(start + ((<usize>r) << 3), load<u32>(place.rowEnd + ((<usize>r) << 2)), 4);
    }
    if (c === 0) clearUnused(n);
  }
  storeSums(trusts, place.rowTrust);
  return true;
}

/** Dividends, as far as this part can claim them; all parts have done their tiles. */
export function splitDividends(n: i32): void {
  if (arrival >= MOST_PARTS) return;
  normalize(ranks, n, at.incentive);
  const whole = laneIncentives(columns);
  memory.fill(place.rowDividend, 0, (<usize>rows.count) << 4);
  const chunk = chunkTiles();
  for (let c = claim(CLAIMED_DIVIDENDS); c * chunk < tileCount(); c = claim(CLAIMED_DIVIDENDS)) {
    addTiles(c * chunk, min(tileCount(), (c + 1) * chunk));
    if (whole >= 0 && whole / (TILE * chunk) === c) addWhole(whole);
  }
  addHeld();
  storeSums(sums, place.rowDividend);
}

/**
 * The sums of all parts, and the stored bonds closed up. Gives false where no median is above 0 under liquid alpha: the
 * chain then takes the constant instead (9.4 a), and the epoch is to be run whole.
 */
export function splitFinish(n: i32): bool {
  if (arrival >= MOST_PARTS || (alpha < 0 && !anyNonZero(at.consensus, n))) return false;
  addSums(trusts, place.rowTrust);
  storeTrust(n);
  addSums(sums, place.rowDividend);
  storeDividends(n, p.yuma3);
  closePieces(n);
  return true;
}

function layOut(n: i32): void {
  const count = <usize>rows.count;
  ranks = common + COUNTERS;
  trusts = ranks + ((<usize>n) << 3);
  sums = trusts + count * MOST_PARTS * 8;
  pieces = sums + count * MOST_PARTS * 8;
  const shares = (pieces + count * MOST_CHUNKS * 8 + 15) & ~15;
  place.setRanks(ranks);
  place.setShares(shares);
}

function chunkTiles(): i32 {
  return (tileCount() + MOST_CHUNKS - 1) / MOST_CHUNKS;
}

function claim(counter: usize): i32 {
  return atomic.add<i32>(common + counter, 1);
}

/** A row's bonds of a chunk begin where all its entries before it would end, were none of them of one column. */
function startPiece(piece: usize, r: i32, column: i32): void {
  const start = load<u32>(place.rowStart + ((<usize>r) << 2)) + min<u32>(rows.passed(r), column);
  store<u32>(piece, start);
  store<u32>(place.rowEnd + ((<usize>r) << 2), start);
}

/** Columns without entries take part in no tile. */
function clearUnused(n: i32): void {
  let next = 0;
  for (let k = 0; k <= columns; k++) {
    const uid = k < columns ? <i32>load<u16>(place.columnOf + ((<usize>k) << 1)) : n;
    for (; next < uid; next++) {
      store<i64>(at.consensus + ((<usize>next) << 3), 0);
      store<i64>(ranks + ((<usize>next) << 3), 0);
    }
    next = uid + 1;
  }
}

/** This part's sums of the rows, pairs of i64, as one each. */
function storeSums(all: usize, pairs: usize): void {
  const out = all + <usize>arrival * <usize>rows.count * 8;
  for (let r = 0; r < rows.count; r++) {
    const pair = pairs + ((<usize>r) << 4);
    store<i64>(out + ((<usize>r) << 3), load<i64>(pair) + load<i64>(pair, 8));
  }
}

/** All parts' sums into pairs whose second is 0. */
function addSums(all: usize, pairs: usize): void {
  const parts = min(atomic.load<u32>(common, ARRIVED), MOST_PARTS);
  for (let r = 0; r < rows.count; r++) {
    let sum: i64 = 0;
    for (let part: u32 = 0; part < parts; part++) {
      sum += load<i64>(all + (<usize>part * <usize>rows.count + <usize>r) * 8);
    }
    store<i64>(pairs + ((<usize>r) << 4), sum);
    store<i64>(pairs + ((<usize>r) << 4), 0, 8);
  }
}

/** Writes the offsets and moves every row's pieces down to their place. */
function closePieces(n: i32): void {
  const chunks = (tileCount() + chunkTiles() - 1) / max(chunkTiles(), 1);
  let end: u32 = 0;
  for (let i = 0; i < n; i++) {
    store<u32>(at.bondsOutOffsets + ((<usize>i) << 2), end);
    const r = load<i32>(place.rowOf + ((<usize>i) << 2)) - 1;
    if (r < 0 || !isStored(r)) continue;
    for (let c = 0; c < chunks; c++) {
      const piece = pieces + (<usize>c * <usize>rows.count + <usize>r) * 8;
      const start = load<u32>(piece);
      const length = load<u32>(piece, 4) - start;
      moveDown(start, end, length);
      end += length;
    }
  }
  store<u32>(at.bondsOutOffsets + ((<usize>n) << 2), end);
}
