/** Which results stay as they are when a neuron whose vote does not count changes its weights. */
import type { EpochInput, EpochOutput } from '../epoch/index.js';
import { listRows, stakeRaw } from '../epoch/index.js';
import type { EpochTrace } from '../reference.js';
import { weightMask } from '../reference.js';
import { difference, type Entries, excepting, type Result, rowOf, withRow, withValue, withWeights } from './change.js';
import { exists, isLiquid, STRICT } from './preconditions.js';
import { type Given, type Property, pick, pickFrom } from './property.js';

export type Mode = 'yuma2' | 'yuma3' | 'liquid';

/** Why a vote does not count. */
export type Powerless = 'no permit' | 'inactive' | 'below the threshold';

/** Results that may change: of the neuron itself only, or of all. */
export interface MayChange {
  readonly own: readonly Result[];
  readonly all: readonly Result[];
}

const NOTHING: MayChange = { own: [], all: [] };
const TRUST: MayChange = { own: ['validatorTrust'], all: [] };
/** In Yuma3 its row still takes part in the column sums of the bonds, and so dilutes those of others. */
const DILUTES: readonly Result[] = ['dividends', 'serverEmission', 'validatorEmission', 'emission'];
/** The bonds it gets are stored if it holds a new permit. */
const BONDS: MayChange = { own: ['validatorTrust', 'bonds'], all: DILUTES };
/** Stake 0 gets no new permit, so its bonds are not stored. */
const NO_BONDS: MayChange = { own: ['validatorTrust'], all: DILUTES };

/** All that may change; everything else stays bit for bit. Each entry does change for some input (tests). */
export const INFLUENCE: { readonly [P in Powerless]: { readonly [M in Mode]: MayChange } } = {
  'no permit': { yuma2: NOTHING, yuma3: NOTHING, liquid: NOTHING },
  inactive: { yuma2: TRUST, yuma3: BONDS, liquid: BONDS },
  'below the threshold': { yuma2: TRUST, yuma3: NO_BONDS, liquid: NO_BONDS },
};

export const modeOf = (input: EpochInput, spec: EpochTrace): Mode =>
  isLiquid(spec) ? 'liquid' : input.hyperparameters.yuma3 ? 'yuma3' : 'yuma2';

/** Uids that are powerless in this way, and in no stronger one. */
export const powerless = ({ input, spec }: Given, why: Powerless): number[] =>
  Array.from({ length: input.n }, (_, uid) => uid).filter((uid) => {
    if (why === 'no permit') return !spec.permit[uid];
    if (!spec.permit[uid]) return false;
    const below = uid !== spec.owner && stakeRaw(input.stake, uid) >> 64n < input.hyperparameters.minStake;
    return why === 'inactive' ? !spec.active[uid] && !below : below;
  });

/** Another row: one weight, none, the old ones and one more, or the old ones in another order. */
export function otherRow(subject: Given, uid: number): Entries {
  const row = rowOf(subject.input.weights, uid);
  const column = pick(subject, 1, subject.input.n);
  const value = pick(subject, 2, 65_536);
  return [[[column, value] as const], [], withValue(row, column, value), row.toReversed()][pick(subject, 3, 4)]!;
}

/** `got` with what may change taken from `base`. */
export function without(got: EpochOutput, base: EpochOutput, uid: number, { own, all }: MayChange): EpochOutput {
  const rest = excepting(got, base, all);
  const { validatorTrust, intermediates } = rest;
  if (own.includes('validatorTrust')) {
    const mid = intermediates && {
      ...intermediates,
      validatorTrust: intermediates.validatorTrust.with(uid, base.intermediates!.validatorTrust[uid]!),
    };
    const trust = validatorTrust.with(uid, base.validatorTrust[uid]!);
    const bonds = own.includes('bonds') ? withRow(rest.bonds, uid, listRows(base.bonds)[uid]!) : rest.bonds;
    return { ...rest, validatorTrust: trust, bonds, intermediates: mid };
  }
  return rest;
}

const influenceOf = (why: Powerless, name: string, statement: string, formula: string): Property => ({
  name,
  family: 'influence',
  statement,
  formula,
  spec: '5, 6.1, 9.4, 9.5',
  requires: [STRICT, exists(`a neuron of this kind: ${why}`, (subject) => powerless(subject, why))],
  check: async (subject, run) => {
    const { input, spec } = subject;
    const uid = pickFrom(subject, 0, powerless(subject, why));
    const base = await run(input);
    const got = await run(withWeights(input, uid, otherRow(subject, uid)));
    const found = difference(without(got, base, uid, INFLUENCE[why][modeOf(input, spec)]), base);
    return found === null ? null : `uid ${uid} changes its weights: ${found}`;
  },
});

export const noPermit = influenceOf(
  'no permit',
  'no-permit-no-influence',
  'The weights of a neuron without a permit in force change nothing.',
  'not permit[i]: f(W[i]) = f(other W[i])',
);

export const inactive = influenceOf(
  'inactive',
  'inactive-influence',
  'The weights of an inactive validator change its own trust; in Yuma3 also its bonds, all dividends and amounts.',
  'inactive[i]: all others equal, see INFLUENCE',
);

export const belowThreshold = influenceOf(
  'below the threshold',
  'below-threshold-influence',
  'The weights of a validator below the stake threshold change its own trust; in Yuma3 also all dividends and amounts.',
  'floor(T[i]) < minStake, i no owner: all others equal, see INFLUENCE',
);

/** Pairs that a mask voids. */
const voids = ({ input, spec }: Given): { uid: number; column: number }[] =>
  listRows(input.weights).flatMap((row, uid) =>
    row
      .filter(([column]) => column >= input.n || weightMask(spec.masks, uid, column) !== null)
      .map(([column]) => ({ uid, column })),
  );

export const voidWeights: Property = {
  name: 'void-weights',
  family: 'influence',
  statement:
    'A void weight changes nothing: of a neuron without permit, on itself (but the owner), on a neuron registered since ' +
    'the last update, or since the oldest open commit.',
  formula: 'not permit[i], or i = j != owner, or lu[i] <= reg[j], or cb[i] < reg[j]: f(W[i][j]) = f(other W[i][j])',
  spec: '6.1 to 6.4',
  requires: [exists('a void weight', voids)],
  check: async (subject, run) => {
    const { input } = subject;
    const { uid, column } = pickFrom(subject, 0, voids(subject));
    const row = rowOf(input.weights, uid);
    const other = withValue(row, column, pick(subject, 1, 65_536));
    const removed = row.filter(([at]) => at !== column);
    const changed = pick(subject, 2, 2) === 0 ? other : removed;
    const found = difference(await run(withWeights(input, uid, changed)), await run(input));
    return found === null ? null : `uid ${uid} on ${column}: ${found}`;
  },
};
