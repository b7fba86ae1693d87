/**
 * Parts: the exports by which several instances that share a memory compute one epoch.
 * Room   assembly (numeric core). The contract is docs/abi.md
 */
import { overflowed } from './consensus';
import { payOut, prepareStake, way } from './epoch';
import { readInputs } from './inputs';
import * as layout from './layout';
import { BAD_PLACE, NOT_PREPARED, NOT_SPLIT, OK, TOO_MANY_NEURONS } from './status';
import * as split from './tile/split';

/** Bytes common to the parts of an epoch of so many rows with entries. */
export function splitBytes(n: u32, rows: u32): f64 {
  return <f64>split.splitBytes(n, rows);
}

let commonBytes: u64 = 0;

/** How far this part has come: it was placed as one; its tiles are done; its dividends too. */
const PLACED: i32 = 1;
const TILES_DONE: i32 = 2;
const DIVIDENDS_DONE: i32 = 3;

/** Puts a subnet there for one of several instances that share an epoch; `common` is common to all of them. */
export function placePart(
  base: usize,
  scratch: usize,
  scratchBytes: u32,
  common: usize,
  bytes: u32,
  n: u32,
  w: u32,
  b: u32,
  part: u32,
): i32 {
  layout.forget();
  if (n > <u32>layout.MAX_NEURONS) return TOO_MANY_NEURONS;
  const state = layout.stateBytes(n, w, b, b);
  if (!layout.isPlace(base, state) || !layout.isPlace(scratch, scratchBytes) || !layout.isPlace(common, bytes)) {
    return BAD_PLACE;
  }
  const scratchApart = layout.apart(base, state, scratch, scratchBytes);
  const commonApart = layout.apart(base, state, common, bytes) && layout.apart(scratch, scratchBytes, common, bytes);
  if (!scratchApart || !commonApart) return BAD_PLACE;
  layout.placePart(base, scratch, scratchBytes, n, w, b, part);
  split.setCommon(common);
  commonBytes = bytes;
  layout.setPhase(PLACED);
  return OK;
}

/** This part's columns, up to the bonds. Gives a status, the same for all parts. */
export function tilesPart(): i32 {
  if (!ASC_FEATURE_THREADS) return NOT_SPLIT;
  if (layout.phase < PLACED) return NOT_PREPARED;
  layout.setPhase(PLACED);
  const status = readInputs();
  if (status !== OK) return status;
  prepareStake(layout.neurons);
  if (overflowed || !split.splitTiles(layout.neurons, commonBytes, way)) return NOT_SPLIT;
  layout.setPhase(TILES_DONE);
  return OK;
}

/** This part's columns of the dividends, once all parts are back from `tilesPart`. */
export function dividendsPart(): i32 {
  if (!ASC_FEATURE_THREADS) return NOT_SPLIT;
  if (layout.phase !== TILES_DONE) return NOT_PREPARED;
  split.splitDividends(layout.neurons);
  layout.setPhase(DIVIDENDS_DONE);
  return OK;
}

/** The rest, by part 0, once all parts are back from `dividendsPart`. */
export function finish(): i32 {
  if (!ASC_FEATURE_THREADS) return NOT_SPLIT;
  if (layout.phase !== DIVIDENDS_DONE) return NOT_PREPARED;
  layout.setPhase(PLACED);
  if (!split.splitFinish(layout.neurons)) return NOT_SPLIT;
  payOut(layout.neurons);
  return OK;
}
