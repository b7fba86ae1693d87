/**
 * Hyperparameters of a subnet: one table from which the type, the validation, the case format, the flags of the
 * command line and docs/hyperparameters.md are made.
 * Spec   docs/spec/yuma-epoch.md 1.1; defaults from docs/spec/neurons-stake-weights.md 7
 */

import { YumaError } from './errors.js';

/** Integer types of the chain's storage, and bool. A u64 is a `bigint`, the smaller ones are `number`. */
export type ParameterType = 'u16' | 'i16' | 'u64' | 'bool';

export type ValueOf<T extends ParameterType> = T extends 'u64' ? bigint : T extends 'bool' ? boolean : number;

/** A row of the table. */
export interface Hyperparameter {
  readonly type: ParameterType;
  readonly default: bigint | number | boolean;
  readonly unit: string;
  /** Section of docs/spec/yuma-epoch.md that uses it. */
  readonly spec: string;
  readonly says: string;
}

export const HYPERPARAMETERS = {
  tempo: {
    type: 'u16',
    default: 360,
    unit: 'blocks',
    spec: '3',
    says: 'Blocks between epochs; the bond horizon before the first epoch',
  },
  activityCutoff: {
    type: 'u64',
    default: 5_000n,
    unit: 'blocks',
    spec: '3',
    says: 'A neuron whose last update is older than this is inactive',
  },
  minStake: {
    type: 'u64',
    default: 0n,
    unit: 'rao of stake weight',
    spec: '4',
    says: 'Stake weight below this counts as none; the owner is exempt',
  },
  maxValidators: {
    type: 'u16',
    default: 64,
    unit: 'neurons',
    spec: '4',
    says: 'Validator permits given to the neurons with the most stake',
  },
  kappa: {
    type: 'u16',
    default: 32_767,
    unit: 'share of active stake, 65535 = 1',
    spec: '7.1',
    says: 'Majority of stake that must support a weight',
  },
  bondsPenalty: {
    type: 'u16',
    default: 65_535,
    unit: 'share, 65535 = 1',
    spec: '8',
    says: 'How much of the clipping is felt by the bonds',
  },
  bondsMovingAverage: {
    type: 'u64',
    default: 900_000n,
    unit: 'millionths',
    spec: '9.2',
    says: 'Share of the old bonds that stays each epoch',
  },
  yuma3: {
    type: 'bool',
    default: true,
    unit: '',
    spec: '9.4',
    says: 'Bonds as proportions (Yuma3) instead of column shares (Yuma2)',
  },
  liquidAlpha: {
    type: 'bool',
    default: false,
    unit: '',
    spec: '9.4',
    says: 'A smoothing constant of its own for each pair; has an effect with yuma3 only',
  },
  alphaLow: {
    type: 'u16',
    default: 45_875,
    unit: 'share, 65535 = 1',
    spec: '9.4',
    says: 'Least smoothing constant under liquid alpha',
  },
  alphaHigh: {
    type: 'u16',
    default: 58_982,
    unit: 'share, 65535 = 1',
    spec: '9.4',
    says: 'Largest smoothing constant under liquid alpha',
  },
  alphaSigmoidSteepness: {
    type: 'i16',
    default: 1_000,
    unit: 'hundredths',
    spec: '9.4',
    says: 'Slope of the sigmoid under liquid alpha; may be negative',
  },
  commitReveal: {
    type: 'bool',
    default: true,
    unit: '',
    spec: '6.4',
    says: 'Voids weights towards neurons registered after an open commit',
  },
} as const satisfies Record<string, Hyperparameter>;

type Table = typeof HYPERPARAMETERS;

export type HyperparameterName = keyof Table;

/** Values of all hyperparameters, by name; types and ranges stand in `HYPERPARAMETERS`. */
export type Hyperparameters = { readonly [K in HyperparameterName]: ValueOf<Table[K]['type']> };

/** Least and largest value of each integer type. */
export const INTEGER_RANGE = {
  u16: [0n, 65_535n],
  i16: [-32_768n, 32_767n],
  u64: [0n, 18_446_744_073_709_551_615n],
} as const satisfies Record<string, readonly [bigint, bigint]>;

/**
 * All hyperparameters at the chain's defaults for a new subnet, with `changes` in their place.
 * @throws YumaError UNKNOWN_FIELD for a name that is not in the table
 */
export function hyperparameters(changes: Partial<Hyperparameters> = {}): Hyperparameters {
  for (const field of Object.keys(changes)) {
    if (!Object.hasOwn(HYPERPARAMETERS, field)) {
      throw new YumaError('UNKNOWN_FIELD', { field, known: Object.keys(HYPERPARAMETERS) });
    }
  }
  const defaults = Object.fromEntries(Object.entries(HYPERPARAMETERS).map(([name, row]) => [name, row.default]));
  return { ...(defaults as Hyperparameters), ...changes };
}
