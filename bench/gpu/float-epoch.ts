/**
 * The float epoch that a JavaScript developer would write with gpu.js today: normalise, clip at a given consensus, rank,
 * moving average of the bonds (Yuma3 without liquid alpha). Its numbers carry 24 bits: it is measured, and held against the
 * exact result, and nothing else.
 */
import { GPU, type IKernelRunShortcut } from 'gpu.js';
import type { EpochInput, EpochOutput } from 'yuma-engine';

interface Sizes {
  readonly neurons: number;
  readonly validators: number;
}

/** Kernels as gpu.js takes them: it reads their text, so it is given the text. */
const ROW_SUMS = `function (weights) {
  let sum = 0;
  for (let column = 0; column < this.constants.neurons; column++) sum += weights[this.thread.x][column];
  return sum;
}`;
const CLIPPED = `function (weights, sums, consensus) {
  return Math.min(weights[this.thread.y][this.thread.x] / sums[this.thread.y], consensus[this.thread.x]);
}`;
const RANKS = `function (weights, stake) {
  let rank = 0;
  for (let row = 0; row < this.constants.validators; row++) rank += stake[row] * weights[row][this.thread.x];
  return rank;
}`;
const AVERAGES = `function (fresh, old) {
  const kept = (1 - this.constants.alpha) * (old[this.thread.y][this.thread.x] / 65535);
  return this.constants.alpha * fresh[this.thread.y][this.thread.x] + kept;
}`;

/** How far it is off the exact result, in steps of 1/65535. */
export interface FloatErrors {
  /** Neurons whose incentive differs once it is a u16, and the largest difference. */
  readonly incentivesOff: number;
  readonly incentiveError: number;
  /** The largest difference of an incentive, in steps of 2^-32: what the chain computes with. */
  readonly rawError: number;
  /** Entries of the bonds likewise. */
  readonly bondsOff: number;
  readonly bondError: number;
}

export class FloatEpoch {
  private readonly gpu: GPU;
  private readonly sums: IKernelRunShortcut;
  private readonly clipped: IKernelRunShortcut;
  private readonly ranks: IKernelRunShortcut;
  private readonly averages: IKernelRunShortcut;

  constructor(
    private readonly sizes: Sizes,
    movingAverage: number,
  ) {
    this.gpu = new GPU();
    const { neurons, validators } = sizes;
    const constants = { neurons, validators, alpha: 1 - movingAverage };
    const kernel = (text: string, output: number[]) => this.gpu.createKernel(text, { constants, output });
    this.sums = kernel(ROW_SUMS, [validators]);
    this.clipped = kernel(CLIPPED, [neurons, validators]);
    this.ranks = kernel(RANKS, [neurons]);
    this.averages = kernel(AVERAGES, [neurons, validators]);
  }

  /** What computes: gpu.js chooses. */
  get mode(): string {
    return this.gpu.mode;
  }

  /** One epoch. @param exact gives the consensus and the stake */
  run({ weights, bonds }: EpochInput, exact: EpochOutput) {
    const { neurons, validators } = this.sizes;
    const { consensus, activeStake } = exact.intermediates!;
    const matrix = (values: Uint16Array) =>
      Array.from({ length: validators }, (_, row) =>
        Float32Array.from(values.subarray(row * neurons, (row + 1) * neurons)),
      );
    const given = matrix(weights.values);
    for (const [uid, row] of given.entries()) row[uid] = 0; // nobody votes for himself
    const stake = Float32Array.from(activeStake.subarray(0, validators), share);
    const sums = this.sums(given) as Float32Array;
    const clipped = this.clipped(given, sums, Float32Array.from(consensus, share)) as Float32Array[];
    const rank = this.ranks(clipped, stake) as Float32Array;
    const average = this.averages(clipped, matrix(bonds.values)) as Float32Array[];
    return { rank, bonds: average };
  }

  errors(result: ReturnType<FloatEpoch['run']>, exact: EpochOutput): FloatErrors {
    const total = result.rank.reduce((sum, rank) => sum + rank, 0);
    const incentiveOf = (uid: number) => (total > 0 ? result.rank[uid]! / total : 0);
    const incentive = compared(exact.incentive, incentiveOf);
    const raw = [...exact.intermediates!.incentive].map((want, uid) =>
      Math.abs(incentiveOf(uid) * 2 ** 32 - Number(want)),
    );
    const rawError = Math.round(Math.max(...raw));
    const { offsets, columns, values } = exact.bonds;
    const bonds = { off: 0, error: 0 };
    for (let uid = 0; uid < this.sizes.validators; uid++) {
      const row = {
        columns: columns.subarray(offsets[uid], offsets[uid + 1]),
        values: values.subarray(offsets[uid], offsets[uid + 1]),
      };
      const { off, error } = compared(row.values, (at) => result.bonds[uid]![row.columns[at]!]!);
      bonds.off += off;
      bonds.error = Math.max(bonds.error, error);
    }
    return {
      incentivesOff: incentive.off,
      incentiveError: incentive.error,
      rawError,
      bondsOff: bonds.off,
      bondError: bonds.error,
    };
  }

  async close(): Promise<void> {
    await this.gpu.destroy();
  }
}

/** Of raw I32F32. */
const share = (raw: bigint): number => Number(raw) / 2 ** 32;

function compared(exact: Uint16Array, value: (at: number) => number): { off: number; error: number } {
  let off = 0;
  let error = 0;
  for (const [at, want] of exact.entries()) {
    const difference = Math.abs(Math.floor(value(at) * 65_535) - want);
    off += Number(difference > 0);
    error = Math.max(error, difference);
  }
  return { off, error };
}
