/**
 * Fields: the names of the case format in their order, and the kind of vector behind each result. Reading, writing
 * and comparing are loops over these lists, so a name stands here once.
 * Format docs/case-format.md
 */
import type { HyperparameterName } from '../epoch/hyperparameters.js';
import type { EpochInput, SparseRows } from '../epoch/input.js';
import type { EpochIntermediates, EpochOutput } from '../epoch/output.js';

export const CASE_FIELDS = ['name', 'rules', 'meta', 'params', 'neurons', 'weights', 'bonds', 'expected'] as const;

/** Numbers of `params` that are no hyperparameters. */
export type ScalarName = keyof EpochInput & ('n' | 'currentBlock' | 'lastStep' | 'ownerUid' | 'emission');

export const PARAM_FIELDS = [
  'n',
  'currentBlock',
  'tempo',
  'lastStep',
  'activityCutoff',
  'minStake',
  'ownerUid',
  'maxValidators',
  'kappa',
  'bondsPenalty',
  'bondsMovingAverage',
  'yuma3',
  'liquidAlpha',
  'alphaLow',
  'alphaHigh',
  'alphaSigmoidSteepness',
  'commitReveal',
  'emission',
] as const satisfies readonly (HyperparameterName | ScalarName)[];

/** Fails to compile while a hyperparameter has no place in `PARAM_FIELDS`. */
type Unlisted = Exclude<HyperparameterName | ScalarName, (typeof PARAM_FIELDS)[number]>;
export const EVERY_PARAMETER_IS_LISTED: [Unlisted] extends [never] ? true : Unlisted = true;

/** Fields of `params` that are written as decimal strings whatever their size. */
export const STRING_PARAMS: ReadonlySet<string> = new Set(['minStake', 'emission']);

export const NEURON_FIELDS = ['stakeBits', 'lastUpdate', 'registeredAt', 'validatorPermit', 'commitBlock'] as const;

/** What a result is made of: its typed array and its form in JSON. */
interface Kinds {
  bools: { vector: Uint8Array; json: boolean[] };
  u16s: { vector: Uint16Array; json: number[] };
  u64s: { vector: BigUint64Array; json: string[] };
  i64s: { vector: BigInt64Array; json: string[] };
  rows: { vector: SparseRows; json: [column: number, value: number][][] };
}

export type Kind = keyof Kinds;
export type VectorOf<K extends Kind> = Kinds[K]['vector'];
export type JsonOf<K extends Kind> = Kinds[K]['json'];

/** `expected.out`, in order. */
export const OUT_FIELDS = {
  active: 'bools',
  stakeWeight: 'u16s',
  consensus: 'u16s',
  incentive: 'u16s',
  dividends: 'u16s',
  validatorTrust: 'u16s',
  serverEmission: 'u64s',
  validatorEmission: 'u64s',
  emission: 'u64s',
  newValidatorPermit: 'bools',
  bonds: 'rows',
} as const satisfies { [K in keyof EpochOutput]?: Kind };

/** `expected.mid`, in order. */
export const MID_FIELDS = {
  stake: 'i64s',
  activeStake: 'i64s',
  consensus: 'i64s',
  validatorTrust: 'i64s',
  incentive: 'i64s',
  dividends: 'i64s',
} as const satisfies { [K in keyof EpochIntermediates]-?: Kind };

export type OutField = keyof typeof OUT_FIELDS;
export type MidField = keyof typeof MID_FIELDS;
