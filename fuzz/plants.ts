/**
 * Plants: faults that a test of the fuzzer puts into one contender, small and each of its own kind, to see that they are
 * found. Never part of a run that counts.
 */
import type { CheckedInput, SparseRows } from '#yuma/epoch/input.js';
import type { EpochIntermediates, EpochOutput } from '#yuma/epoch/output.js';
import type { ExpectedCase } from '#yuma/formats/case.js';
import type { Contender, Outcome } from './contender.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Parameters = Writable<CheckedInput['hyperparameters']>;

interface Plant {
  /** What the contender reads in place of the case. */
  readonly misread?: (input: CheckedInput) => CheckedInput;
  /** What becomes of its results, which are its own. */
  readonly spoil?: (out: EpochOutput, mid: EpochIntermediates, input: CheckedInput) => void;
}

const changed = (change: (parameters: Parameters) => void): Plant => ({
  misread: (input) => {
    const hyperparameters = { ...input.hyperparameters };
    change(hyperparameters);
    return { ...input, hyperparameters };
  },
});

export const PLANTS: Readonly<Record<string, Plant>> = {
  'kappa-one-more': changed((p) => {
    p.kappa = Math.min(65_535, p.kappa + 1);
  }),
  'cutoff-one-less': changed((p) => {
    if (p.activityCutoff > 0n) p.activityCutoff -= 1n;
  }),
  'one-permit-more': changed((p) => {
    p.maxValidators = Math.min(65_535, p.maxValidators + 1);
  }),
  'minimum-excluded': changed((p) => {
    if (p.minStake > 0n && p.minStake < 2n ** 64n - 1n) p.minStake += 1n;
  }),
  'commits-ignored': changed((p) => {
    p.commitReveal = false;
  }),
  'least-steepness': changed((p) => {
    p.alphaSigmoidSteepness = Math.max(-32_767, p.alphaSigmoidSteepness);
  }),
  'average-clamped-at-one': changed((p) => {
    if (p.bondsMovingAverage > 1_000_000n) p.bondsMovingAverage = 1_000_000n;
  }),
  'horizon-one-later': {
    misread: (input) => ({ ...input, lastStep: input.lastStep > 0n ? input.lastStep + 1n : 0n }),
  },
  'rows-sorted': { misread: (input) => ({ ...input, weights: sorted(input.weights), bonds: sorted(input.bonds) }) },
  'owner-like-others': { misread: (input) => ({ ...input, ownerUid: null }) },
  'emission-as-sum': {
    spoil: ({ emission, serverEmission, validatorEmission }) => {
      for (const uid of emission.keys()) emission[uid] = serverEmission[uid]! + validatorEmission[uid]!;
    },
  },
  'rounded-up-near-one': {
    spoil: ({ incentive }) => {
      for (const [uid, share] of incentive.entries()) if (share === 65_534) incentive[uid] = 65_535;
    },
  },
  'last-lane-one-less': {
    spoil: (_, { consensus }, { n }) => {
      if (n % 4 === 1 && n > 4 && consensus[n - 1]! > 0n) consensus[n - 1]! -= 1n;
    },
  },
  'no-zero-bonds': {
    spoil: ({ bonds }) => {
      for (const [entry, value] of bonds.values.entries()) if (value === 0) bonds.values[entry] = 1;
    },
  },
  trap: {
    spoil: (_out, _mid, { n, weights }) => {
      if (n === 7 && weights.columns.length === 49) throw new RangeError('planted');
    },
  },
};

/** The contender with the fault. */
export function planted(contender: Contender, name: string): Contender {
  const { misread = (input) => input, spoil = () => {} } = PLANTS[name]!;
  return {
    ...contender,
    name: `${contender.name}, planted ${name}`,
    run: async (cases) => {
      const misreadCases = cases.map((drawn) => ({ ...drawn, input: misread(drawn.input) }));
      const outcomes = await contender.run(misreadCases);
      for (const [at, outcome] of outcomes.entries())
        spoilOutcome(outcome, (out, mid) => spoil(out, mid, cases[at]!.input));
      return outcomes;
    },
  };
}

function spoilOutcome(outcome: Outcome, spoil: (out: EpochOutput, mid: EpochIntermediates) => void): void {
  const { out, mid } = outcome as ExpectedCase;
  spoil(out as EpochOutput, mid as EpochIntermediates);
}

/** Every row in ascending columns. */
function sorted({ offsets, columns, values }: SparseRows): SparseRows {
  const order = Array.from(columns, (_, entry) => entry);
  const rowOf = Uint32Array.from(columns, (_, entry) => offsets.findIndex((start) => start > entry));
  order.sort((a, b) => rowOf[a]! - rowOf[b]! || columns[a]! - columns[b]! || a - b);
  return {
    offsets,
    columns: Uint16Array.from(order, (entry) => columns[entry]!),
    values: Uint16Array.from(order, (entry) => values[entry]!),
  };
}
