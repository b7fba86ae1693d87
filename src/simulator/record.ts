/**
 * Record: what is kept of a run, in columns, for reports and tables.
 * Units  scores are u16 (65535 = 1), amounts rao; a table writes them as docs/simulator.md says
 */
import type { Hyperparameters } from '../index.js';

/** A vector of every neuron in every epoch that was kept. */
export const METRICS = {
  incentive: { unit: 'u16, 65535 = 1', says: 'share of the miners' },
  dividends: { unit: 'u16, 65535 = 1', says: 'share of the validators' },
  consensus: { unit: 'u16, 65535 = 1', says: 'stake-weighted median of the weights' },
  validatorTrust: { unit: 'u16, 65535 = 1', says: 'share of its weights that consensus let stand' },
  serverEmission: { unit: 'rao', says: 'alpha for mining' },
  validatorEmission: { unit: 'rao', says: 'alpha for validating' },
  stake: { unit: 'rao', says: 'stake weight in this epoch' },
} as const;

export type Metric = keyof typeof METRICS;

export const METRIC_NAMES = Object.keys(METRICS) as Metric[];

/** A matrix of one epoch, rows one after another: `values[row * n + column]`, 65535 = 1. */
export interface MatrixFrame {
  readonly epoch: number;
  /** Uids of the rows. */
  readonly uids: readonly number[];
  /** Number of columns. */
  readonly n: number;
  readonly values: Uint16Array;
}

export interface SubnetRecord {
  readonly name: string;
  /** Of the first epoch. */
  readonly hyperparameters: Hyperparameters;
  /** rao an epoch */
  readonly emission: bigint;
  /** Neurons at the end; a vector of an epoch with fewer of them is 0 beyond. */
  readonly n: number;
  readonly names: readonly string[];
  readonly teams: readonly (string | undefined)[];
  /** Uids that set weights, by plan. */
  readonly validators: readonly number[];
  /** Epochs that were kept, rising. */
  readonly epochs: readonly number[];
  /** `[at * n + uid]` for the epoch `epochs[at]`; rao amounts are exact while below 2^53. */
  readonly metrics: Readonly<Record<Metric, Float64Array>>;
  /** Over every epoch that ran, in rao, by uid, whoever held it; exact while below 2^53. */
  readonly totals: { readonly serverEmission: Float64Array; readonly validatorEmission: Float64Array };
  /** Weights that counted and bonds after the epoch, rows of validators only; empty unless asked for. */
  readonly weights: readonly MatrixFrame[];
  readonly bonds: readonly MatrixFrame[];
}

export interface RunRecord {
  readonly scenario: string;
  readonly title: string;
  readonly seed: number;
  /** Epochs that ran. */
  readonly epochs: number;
  /** 16 hexadecimal digits over all that every epoch of every subnet gave; the same on every backend. */
  readonly digest: string;
  readonly subnets: readonly SubnetRecord[];
}
