/** Seen: what the predicates of branches look at. Lists that several of them need are made once a case. */
import type { CheckedInput } from '#yuma/epoch/input.js';
import { stakeRaw } from '#yuma/epoch/input.js';
import type { EpochTrace } from '#yuma/epoch/reference/epoch.js';
import type { Raw } from '#yuma/epoch/reference/fixed.js';
import { type Row, readRows } from '#yuma/epoch/reference/rows.js';
import { type WeightMask, weightMask } from '#yuma/epoch/reference/weights.js';

/** Whether a case took the branch. */
export type Branch = (seen: Seen) => boolean;

/** Branches by name; the name begins with the section of docs/spec/yuma-epoch.md. */
export type Branches = Readonly<Record<string, Branch>>;

/** A stored weight of a column below n. */
interface Weight {
  readonly uid: number;
  readonly column: number;
  readonly value: bigint;
  readonly mask: WeightMask | null;
}

export class Seen {
  readonly uids: readonly number[];
  readonly stakeWeight: readonly bigint[];
  readonly storedWeights: readonly Row[];
  readonly storedBonds: readonly Row[];
  readonly weights: readonly Weight[];
  /** Uids with active stake above 0. */
  readonly voters: readonly number[];

  constructor(
    readonly input: CheckedInput,
    readonly trace: EpochTrace,
  ) {
    const { n } = input;
    this.uids = Array.from({ length: n }, (_, uid) => uid);
    this.stakeWeight = this.uids.map((uid) => stakeRaw(input.stake, uid));
    this.storedWeights = readRows(input.weights);
    this.storedBonds = readRows(input.bonds);
    this.weights = this.storedWeights.flatMap((row, uid) =>
      row
        .filter(({ column }) => column < n)
        .map(({ column, value }) => ({ uid, column, value, mask: weightMask(trace.masks, uid, column) })),
    );
    this.voters = this.uids.filter((uid) => trace.activeStake[uid]! > 0n);
  }

  /** Yuma3 with a constant of its own for each pair, in force. */
  get liquid(): boolean {
    return this.trace.alpha === null;
  }
}

export const total = (values: readonly Raw[]): Raw => values.reduce((held, value) => held + value, 0n);

/** A column that stands twice in one row. */
export const twice = (row: Row): boolean => new Set(row.map(({ column }) => column)).size < row.length;

export const unsorted = (row: Row): boolean => row.some(({ column }, at) => at > 0 && row[at - 1]!.column > column);
