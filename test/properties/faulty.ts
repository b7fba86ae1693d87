/** Faulty implementations: the reference with one thing wrong, a plausible mistake for each property of the catalogue. */
import {
  type EpochInput,
  type EpochOutput,
  type Hyperparameters,
  listRows,
  type SparseRows,
  sparseRows,
} from '../../src/epoch/index.js';
import type { Run } from '../../src/properties/index.js';
import { reference } from './implementations.js';

type Sync = (input: EpochInput) => EpochOutput;

const right = reference as Sync;

const LAST = 2n ** 64n - 1n;

/** Computes another epoch than it was asked for. */
const reading =
  (change: (input: EpochInput) => Partial<EpochInput>): Run =>
  (input) =>
    right({ ...input, ...change(input) });

const ruling = (change: (input: EpochInput) => Partial<Hyperparameters>): Run =>
  reading((input) => ({ hyperparameters: { ...input.hyperparameters, ...change(input) } }));

/** Gets the epoch right and then the output wrong. */
const giving =
  (change: (output: EpochOutput, input: EpochInput) => Partial<EpochOutput>): Run =>
  (input) => {
    const output = right(input);
    return { ...output, ...change(output, input), intermediates: undefined };
  };

const mapRows = (rows: SparseRows, change: (row: [number, number][], uid: number) => [number, number][]): SparseRows =>
  sparseRows(listRows(rows).map(change));

/** Weights turned round: the best is the worst. */
const inverted = reading(({ weights }) => ({
  weights: mapRows(weights, (row) => row.map(([column, value]) => [column, 65_535 - value])),
}));

const unclipped: Sync = (input) => right({ ...input, hyperparameters: { ...input.hyperparameters, kappa: 0 } });

/** Like `cutoff < now`, one off. */
const earlyCutoff = ruling(({ hyperparameters: { activityCutoff } }) => ({
  activityCutoff: activityCutoff === 0n ? 0n : activityCutoff - 1n,
}));

const noHorizon = reading(() => ({ lastStep: LAST }));

const frozen = ruling(() => ({ bondsMovingAverage: 1_000_000n }));

const anyoneLifts = ruling(() => ({ kappa: 1 }));

const everyoneMustAgree = ruling(() => ({ kappa: 65_535 }));

const halfConsensus = giving(({ consensus }) => ({ consensus: consensus.map((value) => value >> 1) }));

let calls = 0;

export const FAULTS: { readonly [property: string]: Run } = {
  pure: giving(({ incentive }) => ({ incentive: incentive.map((value) => value ^ (calls++ & 1)) })),
  specified: earlyCutoff,
  unread: reading(({ currentBlock, hyperparameters: { tempo } }) => ({ lastStep: currentBlock - BigInt(tempo) })),
  'emission-only-pays': ruling(({ emission, hyperparameters }) => ({
    kappa: emission > 1n ? hyperparameters.kappa : 0,
  })),
  'no-more-than-all': giving(({ serverEmission }) => ({ serverEmission: serverEmission.map((amount) => amount + 1n) })),
  'little-is-lost': giving(({ serverEmission }) => ({ serverEmission: serverEmission.map(() => 0n) })),
  'stored-amount': giving(({ serverEmission }) => ({ emission: serverEmission })),
  'nothing-for-nothing': giving(({ validatorEmission }) => ({
    validatorEmission: validatorEmission.map((amount) => amount + 1n),
  })),
  'fallback-by-stake': giving(({ validatorEmission, dividends }) =>
    dividends.some((share) => share > 0) ? {} : { validatorEmission: validatorEmission.map(() => 0n) },
  ),
  halves: giving(({ serverEmission }) => ({ serverEmission: serverEmission.map((amount) => (amount * 4n) / 5n) })),
  'scores-sum-to-one': giving(({ incentive }) => ({ incentive: incentive.map((share) => share >> 1) })),
  'stake-scaling': ruling(() => ({ minStake: 1_500n })),
  'row-scaling': reading(({ weights }) => ({
    weights: mapRows(weights, (row) => row.filter(([, value]) => value >= 20_000)),
  })),
  permutation: reading(() => ({ ownerUid: 0 })),
  'row-order': reading(({ weights }) => ({ weights: mapRows(weights, (row) => row.slice(0, 1)) })),
  newcomer: ruling(({ n }) => ({ maxValidators: n >> 1 })),
  twins: giving(({ validatorTrust }) => ({
    validatorTrust: validatorTrust.map((trust, uid) => Math.max(0, trust - uid)),
  })),
  'no-permit-no-influence': reading(({ validatorPermit }) => ({ validatorPermit: validatorPermit.map(() => 1) })),
  'inactive-influence': ruling(() => ({ activityCutoff: LAST })),
  'below-threshold-influence': ruling(() => ({ minStake: 0n })),
  'void-weights': reading(({ registeredAt }) => ({ registeredAt: registeredAt.map(() => 0n) })),
  'consensus-occurs': halfConsensus,
  'consensus-supported': anyoneLifts,
  'consensus-largest': everyoneMustAgree,
  'kappa-monotone': ruling(({ hyperparameters: { kappa } }) => ({ kappa: 65_535 - kappa })),
  'weight-shift': inverted,
  'cabal-cannot-lift': anyoneLifts,
  'cabal-cannot-push': everyoneMustAgree,
  'trust-is-the-clipped-row': giving((_, input) => ({ validatorTrust: unclipped(input).validatorTrust })),
  'trust-at-most-one': giving(({ validatorTrust }) => ({ validatorTrust: validatorTrust.map(() => 65_535) })),
  'incentive-is-the-share-of-rank': giving((_, input) => ({ incentive: unclipped(input).incentive })),
  'excess-lifts-nobody': anyoneLifts,
  'excess-changes-nothing': giving((_, input) => ({ incentive: unclipped(input).incentive })),
  'more-weight-never-hurts': inverted,
  unanimity: halfConsensus,
  'bonds-are-stored': giving((_, input) => ({
    bonds: right({ ...input, hyperparameters: { ...input.hyperparameters, maxValidators: 65_535 } }).bonds,
  })),
  'bonds-rate': giving((_, { bonds }) => ({ bonds })),
  'liquid-rate': ruling(() => ({ alphaLow: 0, alphaHigh: 0 })),
  'liquid-forgets': ruling(() => ({ liquidAlpha: false })),
  'bond-shares': giving(({ bonds }) => ({
    bonds: mapRows(bonds, (row) => row.map(([column, value]) => [column, value >> 1])),
  })),
  'bonds-converge': frozen,
  'bond-shares-converge': frozen,
  'registration-voids-bonds': noHorizon,
  'reset-is-registration': noHorizon,
  'reset-starts-anew': ruling(() => ({ bondsMovingAverage: 0n })),
  'bonds-only-pay-validators': ruling(({ bonds, hyperparameters }) => ({
    kappa: bonds.columns.length > 0 ? hyperparameters.kappa : 65_535,
  })),
  'permit-count': ruling(({ hyperparameters: { maxValidators } }) => ({
    maxValidators: Math.min(65_535, maxValidators + 1),
  })),
  'permits-to-the-top': giving(({ newValidatorPermit }) => ({ newValidatorPermit: newValidatorPermit.toReversed() })),
  'more-stake-keeps-the-permit': ruling(({ n, hyperparameters: { maxValidators } }) => ({
    maxValidators: Math.max(0, Math.min(n, maxValidators) - 1),
  })),
  activity: earlyCutoff,
};
