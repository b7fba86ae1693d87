/**
 * Scenario: what a simulation runs, as data. Everything but agents and evaluations given as code is plain JSON once
 * bigints are written as strings, so a scenario can be kept, sent to a worker and hashed.
 */
import type { Hyperparameters } from '../index.js';
import type { Evaluation, MinerAgent, ValidatorAgent } from './agent.js';

/** A built-in agent by name with its parameters, or code. */
export type AgentSpec<Agent> = { readonly agent: string; readonly [parameter: string]: unknown } | Agent;

export type EvaluationSpec = { readonly evaluation: string; readonly [parameter: string]: unknown } | Evaluation;

/** One neuron, or `count` neurons alike. Uids are given in the order of the list. */
export interface NeuronPlan {
  /** How reports call it; default `uid 7`. With `count` a number is added to it. */
  readonly name?: string;
  /** Default 1. */
  readonly count?: number;
  /** Neurons of one team know each other (cabal); default none. */
  readonly team?: string;
  /** Stake weight in alpha, at least 0; kept as the nearest whole rao. Default 0. */
  readonly stake?: number;
  /** Share of its own dividends that is added to its stake after each epoch, 0 to 1; default 0. */
  readonly compound?: number;
  /** How it sets weights; without one it never does. */
  readonly validator?: AgentSpec<ValidatorAgent>;
  /** What it delivers; without one its output is `undefined`, which evaluations score as 0. */
  readonly miner?: AgentSpec<MinerAgent>;
}

/** Something that happens before the weights of an epoch are set. */
export type ScenarioEvent =
  /** A new neuron takes `uid` over, or is appended where `uid` is the number of neurons. */
  | { readonly epoch: number; readonly uid: number; readonly register: Omit<NeuronPlan, 'count'> }
  | { readonly epoch: number; readonly uid: number; readonly stake: number }
  | { readonly epoch: number; readonly hyperparameters: Partial<Hyperparameters> };

export interface SubnetPlan {
  /** Default `subnet 0` and so on; unique within the scenario. */
  readonly name?: string;
  /** Those left out are the defaults of docs/hyperparameters.md. `tempo` is the number of blocks between two epochs. */
  readonly hyperparameters?: Partial<Hyperparameters>;
  /** Alpha handed out an epoch, in rao; default 148 alpha. */
  readonly emission?: bigint;
  /**
   * Epochs that submitted weights stay hidden before they count (commit-reveal); default 0: they count in the epoch
   * they are submitted for.
   */
  readonly revealPeriod?: number;
  /** Uid whose neuron is the owner's; default none. */
  readonly ownerUid?: number | null;
  /** How outputs of miners become scores; default `quality`: the output is the score. */
  readonly evaluation?: EvaluationSpec;
  readonly neurons: readonly NeuronPlan[];
  readonly events?: readonly ScenarioEvent[];
}

export interface Scenario {
  readonly name: string;
  /** A sentence for the head of a report. */
  readonly title?: string;
  /** Epochs of a whole run, 1 to 10 million. */
  readonly epochs: number;
  /** 0 to 2^53 - 1; default 0. Every random number of a run comes from it. */
  readonly seed?: number;
  readonly subnets: readonly SubnetPlan[];
}
