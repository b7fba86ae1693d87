/**
 * Tile: an epoch from the weights to the dividends, 32 columns at a time while they are in the cache.
 * Room   assembly (numeric core)
 * Spec   docs/spec/yuma-epoch.md 6 to 9
 * Takes  what ../epoch.ts has made of stake and permits; leaves consensus, trust, incentive, dividends and stored bonds
 * Exact  only inputs whose every value fits the lanes come here (see `fits`); all others take the general stages, with the
 *        same results
 */

import { anyNonZero, Fixed, normalize, ONE } from '../fixed';
import * as at from '../layout';
import { slope } from '../liquid';
import * as p from '../params';
import { smoothingClamped } from '../smoothing';
import { setPenalty } from './bonds';
import { collectColumns, columns } from './columns';
import { clipAndRank, medians } from './consensus';
import { dividends } from './dividends';
import { closeRows, emitTile, startRegions } from './emit';
import { gatherBonds, gatherWeights, ROW32, TILE } from './gather';
import * as liquid from './liquid';
import * as place from './place';
import * as rows from './rows';
import { makeTable } from './sigmoid';
import { addHolder, startHolders, wideConsensus, wideYuma2, wideYuma3 } from './wide';
import { yuma2 } from './yuma2';
import * as yuma3 from './yuma3';

/** Cells of the tiles for each entry, at most: sparser subnets are faster entry by entry. */
const SPARSEST: u64 = 6;

/** The constant of the average; under liquid alpha -1, each pair having its own. */
let alpha: i64 = 0;

/** Runs the epoch by tiles if it can be; gives whether it was. Shares of the voters must be there. */
export function tiles(n: i32, howeverSparse: bool): bool {
  if (!fits(n, howeverSparse)) return false;
  setPenalty(Fixed.prop(p.bondsPenalty));
  const fixed = alpha;
  if (p.yuma3 && p.liquidAlpha) {
    startSigmoid();
    liquid.startLiquid(slope(p.steepness), Fixed.prop(p.alphaLow), Fixed.prop(p.alphaHigh));
    alpha = -1;
  }
  allTiles(n);
  if (alpha < 0 && !anyNonZero(at.consensus, n)) {
    // No median at all: the chain takes the constant instead (9.4 a).
    alpha = fixed;
    rows.collectRows(n);
    collectColumns(n);
    allTiles(n);
  }
  storeTrust(n);
  normalize(at.incentive, n, at.incentive);
  dividends(n, columns, p.yuma3);
  closeRows(n);
  return true;
}

/** Every tile in turn, from the start of the rows. */
function allTiles(n: i32): void {
  startRegions();
  startHolders();
  memory.fill(place.rowTrust, 0, (<usize>rows.count) << 4);
  memory.fill(at.consensus, 0, (<usize>n) << 3);
  memory.fill(at.incentive, 0, (<usize>n) << 3);
  const tileBytes = (<usize>rows.count) << ROW32;
  let shares = place.shares;
  for (let first = 0; first < columns; first += TILE) {
    tile(first, shares);
    emitTile(first);
    shares += tileBytes;
  }
}

/** The table of the sigmoid is made once, at the first epoch that needs it. */
function startSigmoid(): void {
  if (sigmoidReady) return;
  makeTable(at.sigmoidTable);
  sigmoidReady = true;
}

let sigmoidReady: bool = false;

/**
 * Stakes and shares below 2^32, a smoothing constant strictly between 0 and 1, bounds of liquid alpha in their order, rows
 * in ascending columns, and not so sparse that most of a tile would be empty.
 */
function fits(n: i32, howeverSparse: bool): bool {
  if (p.yuma3 && p.liquidAlpha && p.alphaLow > p.alphaHigh) return false;
  alpha = smoothingClamped(p.bondsMovingAverage);
  if (alpha <= 0 || alpha >= ONE) return false;
  for (let i = 0; i < n; i++) {
    const stake = load<i64>(at.activeStake + ((<usize>i) << 3));
    if (stake < 0 || stake >= ONE || load<i64>(at.shares + ((<usize>i) << 3)) >= ONE) return false;
  }
  if (!place.placeRows(n) || !rows.collectRows(n)) return false;
  collectColumns(n);
  const cells = <u64>rows.count * <u64>place.padded(columns);
  if (!howeverSparse && cells > SPARSEST * <u64>rows.entries) return false;
  return place.placeTiles(rows.count, columns);
}

/** All stages on columns first .. first + 31, four at a time. */
function tile(first: i32, shares: usize): void {
  const kappa = Fixed.prop(p.kappa);
  let wide = gatherWeights(first);
  gatherBonds(first);
  for (let k = 0; k < TILE; k += 4) {
    const group = (<usize>k) << 2;
    const consensus = medians(group, kappa);
    clipAndRank(group, consensus, place.rank);
    storeColumns(first + k, wide >> k, k, v128.xor(consensus, i32x4.splat(i32.MIN_VALUE)));
    if (p.yuma3) {
      if (alpha < 0) wide |= (<u32>liquid.average(group, k, consensus)) << k;
      else yuma3.average(group, consensus, <u32>alpha, <u32>(ONE - alpha));
      const held = yuma3.share(group, shares);
      noteHolders(first, k, <u32>held & ~(wide >> k));
    } else wide |= (<u32>yuma2(group, consensus, <u32>alpha, <u32>(ONE - alpha), shares)) << k;
  }
  while (wide !== 0) {
    const k = <i32>ctz(wide);
    wide &= wide - 1;
    if (first + k >= columns) continue;
    const consensus = load<i64>(at.consensus + slotOf(first + k));
    if (p.yuma3) wideYuma3(k, first + k, consensus, alpha, shares, at.dense);
    else wideYuma2(k, first + k, consensus, alpha, shares, at.dense, at.denseOther);
  }
}

/** Consensus and rank of four columns; those with a weight of 2^32 (bits of `wide`) are done again first. */
function storeColumns(column: i32, wide: u32, k: i32, consensus: v128): void {
  v128.store(place.divisor, consensus);
  for (let lane = 0; lane < 4 && column + lane < columns; lane++) {
    const word = load<u32>(place.divisor + ((<usize>lane) << 2));
    const rank = place.rank + ((<usize>lane) << 3);
    const raw: i64 = (wide >> lane) & 1 ? wideConsensus(k + lane, word, rank) : <i64>word;
    store<i64>(at.consensus + slotOf(column + lane), raw);
    store<i64>(at.incentive + slotOf(column + lane), load<i64>(rank));
  }
}

/** Where a column of the tiles stands in a vector by uid, i64. */
function slotOf(column: i32): usize {
  return (<usize>load<u16>(place.columnOf + ((<usize>column) << 1))) << 3;
}

/** Notes the row that holds each of these columns. */
function noteHolders(first: i32, k: i32, held: u32): void {
  for (let lane = 0; lane < 4; lane++) {
    if (((held >> lane) & 1) === 0) continue;
    for (let r = 0; r < rows.count; r++) {
      const bond = place.tileBondsOut + ((<usize>r) << ROW32) + ((<usize>(k + lane)) << 2);
      if (load<u32>(bond) !== 0) addHolder(r, first + k + lane);
    }
  }
}

function storeTrust(n: i32): void {
  memory.fill(at.trust, 0, (<usize>n) << 3);
  for (let r = 0; r < rows.weighing; r++) {
    const trust = place.rowTrust + ((<usize>r) << 4);
    const uid = load<u32>(place.rowUid + ((<usize>r) << 2));
    store<i64>(at.trust + ((<usize>uid) << 3), load<i64>(trust) + load<i64>(trust, 8));
  }
}
