/**
 * Ways: an epoch by lanes, four columns at a time, where its values fit them: through tiles if its rows are dense, through
 * cells if they are sparse.
 * Room   assembly (numeric core)
 * Spec   docs/spec/yuma-epoch.md 6 to 9
 * Takes  what ../epoch.ts has made of stake and permits; leaves consensus, trust, incentive, dividends and stored bonds
 * Exact  only inputs whose every value fits the lanes come here (see `valuesFit`); all others take the general stages,
 *        with the same results
 */

import { anyNonZero, Fixed, normalize, ONE } from '../fixed';
import * as at from '../layout';
import { slope } from '../liquid';
import * as p from '../params';
import { smoothingClamped } from '../smoothing';
import { setPenalty } from './bonds';
import { collectCells } from './cells';
import { anyFullRow, columns, countCells, filled, takeAll, takeUsed } from './columns';
import { storeDividends } from './dividends';
import { closeRows } from './emit';
import * as liquid from './liquid';
import * as place from './place';
import * as rows from './rows';
import { makeTable } from './sigmoid';
import { allCells, sumCells } from './sparse';
import { alpha, setAlpha } from './stages';
import { allTiles, sumTiles } from './tile';

/** Which way an epoch takes: the one that suits its shape, or, for tests, one wherever it can. */
export const ANY: i32 = 0;
export const TILES: i32 = 1;
export const GENERAL: i32 = 2;
export const CELLS: i32 = 3;

/** How it went: not by lanes, since values or order do not fit; by tiles; by cells; not at all, for want of scratch. */
export const UNFIT: i32 = 0;
export const TILED: i32 = 1;
export const CELLED: i32 = 2;
export const NO_ROOM: i32 = 3;

/** Runs the epoch by lanes if it can be. Shares of the voters must be there. */
export function lanes(n: i32, way: i32): i32 {
  if (!valuesFit(n)) return UNFIT;
  if (!place.placeRows(n)) return NO_ROOM;
  const constant = startStages();
  let went = allColumns(n, way);
  if (went === UNFIT || went === NO_ROOM) return went;
  // No median at all: the chain takes the constant instead (9.4 a).
  if (alpha < 0 && !anyNonZero(at.consensus, n)) {
    if (!constantFits(constant)) return UNFIT;
    setAlpha(constant);
    went = allColumns(n, way);
  }
  storeTrust(n);
  normalize(at.incentive, n, at.incentive);
  if (went === TILED) sumTiles();
  else sumCells();
  storeDividends(n, p.yuma3);
  closeRows(n);
  return went;
}

/** Rows and columns of a dense epoch. Gives false if tiles do not suit it, or if there are no entries. */
export function collectTiles(n: i32, way: i32): bool {
  if (!valuesFit(n) || !place.placeRows(n)) return false;
  startStages();
  if (!rows.collectRows(n)) return false;
  if (anyFullRow(n) && suitTiles(n, max(rows.weights, rows.bonds), way)) takeAll(n);
  else {
    const used = countCells(n);
    if (!suitTiles(used, filled, way)) return false;
    takeUsed(n);
  }
  return columns > 0 && place.placeTiles(rows.count, columns);
}

/** Makes ready the parameters of the stages; gives the constant of the average, in force or not. */
function startStages(): i64 {
  setPenalty(Fixed.prop(p.bondsPenalty));
  const constant = smoothingClamped(p.bondsMovingAverage);
  setAlpha(constant);
  if (p.yuma3 && p.liquidAlpha) {
    startSigmoid();
    liquid.startLiquid(slope(p.steepness), Fixed.prop(p.alphaLow), Fixed.prop(p.alphaHigh));
    setAlpha(-1);
  }
  return constant;
}

/** The table of the sigmoid is made once by each instance, at its first epoch that needs it. */
function startSigmoid(): void {
  if (sigmoidReady) return;
  makeTable(at.sigmoidTable);
  sigmoidReady = true;
}

let sigmoidReady: bool = false;

/** All stages up to the bonds, on all columns. */
function allColumns(n: i32, way: i32): i32 {
  if (!rows.collectRows(n)) return UNFIT;
  place.setRanks(at.incentive);
  memory.fill(at.consensus, 0, (<usize>n) << 3);
  memory.fill(at.incentive, 0, (<usize>n) << 3);
  if (way !== CELLS && anyFullRow(n) && suitTiles(n, max(rows.weights, rows.bonds), way)) {
    takeAll(n);
    return byTiles(n, way);
  }
  const used = countCells(n);
  if (way === TILES || (way === ANY && suitTiles(used, filled, way))) {
    takeUsed(n);
    return byTiles(n, way);
  }
  if (!collectCells(n)) return NO_ROOM;
  allCells(n, rows.voting + rows.silentVoters);
  return CELLED;
}

function byTiles(n: i32, way: i32): i32 {
  if (!place.placeTiles(rows.count, columns)) return way === TILES ? UNFIT : NO_ROOM;
  allTiles(n);
  return TILED;
}

/** Whether tiles of so many columns, of which so many cells are filled, are not too empty. */
function suitTiles(columns: i32, filled: u32, way: i32): bool {
  const cells = <u64>rows.count * <u64>place.padded(columns);
  return way === TILES || 4 * cells <= place.SPARSEST_QUARTERS * <u64>filled;
}

/**
 * Stakes and shares below 2^32, bounds of liquid alpha in their order, and, where it is needed, a constant of the average
 * that fits.
 */
function valuesFit(n: i32): bool {
  if (p.yuma3 && p.liquidAlpha) {
    if (p.alphaLow > p.alphaHigh) return false;
  } else if (!constantFits(smoothingClamped(p.bondsMovingAverage))) return false;
  for (let i = 0; i < n; i++) {
    const stake = load<i64>(at.activeStake + ((<usize>i) << 3));
    if (stake < 0 || stake >= ONE || load<i64>(at.shares + ((<usize>i) << 3)) >= ONE) return false;
  }
  return true;
}

/** The trust of all uids from the sums of the rows. */
export function storeTrust(n: i32): void {
  memory.fill(at.trust, 0, (<usize>n) << 3);
  for (let r = 0; r < rows.weighing; r++) {
    const trust = place.rowTrust + ((<usize>r) << 4);
    const uid = load<u32>(place.rowUid + ((<usize>r) << 2));
    store<i64>(at.trust + ((<usize>uid) << 3), load<i64>(trust) + load<i64>(trust, 8));
  }
}

/** Strictly between 0 and 1: then it and its complement fit lanes, and so does an average. */
function constantFits(constant: i64): bool {
  return constant > 0 && constant < ONE;
}
