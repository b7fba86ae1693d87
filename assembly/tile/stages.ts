/**
 * Stages: everything between weights and bonds, on the group at hand.
 * Room   assembly (numeric core)
 * Spec   docs/spec/yuma-epoch.md 7, 8, 9
 * Takes  the arrays of the group (group.ts); leaves its results there, and those of its columns here
 */

import { Fixed, ONE } from '../fixed';
import * as at from '../layout';
import * as p from '../params';
import { clipAndRank, clipScattered, medians, scatteredMedians } from './consensus';
import * as group from './group';
import * as liquid from './liquid';
import * as place from './place';
import * as rows from './rows';
import { wideConsensus, wideYuma2, wideYuma3 } from './wide';
import { yuma2 } from './yuma2';
import * as yuma3 from './yuma3';

/** The constant of the average; under liquid alpha -1, each pair having its own. */
export let alpha: i64 = 0;

export function setAlpha(constant: i64): void {
  alpha = constant;
}

/** The slot that holds the whole of a column, its share exactly 2^32; -1 = none. */
export function holderOf(lane: usize): i32 {
  return load<i32>(place.holder + (lane << 2));
}

/** Raw consensus of a lane. */
export function consensusOf(lane: usize): i64 {
  return load<i64>(place.median + (lane << 3));
}

/** Raw rank of a lane. */
export function rankOf(lane: usize): i64 {
  return load<i64>(place.rank + (lane << 3));
}

/** Full rows: the same in every group. The trust of a slot is added at `rowTrust`. `wide`: lanes with a weight of 2^32. */
export function stagesOfRows(wide: i32): void {
  const consensus = medians(Fixed.prop(p.kappa), rows.silentVoters > 0);
  clipAndRank(consensus, place.rowTrust, place.rank);
  storeMedians(wide, consensus);
  bonds(wide, consensus);
}

/** Entries of single columns, out of `voters` voters. The clipped weights of the slots go to `clipped`, u32 a lane. */
export function stagesOfCells(wide: i32, voters: i32, clipped: usize): void {
  const consensus = scatteredMedians(Fixed.prop(p.kappa), voters);
  clipScattered(consensus, clipped, place.rank);
  storeMedians(wide, consensus);
  bonds(wide, consensus);
}

function storeMedians(wide: i32, consensus: v128): void {
  const raw = v128.xor(consensus, i32x4.splat(i32.MIN_VALUE));
  v128.store(place.median, i64x2.extend_low_i32x4_u(raw));
  v128.store(place.median, i64x2.extend_high_i32x4_u(raw), 16);
  v128.store(place.holder, i32x4.splat(-1));
  for (; wide !== 0; wide &= wide - 1) {
    const lane = <usize>ctz(wide);
    const word = <u32>load<i64>(place.median + (lane << 3));
    store<i64>(place.median + (lane << 3), wideConsensus(lane, word, place.rank + (lane << 3)));
  }
}

function bonds(wide: i32, consensus: v128): void {
  if (!p.yuma3) {
    wide |= yuma2(consensus, <u32>alpha, <u32>(ONE - alpha));
    again(wide);
    return;
  }
  if (alpha < 0) wide |= liquid.average(consensus);
  else yuma3.average(consensus, <u32>alpha, <u32>(ONE - alpha));
  const held = yuma3.share() & ~wide;
  for (let lanes = held; lanes !== 0; lanes &= lanes - 1) findHolder(<usize>ctz(lanes));
  again(wide);
}

/** The lanes in which 2^32 occurs, value by value. */
function again(wide: i32): void {
  for (; wide !== 0; wide &= wide - 1) {
    const lane = <usize>ctz(wide);
    const consensus = consensusOf(lane);
    const holder = p.yuma3
      ? wideYuma3(lane, consensus, alpha, at.dense)
      : wideYuma2(lane, consensus, alpha, at.dense, at.denseOther);
    store<i32>(place.holder + (lane << 2), holder);
  }
}

function findHolder(lane: usize): void {
  for (let r = 0; r < group.count; r++) {
    if (load<u32>(group.bondsOut + ((<usize>r) << 4) + (lane << 2)) === 0) continue;
    store<i32>(place.holder + (lane << 2), r);
    return;
  }
}
