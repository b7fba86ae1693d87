/**
 * Open: the pairs of a group whose bond the bracket leaves open, kept until eight of them can be computed together.
 * Room   assembly (numeric core)
 * Spec   docs/spec/yuma-epoch.md 9.4 b
 * Layout a record for each four pairs one of which is open: weights and stored bonds (u32), exponents (f64), then where the
 *        bonds go and a bit for each open lane. Its open pairs, laid out one after the other: exponents (f64), weights,
 *        stored bonds, places (u32)
 * PERF   noting a four is branchless: with a branch on what is open, which is never foreseen, each miss waited for the
 *        whole bracket
 */
import { exponential, reciprocal } from '../exponential';
import { ONE } from '../fixed';
import { Alpha } from './alpha';
import { Lanes } from './lanes';
import { sigmoids } from './series';

const RECORD: usize = 80;
/** Fours that are noted before their open pairs are computed, and pairs in them; a multiple of eight. */
const FOURS: usize = 32;
const PAIRS: usize = FOURS * 4;

let records: usize = 0;
/** Bytes of the records so far. */
let noted: usize = 0;
let exponents: usize = 0;
let weights: usize = 0;
let bonds: usize = 0;
let places: usize = 0;
/** Eight sigmoids, then bonds. */
let results: usize = 0;
/** Where padding puts its bond. */
let nowhere: usize = 0;

/** Bytes that `placeOpen` takes: the records, and one pair more than there can be, which the last one is written over. */
export const OPEN_BYTES: usize = FOURS * RECORD + (PAIRS + 8) * 20 + 48;

export function placeOpen(at: usize): void {
  records = at;
  exponents = records + FOURS * RECORD;
  weights = exponents + ((PAIRS + 8) << 3);
  bonds = weights + ((PAIRS + 8) << 2);
  places = bonds + ((PAIRS + 8) << 2);
  results = places + ((PAIRS + 8) << 2);
  nowhere = results + 32;
  noted = 0;
}

export class Open {
  /** Notes four pairs, of which those lanes are open; gives whether there is no room for more. */
  @inline
  static note(weight: v128, stored: v128, first: v128, second: v128, out: usize, lanes: i32): bool {
    const record = records + noted;
    v128.store(record, weight);
    v128.store(record, stored, 16);
    v128.store(record, first, 32);
    v128.store(record, second, 48);
    store<u32>(record, <u32>out, 64);
    store<i32>(record, lanes, 68);
    noted += lanes === 0 ? 0 : RECORD;
    return noted === FOURS * RECORD;
  }
}

/** Writes the bonds of all open pairs; gives a bit for each lane in which one is exactly 2^32. */
export function settle(): i32 {
  const count = spread();
  let whole = 0;
  for (let first: usize = 0; first < count; first += 8) {
    let unknown = sigmoids(exponents + (first << 3), results);
    while (unknown !== 0) {
      const k = <usize>ctz(unknown);
      unknown &= unknown - 1;
      const t = <i64>load<f64>(exponents + ((first + k) << 3));
      store<u32>(results + (k << 2), <u32>reciprocal(<u64>(ONE + exponential(t))));
    }
    whole |= settleFour(first, results) | settleFour(first + 4, results + 16);
  }
  return whole;
}

/** Lays the open pairs out one after the other and pads them to a multiple of eight; gives how many there are. */
function spread(): usize {
  let count: usize = 0;
  for (let record = records; record < records + noted; record += RECORD) {
    const out = load<u32>(record, 64);
    let lanes = load<u32>(record, 68);
    for (let lane: usize = 0; lane < 4; lane++) {
      store<f64>(exponents + (count << 3), load<f64>(record + (lane << 3), 32));
      store<u32>(weights + (count << 2), load<u32>(record + (lane << 2)));
      store<u32>(bonds + (count << 2), load<u32>(record + (lane << 2), 16));
      store<u32>(places + (count << 2), out + <u32>(lane << 2));
      count += <usize>(lanes & 1);
      lanes >>= 1;
    }
  }
  noted = 0;
  for (let k = count; (k & 7) !== 0; k++) {
    store<f64>(exponents + (k << 3), 0);
    store<u32>(bonds + (k << 2), 0);
    store<u32>(places + (k << 2), <u32>nowhere);
  }
  return count;
}

/** Writes the bonds of four pairs from their sigmoids, over which they are put first. */
function settleFour(first: usize, sigmoids: usize): i32 {
  const alpha = Alpha.of(v128.load(sigmoids));
  const stored = v128.load(bonds + (first << 2));
  const full = Alpha.full(stored);
  const bought = Lanes.mul(alpha, v128.load(weights + (first << 2)));
  v128.store(sigmoids, i32x4.add(bought, Alpha.kept(alpha, Alpha.raw(stored), full)));
  const to = places + (first << 2);
  for (let k: usize = 0; k < 16; k += 4) store<u32>(load<u32>(to + k), load<u32>(sigmoids + k));
  let whole = 0;
  for (let lanes = i32x4.bitmask(Alpha.whole(alpha, full)); lanes !== 0; lanes &= lanes - 1) {
    whole |= 1 << (<i32>(load<u32>(to + ((<usize>ctz(lanes)) << 2)) >> 2) & 3); // bonds of a slot are 16-byte aligned
  }
  return whole;
}
