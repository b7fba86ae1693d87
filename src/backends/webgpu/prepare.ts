/**
 * Prepare: what the kernels are given of a subnet beside its rows. Stake, permits and all else by neuron come from the
 * WebAssembly core, which is run without weights and bonds.
 * Cost   O(n), most of it in the core
 */
import type { CheckedInput, SparseRows } from '../../epoch/input.js';
import type { EpochIntermediates, EpochOutput } from '../../epoch/output.js';
import type { WasmCore } from '../wasm/core.js';
import type { Carried, Held, HeldInput } from './held.js';
import { even } from './layout.js';
import type { Size } from './planner.js';

export interface Prepared {
  readonly input: CheckedInput;
  /** Where the subnet is held, and its bonds if they lie on the device. */
  readonly held: Held | undefined;
  readonly carried: Carried | undefined;
  /** Results by neuron of an epoch without rows. */
  readonly neurons: EpochOutput;
  readonly raw: EpochIntermediates;
  /** Uid of each row of the matrices: first those whose stake votes. */
  readonly uids: readonly number[];
  readonly voters: number;
  /** A voter has no row. */
  readonly zeroVote: boolean;
  readonly loneVoter: boolean;
  readonly active: boolean;
  /** Rows of the matrices, as positions in `uids`, that have weights that may count; and that have bonds. */
  readonly weightRows: readonly number[];
  readonly bondRows: readonly number[];
  /** Uids whose weights are looked at only to refuse odd ones. */
  readonly checked: readonly number[];
  readonly size: Size;
}

/** Above it the average is negative, or larger than 1. */
const MILLION = 1_000_000n;

/**
 * The subnet as the kernels take it; `undefined` where they cannot: no neurons, a moving average above 1, or shares of stake
 * that are negative or above 1 (odd stake, or a sum that wraps).
 */
export function prepare(input: CheckedInput, core: WasmCore): Prepared | undefined {
  const { n, weights, bonds, validatorPermit, permitLength, ownerUid } = input;
  const { held } = input as Partial<HeldInput>;
  const carried = held?.carried;
  if (n === 0 || input.hyperparameters.bondsMovingAverage > MILLION) return undefined;
  const none = emptyRows(n);
  const neurons = core.run({ ...input, weights: none, bonds: none, columnsToCheck: false }, { intermediates: true });
  const raw = neurons.intermediates!;
  if (!areShares(raw.stake) || !areShares(raw.activeStake)) return undefined;

  const stakes = new Uint32Array(raw.activeStake.buffer, raw.activeStake.byteOffset, 2 * n);
  // Of carried rows some may hold nothing: a row of zeros gives what no row does.
  const hasBonds = (uid: number): boolean => carried?.places.has(uid) ?? lengthOf(bonds, uid) > 0;
  const counted = new Uint8Array(n); // rows whose weights may count
  const voting: number[] = [];
  const others: number[] = [];
  const checked: number[] = [];
  let zeroVote = false;
  let loneVoter = false;
  let active = false;
  for (let uid = 0; uid < n; uid++) {
    const votes = (stakes[2 * uid]! | stakes[2 * uid + 1]!) !== 0;
    const hasWeights = lengthOf(weights, uid) > 0;
    const permitted = validatorPermit[uid] !== 0 || (uid === ownerUid && uid < permitLength);
    counted[uid] = Number(permitted && hasWeights);
    const hasRow = counted[uid] !== 0 || hasBonds(uid);
    if (hasRow) (votes ? voting : others).push(uid);
    if (hasWeights && !permitted && input.columnsToCheck) checked.push(uid);
    zeroVote ||= votes && !hasRow;
    loneVoter ||= stakes[2 * uid + 1] !== 0;
    active ||= votes;
  }
  const uids = [...voting, ...others];
  const rows = [...uids.keys()];
  const weightRows = rows.filter((row) => counted[uids[row]!] !== 0);
  const bondRows = rows.filter((row) => hasBonds(uids[row]!));
  return {
    input,
    held,
    carried,
    neurons,
    raw,
    uids,
    voters: voting.length,
    zeroVote,
    loneVoter,
    active,
    weightRows,
    bondRows,
    checked,
    size: {
      n,
      rows: uids.length,
      weightRows: weightRows.length + checked.length,
      bondRows: bondRows.length,
      weights: held?.weights.extent ?? even(weights.columns.length),
      bonds: carried === undefined ? even(bonds.columns.length) : carried.rows * carried.stride,
      liquid: isLiquid(input),
    },
  };
}

export const isLiquid = ({ hyperparameters }: CheckedInput): boolean =>
  hyperparameters.yuma3 && hyperparameters.liquidAlpha;

const lengthOf = ({ offsets }: SparseRows, uid: number): number => offsets[uid + 1]! - offsets[uid]!;

/** Whether all are from 0 to 2^32. */
function areShares(raw: BigInt64Array): boolean {
  const words = new Uint32Array(raw.buffer, raw.byteOffset, 2 * raw.length);
  for (let at = 0; at < words.length; at += 2) {
    const high = words[at + 1]!;
    if (high > 1 || (high === 1 && words[at] !== 0)) return false;
  }
  return true;
}

const nothing = new Uint16Array(0);
/** The last one that was asked for; read by all, written by none. */
let noOffsets = new Uint32Array(1);

/** Shared: not to be written. */
export function emptyRows(n: number): SparseRows {
  if (noOffsets.length !== n + 1) noOffsets = new Uint32Array(n + 1);
  return { offsets: noOffsets, columns: nothing, values: nothing };
}
