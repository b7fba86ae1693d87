/**
 * Plan: which points of the two-team game are to be played, and by which rules. Plain data: with the version of the
 * rules it says all that a map depends on.
 */
import { YumaError } from '../index.js';
import { checkNumber, isWhole } from './check.js';

export interface CollusionOptions {
  /** Honest shares of the stake, S_H: above 0 and below 1. Default `STAKES`. */
  readonly stakes?: readonly number[] | undefined;
  /** Shares that honest validators give to honest servers, W_H: 0 to 1. Default 51 from 0 to 1. */
  readonly honestUtilities?: readonly number[] | undefined;
  /** Shares that cabal validators give to cabal servers, W_C: 0 to 1. Default 51 from 0 to 1. */
  readonly cabalSelfWeights?: readonly number[] | undefined;
  /** Games played at each point, 1 to 1 000; default 3. With one there is no band. */
  readonly repeats?: number | undefined;
  /** Majority, 0 to 1; default 0.5. The chain's u16 below it is taken. */
  readonly kappa?: number | undefined;
  /** 0 to 1; default 1. The chain's u16 below it is taken. */
  readonly bondsPenalty?: number | undefined;
  /** Standard deviation of the weights before they are scaled, mean 1: 0 to 10; default 0.4. */
  readonly sigma?: number | undefined;
  /** Standard deviation of the validators' stakes before they are scaled, mean 1: 0 to 10; default 0.3. */
  readonly stakeDeviation?: number | undefined;
  /** Yuma3 instead of Yuma2; default false. */
  readonly yuma3?: boolean | undefined;
  /** Of the subnet, 4 to 4 096; default 512. */
  readonly neurons?: number | undefined;
  /** How many of the neurons set weights: 2 to `neurons` - 2; default 64. The others are servers. */
  readonly validators?: number | undefined;
  /** Share of the servers that are honest, above 0 and below 1, or `stake`: S_H. Default `stake`. */
  readonly honestServers?: number | 'stake' | undefined;
  /** 0 to 2^53 - 1; default 1. */
  readonly seed?: number | undefined;
}

/** All of the options, checked and filled in; the three lists rise. */
export type CollusionPlan = { readonly [K in keyof CollusionOptions]-?: NonNullable<CollusionOptions[K]> };

/** Honest shares of the stake of the standard map. */
export const STAKES = [0.51, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9, 0.95] as const;

/** Points of each axis of the standard map. */
export const GRID = 51;

/** `points` numbers from 0 to 1, evenly spaced; @param points 2 and more */
export const gridAxis = (points: number): number[] => Array.from({ length: points }, (_, at) => at / (points - 1));

const MOST_CELLS = 1_000_000;

/** Next to 0 and to 1: shares that may be neither. */
const LEAST_SHARE = 1e-6;

const DEFAULTS: CollusionPlan = {
  stakes: STAKES,
  honestUtilities: gridAxis(GRID),
  cabalSelfWeights: gridAxis(GRID),
  repeats: 3,
  kappa: 0.5,
  bondsPenalty: 1,
  sigma: 0.4,
  stakeDeviation: 0.3,
  yuma3: false,
  neurons: 512,
  validators: 64,
  honestServers: 'stake',
  seed: 1,
};

/**
 * Checks options and fills in the defaults. Lists are put in order, what stands in them twice counts once.
 * @throws YumaError UNKNOWN_FIELD, WRONG_TYPE, OUT_OF_RANGE; BAD_USAGE for more than a million points
 */
export function collusionPlan(options: CollusionOptions = {}): CollusionPlan {
  for (const field of Object.keys(options)) {
    if (!Object.hasOwn(DEFAULTS, field)) throw new YumaError('UNKNOWN_FIELD', { field, known: Object.keys(DEFAULTS) });
  }
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const taken: CollusionPlan = { ...DEFAULTS, ...given };
  const plan: CollusionPlan = {
    ...taken,
    stakes: shares('stakes', taken.stakes, LEAST_SHARE, 1 - LEAST_SHARE),
    honestUtilities: shares('honestUtilities', taken.honestUtilities, 0, 1),
    cabalSelfWeights: shares('cabalSelfWeights', taken.cabalSelfWeights, 0, 1),
  };
  checkNumber('repeats', plan.repeats, 1, 1_000, isWhole);
  checkNumber('kappa', plan.kappa, 0, 1);
  checkNumber('bondsPenalty', plan.bondsPenalty, 0, 1);
  checkNumber('sigma', plan.sigma, 0, 10);
  checkNumber('stakeDeviation', plan.stakeDeviation, 0, 10);
  checkNumber('neurons', plan.neurons, 4, 4_096, isWhole);
  checkNumber('validators', plan.validators, 2, plan.neurons - 2, isWhole);
  checkNumber('seed', plan.seed, 0, Number.MAX_SAFE_INTEGER, isWhole);
  if (plan.honestServers !== 'stake') checkNumber('honestServers', plan.honestServers, LEAST_SHARE, 1 - LEAST_SHARE);
  if (typeof plan.yuma3 !== 'boolean') {
    throw new YumaError('WRONG_TYPE', { field: 'yuma3', expected: 'a boolean', got: typeof plan.yuma3 });
  }
  if (cellsOf(plan) > MOST_CELLS) {
    const reason = `${cellsOf(plan)} points are more than ${MOST_CELLS}. Take fewer stakes or a coarser grid.`;
    throw new YumaError('BAD_USAGE', { reason });
  }
  return plan;
}

/** Points of the map. */
export const cellsOf = ({ stakes, honestUtilities, cabalSelfWeights }: CollusionPlan): number =>
  stakes.length * honestUtilities.length * cabalSelfWeights.length;

function shares(field: string, values: unknown, least: number, largest: number): number[] {
  if (!Array.isArray(values)) throw new YumaError('WRONG_TYPE', { field, expected: 'an array', got: typeof values });
  if (values.length === 0) throw new YumaError('WRONG_LENGTH', { field, expected: '1 or more', got: 0 });
  for (const [entry, value] of values.entries()) checkNumber(field, value, least, largest, undefined, entry);
  return [...new Set(values as number[])].sort((a, b) => a - b);
}
