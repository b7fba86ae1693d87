/**
 * Parts: the exports by which several instances that share a memory compute one epoch.
 * Room   assembly (numeric core). The contract is docs/abi.md
 */
import { overflowed } from './consensus';
import { payOut, prepareStake, way } from './epoch';
import { readInputs } from './inputs';
import * as layout from './layout';
import { NOT_SPLIT, OK, TOO_MANY_NEURONS } from './status';
import * as split from './tile/split';

/** Bytes common to the parts of an epoch of so many rows with entries. */
export function splitBytes(n: u32, rows: u32): f64 {
  return <f64>split.splitBytes(n, rows);
}

let commonBytes: u64 = 0;

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
  layout.arenaStart();
  layout.placePart(base, scratch, scratchBytes, n, w, b, part);
  split.setCommon(common);
  commonBytes = bytes;
  return OK;
}

/** This part's columns, up to the bonds. Gives a status, the same for all parts. */
export function tilesPart(): i32 {
  if (!ASC_FEATURE_THREADS) return NOT_SPLIT;
  const status = readInputs();
  if (status !== OK) return status;
  prepareStake(layout.neurons);
  return !overflowed && split.splitTiles(layout.neurons, commonBytes, way) ? OK : NOT_SPLIT;
}

/** This part's columns of the dividends, once all parts are back from `tilesPart`. */
export function dividendsPart(): i32 {
  if (!ASC_FEATURE_THREADS) return NOT_SPLIT;
  split.splitDividends(layout.neurons);
  return OK;
}

/** The rest, by part 0, once all parts are back from `dividendsPart`. */
export function finish(): i32 {
  if (!ASC_FEATURE_THREADS || !split.splitFinish(layout.neurons)) return NOT_SPLIT;
  payOut(layout.neurons);
  return OK;
}
