/**
 * Subnets for measuring: V validators that weigh N neurons, as in the timings of the chain's own code that
 * bench/RESULTS.md compares with. Every mask is open, so every entry counts; stakes, weights and bonds are random and
 * differ between the subnets of a network. For realistic subnets see `yuma-engine/sample`.
 * Exact  32-bit integers only: one seed and netuid give the same subnet on every JavaScript engine
 * Cost   one draw an entry gives weight and bond, straight into typed arrays: about 2 ns. Dense subnets of one shape
 *        share offsets and columns, weights and bonds of every subnet do; nobody writes to an input
 */
import { hyperparameters } from '../epoch/hyperparameters.js';
import type { EpochInput } from '../epoch/input.js';
import { DEFAULT_RULES } from '../epoch/rules.js';
import { MODES, type Mode } from './modes.js';

/** `columns`: the same ones in every row. `random`: each entry by itself. */
export const PATTERNS = ['columns', 'random'] as const;
export type Pattern = (typeof PATTERNS)[number];

export interface SubnetShape {
  /** Neurons that set weights: uids from 0 on. */
  readonly validators: number;
  readonly neurons: number;
  /** Share of the entries that are there, 0 to 1. */
  readonly fill: number;
  readonly pattern: Pattern;
}

/** Block of the first epoch, and blocks between epochs. */
export const FIRST_BLOCK = 7_000_000n;
export const TEMPO = 360n;

/** Nobody becomes inactive, however many epochs are run. */
const NEVER = 1_000_000_000_000n;

/** @param seed any safe integer; @param netuid from 1 */
export function benchSubnet(shape: SubnetShape, mode: Mode, seed: number, netuid: number): EpochInput {
  const { validators, neurons: n } = shape;
  const draws = new Draws(seed, netuid);
  const stake = new BigUint64Array(2 * n); // I64F64: low word, high word
  for (let uid = 0; uid < validators; uid++) {
    stake[2 * uid] = BigInt(draws.next()) << 32n;
    stake[2 * uid + 1] = 1_000_000_000_000n + (BigInt(draws.next()) << 11n);
  }
  const { offsets, columns } = places(shape, draws);
  const weights = new Uint16Array(columns.length);
  const bonds = new Uint16Array(columns.length);
  draws.fill(weights, bonds);
  return {
    rules: DEFAULT_RULES,
    n,
    currentBlock: FIRST_BLOCK,
    lastStep: FIRST_BLOCK - TEMPO,
    emission: emissionOf(0),
    ownerUid: null,
    hyperparameters: hyperparameters({
      ...MODES[mode],
      commitReveal: false,
      maxValidators: validators,
      activityCutoff: NEVER,
      kappa: kappaOf(shape),
    }),
    stake,
    lastUpdate: new BigUint64Array(n).fill(FIRST_BLOCK - 100n),
    registeredAt: new BigUint64Array(n).fill(100n),
    validatorPermit: new Uint8Array(n).fill(1, 0, validators),
    weights: { offsets, columns, values: weights },
    bonds: { offsets, columns, values: bonds },
    meta: { netuid },
  };
}

/** Rao of alpha to hand out in each epoch; no two in a row are alike. */
export const emissionOf = (epoch: number): bigint => 148_000_000_000n + 1_000_003n * BigInt(epoch);

/**
 * The chain's majority of one half; with entries at random no column but a full one would ever find that, and half of
 * the stages would have nothing to do. There it is half of what supports a column on average.
 */
const kappaOf = ({ fill, pattern }: SubnetShape): number =>
  pattern === 'random' && fill < 1 ? Math.floor((fill * 65_535) / 2) : 32_767;

interface Places {
  readonly offsets: Uint32Array;
  readonly columns: Uint16Array;
}

/** Places of the last dense shape, which every further subnet of it shares. */
let dense: (Places & { readonly key: string }) | undefined;

function places({ validators, neurons: n, fill, pattern }: SubnetShape, draws: Draws): Places {
  if (fill >= 1) {
    const key = `${validators} ${n}`;
    if (dense?.key !== key) {
      const every = Uint16Array.from({ length: n }, (_, column) => column);
      dense = { key, ...repeated(every, validators, n) };
    }
    return dense;
  }
  const limit = Math.floor(fill * 4_294_967_296);
  if (pattern === 'columns') {
    const taken = new Uint16Array(n);
    let count = 0;
    for (let column = 0; column < n; column++) if (draws.next() < limit) taken[count++] = column;
    return repeated(taken.subarray(0, count), validators, n);
  }
  const offsets = new Uint32Array(n + 1);
  let columns = new Uint16Array(Math.ceil(validators * n * fill * 1.1) + n);
  let end = 0;
  for (let uid = 0; uid < n; uid++) {
    if (end + n > columns.length) columns = grown(columns, end + 2 * n);
    for (let column = 0; uid < validators && column < n; column++) if (draws.next() < limit) columns[end++] = column;
    offsets[uid + 1] = end;
  }
  return { offsets, columns: columns.slice(0, end) };
}

/** The same columns in each of the first rows. */
function repeated(row: Uint16Array, validators: number, n: number): Places {
  const offsets = Uint32Array.from({ length: n + 1 }, (_, uid) => Math.min(uid, validators) * row.length);
  const columns = new Uint16Array(validators * row.length);
  for (let uid = 0; uid < validators; uid++) columns.set(row, uid * row.length);
  return { offsets, columns };
}

function grown(columns: Uint16Array, length: number): Uint16Array<ArrayBuffer> {
  const more = new Uint16Array(Math.max(length, Math.ceil(columns.length * 1.5)));
  more.set(columns);
  return more;
}

/** Entries of the shape, for sums before anything is made: exact where it is full, else the expectation. */
export const expectedEntries = ({ validators, neurons, fill }: SubnetShape): number =>
  Math.round(validators * neurons * Math.min(fill, 1));

/** xorshift32 (Marsaglia) with a multiplied output: quick rather than good, which is enough for measuring. */
class Draws {
  private state: number;

  constructor(seed: number, netuid: number) {
    const low = seed | 0;
    const high = Math.floor(seed / 4_294_967_296) | 0;
    const mixed = Math.imul(low ^ 0x9e37_79b9, 0x85eb_ca6b) ^ Math.imul(high + 1, 0xc2b2_ae35);
    this.state = Math.imul(mixed ^ Math.imul(netuid, 0x27d4_eb2f), 0x1656_67b1) | 1; // never 0
    for (let round = 0; round < 8; round++) this.next();
  }

  /** An integer from 0 to 2^32 - 1. */
  next(): number {
    this.state = step(this.state);
    return output(this.state);
  }

  /** Random weights and bonds from 1 on. */
  fill(weights: Uint16Array, bonds: Uint16Array): void {
    let state = this.state;
    for (let at = 0; at < weights.length; at++) {
      state = step(state);
      const bits = output(state);
      weights[at] = bits >>> 16 || 1;
      bonds[at] = bits & 0xffff || 1;
    }
    this.state = state;
  }
}

function step(state: number): number {
  let next = state;
  next ^= next << 13;
  next ^= next >>> 17;
  next ^= next << 5;
  return next;
}

const output = (state: number): number => Math.imul(state, 0x9e37_79bb) >>> 0;
