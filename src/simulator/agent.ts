/**
 * Agents: what validators submit, what miners deliver, and how a subnet turns what miners deliver into scores.
 * Exact  a run is the same on every JavaScript engine as long as whatever feeds a result is made of integers, + - * / and
 *        Math.sqrt, Math.floor, Math.min, Math.max, Math.abs, and of `view.random`. Math.exp, Math.pow, Math.sin and the
 *        like differ between engines: do not use them in an agent
 */
import type { EpochOutput, GivenRow, Hyperparameters } from '../index.js';
import type { Random } from '../sample/random.js';
import type { Row } from './submission.js';

/** What is kept for an agent between epochs: plain JSON, saved with the simulation. An agent keeps no other state. */
export type Memory = Record<string, unknown>;

/** Vectors that an epoch left on the chain, by uid. */
export type LastResults = Pick<
  EpochOutput,
  | 'incentive'
  | 'dividends'
  | 'consensus'
  | 'validatorTrust'
  | 'serverEmission'
  | 'validatorEmission'
  | 'newValidatorPermit'
>;

/** What everybody can see on the chain before an epoch. Borrowed: valid during the call only, not to be written to. */
export interface ChainView {
  /** Number of neurons. */
  readonly n: number;
  /** Index of the epoch that is about to run, from 0. */
  readonly epoch: number;
  /** Block in which it will run. */
  readonly block: bigint;
  readonly hyperparameters: Hyperparameters;
  /** Stake weight of each uid in rao. */
  readonly stake: readonly bigint[];
  /** Team of each uid, `undefined` = none. */
  readonly teams: readonly (string | undefined)[];
  /** Whether each uid sets weights, by plan. */
  readonly validators: readonly boolean[];
  /** Results of the previous epoch; `undefined` before the first one. Vectors are shorter than n where one has joined. */
  readonly last: LastResults | undefined;
  /** Weights of each uid as they lie on the chain: revealed ones. */
  readonly rows: readonly Row[];
}

export interface ValidatorView {
  readonly chain: ChainView;
  readonly uid: number;
  /**
   * Score of each uid by the subnet's evaluation in this epoch, at least 0: the truth, before any noise. An agent given as
   * code may write there; valid during the call only.
   */
  readonly scores: Float64Array;
  /** The agent's own stream of random numbers. */
  readonly random: Random;
}

/**
 * What a validator submits for an epoch:
 * a Float64Array of n scores, at least 0 (scaled so that the largest becomes 65535; entries of 0 are left out);
 * or a row of u16 weights as it is, pairs or two arrays;
 * or `'again'`: the same weights as the last time, submitted anew; or `null`: nothing, so that the neuron ages.
 */
export type Submission = Float64Array | GivenRow | 'again' | null;

export interface ValidatorAgent {
  /**
   * Decides after all others of its subnet have submitted, and so sees what they submitted where weights are open (no
   * reveal period). Those of a subnet that are `last` decide at once, blind to each other. Default false.
   */
  readonly last?: boolean;
  decide(view: ValidatorView, memory: Memory): Submission;
}

export interface MinerView {
  readonly chain: ChainView;
  readonly uid: number;
  readonly random: Random;
}

export interface MinerAgent {
  /** What the miner delivers in this epoch; built-in miners give a number, the quality. */
  deliver(view: MinerView, memory: Memory): unknown;
}

export interface Evaluation {
  /**
   * Scores of all uids from what they delivered (`undefined` = nothing): finite, at least 0.
   * @param into length n, filled with 0
   */
  score(outputs: readonly unknown[], into: Float64Array, view: ChainView): void;
}
