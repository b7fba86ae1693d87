/**
 * Epoch: the stages in their order, from the inputs in memory to the outputs in memory.
 * Room   assembly (numeric core). Also in src/epoch/reference/epoch.ts
 * Spec   docs/spec/yuma-epoch.md, all of it; the order is that of its sections
 */

import { active } from './active';
import { clip } from './clip';
import { columnMaxima, columnSums, divideColumns } from './columns';
import { consensus, overflowed, votingShares } from './consensus';
import { ema } from './ema';
import { emission } from './emission';
import { anyNonZero, Fixed, ONE } from './fixed';
import { horizon, keepBonds } from './horizon';
import { incentive } from './incentive';
import * as at from './layout';
import { liquid } from './liquid';
import * as p from './params';
import { penalty } from './penalty';
import { permits, permitsInForce } from './permits';
import { storeBonds, storeScores } from './results';
import { smoothingClamped, smoothingWrapped } from './smoothing';
import { activeStake, stake } from './stake';
import * as ways from './tile/ways';
import { weights } from './weights';
import { yuma2Bought, yuma2ClampSums, yuma2Dividends } from './yuma2';
import { yuma3Dividends } from './yuma3';

/** The rows that bonds are made from: the masked weights, the clipped ones, or those between. */
let forBondsOffsets: usize = 0;
let forBondsColumns: usize = 0;
let forBondsValues: usize = 0;

/** Which way epochs are to take (tile/ways.ts), and which the last one took. */
export let way: i32 = ways.ANY;
export let went: i32 = ways.UNFIT;

export function setWay(chosen: i32): void {
  way = chosen;
}

/** Runs the epoch; gives false if the scratch is too small for the way it takes. */
export function epoch(): bool {
  const n = at.neurons;
  prepareStake(n);
  went = ASC_FEATURE_SIMD && way !== ways.GENERAL && !overflowed ? ways.lanes(n, way) : ways.UNFIT;
  if (went === ways.NO_ROOM || (went === ways.UNFIT && !at.placeGeneral())) return false;
  if (went === ways.UNFIT) entryByEntry(n);
  payOut(n);
  return true;
}

/** Stake, permits and the shares of the voters. */
export function prepareStake(n: i32): void {
  active(n, at.lastUpdate, p.activityCutoff, p.currentBlock, at.activeOut);
  stake(n, at.stakeIn, p.minStake, p.owner, at.stake, at.wholeStake);
  permits(n, at.stake, <i32>p.maxValidators, p.owner, at.newPermit);
  permitsInForce(n, at.oldPermit, <i32>p.permitLength, p.owner, at.permit);
  activeStake(n, at.stake, at.activeOut, at.permit, p.permitLength > 0, at.activeStake);
  votingShares(n, at.activeStake, at.shares);
}

/** Amounts and scores, from incentive and dividends. */
export function payOut(n: i32): void {
  emission(
    n,
    p.emission,
    at.incentive,
    at.dividends,
    at.stake,
    at.activeStake,
    at.combined,
    at.serverEmission,
    at.validatorEmission,
    at.combinedEmission,
  );
  storeScores(n);
}

/** The stages from weights to bonds for any input, whatever its order, values and shape. */
function entryByEntry(n: i32): void {
  memory.fill(at.dense, 0, (<usize>n) << 3);
  memory.fill(at.denseOther, 0, (<usize>n) << 3);
  memory.fill(at.denseThird, 0, (<usize>n) << 3);
  weights(
    n,
    at.weightOffsets,
    at.weightColumns,
    at.weightValues,
    at.permit,
    at.lastUpdate,
    at.registeredAt,
    at.commitBlock,
    p.commitReveal,
    p.owner,
    at.keptOffsets,
    at.keptColumns,
    at.keptValues,
  );
  consensus(
    n,
    at.keptOffsets,
    at.keptColumns,
    at.keptValues,
    at.activeStake,
    p.kappa,
    at.shares,
    at.ballotStarts,
    at.ballotEnds,
    at.ballotRows,
    at.ballotValues,
    at.ballotShares,
    at.columnSums,
    at.consensus,
  );
  clip(
    n,
    at.keptOffsets,
    at.keptColumns,
    at.keptValues,
    at.consensus,
    at.clippedOffsets,
    at.clippedColumns,
    at.clippedValues,
    at.trust,
  );
  incentive(n, at.clippedOffsets, at.clippedColumns, at.clippedValues, at.activeStake, at.incentive);
  weightsForBonds(n);
  keepBonds(
    n,
    at.bondOffsets,
    at.bondColumns,
    at.bondValues,
    horizon(p.currentBlock, p.tempo, p.lastStep),
    at.registeredAt,
    p.yuma3,
    at.oldOffsets,
    at.oldColumns,
    at.oldValues,
  );
  if (p.yuma3) yuma3(n);
  else yuma2(n);
  storeBonds(n);
}

function weightsForBonds(n: i32): void {
  const ratio = Fixed.prop(p.bondsPenalty);
  if (ratio === 0) {
    forBondsOffsets = at.keptOffsets;
    forBondsColumns = at.keptColumns;
    forBondsValues = at.keptValues;
  } else if (ratio === ONE) {
    forBondsOffsets = at.clippedOffsets;
    forBondsColumns = at.clippedColumns;
    forBondsValues = at.clippedValues;
  } else {
    forBondsOffsets = at.penaltyOffsets;
    forBondsColumns = at.penaltyColumns;
    forBondsValues = at.penaltyValues;
    penalty(
      n,
      ratio,
      at.keptOffsets,
      at.keptColumns,
      at.keptValues,
      at.clippedOffsets,
      at.clippedColumns,
      at.clippedValues,
      at.dense,
      at.denseOther,
      forBondsOffsets,
      forBondsColumns,
      forBondsValues,
    );
  }
}

function average(n: i32, alpha: i64): void {
  ema(
    n,
    alpha,
    forBondsOffsets,
    forBondsColumns,
    forBondsValues,
    at.oldOffsets,
    at.oldColumns,
    at.oldValues,
    at.dense,
    at.emaOffsets,
    at.emaColumns,
    at.emaValues,
  );
}

function yuma3(n: i32): void {
  if (p.liquidAlpha && anyNonZero(at.consensus, n)) {
    liquid(
      n,
      at.consensus,
      p.steepness,
      Fixed.prop(p.alphaLow),
      Fixed.prop(p.alphaHigh),
      forBondsOffsets,
      forBondsColumns,
      forBondsValues,
      at.oldOffsets,
      at.oldColumns,
      at.oldValues,
      at.dense,
      at.denseOther,
      at.denseThird,
      at.emaOffsets,
      at.emaColumns,
      at.emaValues,
    );
  } else average(n, smoothingWrapped(p.bondsMovingAverage));
  yuma3Dividends(
    n,
    at.emaOffsets,
    at.emaColumns,
    at.emaValues,
    at.incentive,
    at.activeStake,
    at.columnSums,
    at.inverse,
    at.dividends,
  );
}

function yuma2(n: i32): void {
  columnSums(n, at.oldOffsets, at.oldColumns, at.oldValues, at.columnSums);
  yuma2ClampSums(n, at.columnSums);
  divideColumns(n, at.oldOffsets, at.oldColumns, at.oldValues, at.columnSums, at.inverse);
  yuma2Bought(n, forBondsOffsets, forBondsValues, at.activeStake);
  overColumnSums(n, forBondsOffsets, forBondsColumns, forBondsValues);
  average(n, smoothingClamped(p.bondsMovingAverage));
  overColumnSums(n, at.emaOffsets, at.emaColumns, at.emaValues);
  yuma2Dividends(n, at.emaOffsets, at.emaColumns, at.emaValues, at.incentive, at.dividends);
  columnMaxima(n, at.emaOffsets, at.emaColumns, at.emaValues, at.columnSums);
  divideColumns(n, at.emaOffsets, at.emaColumns, at.emaValues, at.columnSums, at.inverse);
}

function overColumnSums(n: i32, offsets: usize, columns: usize, values: usize): void {
  columnSums(n, offsets, columns, values, at.columnSums);
  divideColumns(n, offsets, columns, values, at.columnSums, at.inverse);
}
