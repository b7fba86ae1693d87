/**
 * Tile: an epoch of dense rows, from the weights to the dividends, 32 columns at a time while they are in the cache.
 * Room   assembly (numeric core)
 * Spec   docs/spec/yuma-epoch.md 6 to 9
 * Takes  rows and columns as collected; leaves consensus, ranks, the sums of trust and dividends by row, stored bonds
 */

import * as at from '../layout';
import { columns } from './columns';
import { addHeld, addHolder, addTiles, addWhole, laneIncentives, startHolders } from './dividends';
import { emitTile, startRegions } from './emit';
import { gatherBonds, gatherWeights } from './gather';
import * as group from './group';
import * as place from './place';
import { GROUP, groupBytes, TILE, tileBytes } from './place';
import * as rows from './rows';
import { alpha, consensusOf, holderOf, rankOf, stagesOfRows } from './stages';
import { clipsToOne } from './wide';

/** All tiles, from the start of the rows. */
export function allTiles(n: i32): void {
  startRegions(n);
  startHolders();
  startTiles();
  const tiles = tileCount();
  for (let t = 0; t < tiles; t++) tile(t);
}

export function tileCount(): i32 {
  return place.padded(columns) / TILE;
}

/** What all groups share: the rows are their slots. */
export function startTiles(): void {
  memory.fill(place.rowTrust, 0, (<usize>rows.count) << 4);
  group.setSlots(rows.voting, rows.weighing, rows.count);
  group.setStakes(place.rowStake, place.rowShare);
}

/** All stages on the columns of tile t, four at a time. The rows must stand there. */
export function tile(t: i32): void {
  const first = t * TILE;
  const step = groupBytes(rows.count);
  const shares = place.shares + <usize>t * tileBytes(rows.count);
  const wide = gatherWeights(first, alpha < 0);
  gatherBonds(first);
  for (let k = 0; k < TILE; k += GROUP) {
    const g = <usize>(k / GROUP);
    group.setInputs(
      place.tileWeights + g * step,
      place.tileBonds + g * (step >> 1),
      place.tilePresent + g * <usize>rows.count,
    );
    group.setResults(place.tileBondsOut + g * step, place.tileStored + g * (step >> 1), shares + g * step);
    const lanes = <i32>(wide >> k) & 15;
    stagesOfRows(lanes);
    storeColumns(first + k);
    for (let left = lanes; left !== 0; left &= left - 1) correctTrust(<usize>ctz(left));
  }
  emitTile(first);
}

/** Consensus and rank of four columns, and who holds all of one. */
function storeColumns(column: i32): void {
  const some = min(columns - column, GROUP);
  for (let lane = 0; lane < some; lane++) {
    const uid = load<u16>(place.columnOf + ((<usize>(column + lane)) << 1));
    store<i64>(at.consensus + ((<usize>uid) << 3), consensusOf(lane));
    store<i64>(place.ranks + ((<usize>uid) << 3), rankOf(lane));
    const holder = holderOf(lane);
    if (holder >= 0) addHolder(holder, uid);
  }
}

/** The lanes added 2^32 - 1 to the trust for a clipped weight of 2^32. */
function correctTrust(lane: usize): void {
  const consensus = consensusOf(lane);
  for (let r = 0; r < rows.weighing; r++) {
    if (!clipsToOne(r, lane, consensus)) continue;
    const trust = place.rowTrust + ((<usize>r) << 4);
    store<i64>(trust, load<i64>(trust) + 1);
  }
}

/** The sums of the dividends of all rows; incentives must be final. */
export function sumTiles(): void {
  memory.fill(place.rowDividend, 0, (<usize>rows.count) << 4);
  const whole = laneIncentives(columns);
  addTiles(0, tileCount());
  if (whole >= 0) addWhole(whole);
  addHeld();
}
