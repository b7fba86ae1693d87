/**
 * Epoch: all stages in their order, with everything they found on the way.
 * Room   reference (executable spec). Also in assembly/epoch.ts
 * Spec   docs/spec/yuma-epoch.md 1 to 11
 * Takes  a checked input; odd ones (lenient) too
 * Exact  the yardstick: what this gives is right, and what the golden vectors hold
 * Cost   O(n * V log V) for V voters, all of it in BigInt; bench/RESULTS.md
 */
import type { CheckedInput, SparseRows } from '../input.js';
import { sparseRows, stakeRaw } from '../input.js';
import type { EpochIntermediates, EpochOutput } from '../output.js';
import { active } from './active.js';
import type { Bonds } from './bonds.js';
import { clip, validatorTrust } from './clip.js';
import { consensus } from './consensus.js';
import { type Emission, emission } from './emission.js';
import { type Raw, toU16 } from './fixed.js';
import { horizon, withinHorizon } from './horizon.js';
import { incentive, rank } from './incentive.js';
import { penalty } from './penalty.js';
import { newPermits, permits } from './permits.js';
import { type Row, readRows } from './rows.js';
import { activeStake, stake, wholeStake } from './stake.js';
import { type MaskInputs, weights } from './weights.js';
import { yuma2 } from './yuma2.js';
import { yuma3 } from './yuma3.js';

/**
 * One epoch, stage by stage. Vectors are indexed by uid and have length n, matrices are one row a uid with entries in
 * the order of the spec; all scores are raw I32F32 (2^32 = 1) and exact, amounts are rao. Numbers in brackets are
 * sections of the spec. `bonds` are the new ones, `oldBonds` the stored ones as the average saw them (9).
 */
export interface EpochTrace extends Bonds, Emission {
  readonly n: number;
  /** Uid of the owner's neuron, `null` where it is none of the n. */
  readonly owner: number | null;
  /** Updated within the activity cutoff (3). */
  readonly active: readonly boolean[];
  /** Bonds towards a neuron registered at this block or later are void (3, 9.1). */
  readonly horizon: bigint;
  /** Integer part of the stake weight, u64 rao, before the filter (11). */
  readonly wholeStake: readonly bigint[];
  /** Share of all stake that passes the filter (4.2). */
  readonly stake: readonly Raw[];
  /** Permits from the next epoch on (4.3). */
  readonly newPermit: readonly boolean[];
  /** Permits in force in this epoch (4.4). */
  readonly permit: readonly boolean[];
  /** Share of the stake that votes (5). */
  readonly activeStake: readonly Raw[];
  /** What the weight masks looked at; `weightMask` says by it which one voids a weight (6). */
  readonly masks: MaskInputs;
  /** Weights that count, normalised by rows (6). */
  readonly weights: readonly Row[];
  /** Stake-weighted median of each column (7.1). */
  readonly consensus: readonly Raw[];
  /** Weights clipped at the consensus (7.2). */
  readonly clipped: readonly Row[];
  /** Sum of each clipped row (7.3). */
  readonly validatorTrust: readonly Raw[];
  /** Stake behind each column (7.4). */
  readonly rank: readonly Raw[];
  /** Share of the rank (7.4). */
  readonly incentive: readonly Raw[];
  /** Weights that the bonds are made of (8). */
  readonly weightsForBonds: readonly Row[];
}

/** Runs one epoch and keeps everything. */
export function traceEpoch(input: CheckedInput): EpochTrace {
  const { n, hyperparameters } = input;
  const owner = input.ownerUid !== null && input.ownerUid < n ? input.ownerUid : null;
  const lastUpdate = [...input.lastUpdate];
  const registeredAt = [...input.registeredAt];
  const isActive = active(lastUpdate, hyperparameters.activityCutoff, input.currentBlock);
  const bondHorizon = horizon(input.lastStep, input.currentBlock, BigInt(hyperparameters.tempo));

  const stakeWeight = Array.from({ length: n }, (_, uid) => stakeRaw(input.stake, uid));
  const share = stake(stakeWeight, hyperparameters.minStake, owner);
  const oldPermit = Array.from(input.validatorPermit, (permitted) => permitted !== 0);
  const permit = permits(oldPermit, input.permitLength, owner);
  const voting = activeStake(share, isActive, input.permitLength === 0 ? null : permit);

  const commitBlock = hyperparameters.commitReveal ? [...input.commitBlock] : null;
  const masks = { owner, permit, lastUpdate, registeredAt, commitBlock };
  const counted = weights(readRows(input.weights), masks);
  const median = consensus(counted, voting, hyperparameters.kappa);
  const clipped = clip(counted, median);
  const ranks = rank(clipped, voting);
  const scores = incentive(ranks);

  const weightsForBonds = penalty(counted, clipped, hyperparameters.bondsPenalty);
  const bonds = (hyperparameters.yuma3 ? yuma3 : yuma2)({
    weightsForBonds,
    storedBonds: withinHorizon(readRows(input.bonds), bondHorizon, registeredAt),
    consensus: median,
    incentive: scores,
    activeStake: voting,
    hyperparameters,
  });
  return {
    n,
    owner,
    active: isActive,
    horizon: bondHorizon,
    wholeStake: stakeWeight.map(wholeStake),
    stake: share,
    newPermit: newPermits(share, hyperparameters.maxValidators, owner),
    permit,
    activeStake: voting,
    masks,
    weights: counted,
    consensus: median,
    clipped,
    validatorTrust: validatorTrust(clipped),
    rank: ranks,
    incentive: scores,
    weightsForBonds,
    ...bonds,
    ...emission(scores, bonds.dividends, share, voting, input.emission),
  };
}

/** Runs one epoch and gives what the chain stores of it (11), with the raw vectors if asked for. */
export function runEpoch(
  input: CheckedInput,
  options: { readonly intermediates?: boolean | undefined } = {},
): EpochOutput {
  return outputOf(traceEpoch(input), input, options);
}

/** The same from a trace of the input. */
export function outputOf(
  trace: EpochTrace,
  input: CheckedInput,
  options: { readonly intermediates?: boolean | undefined },
): EpochOutput {
  return {
    n: trace.n,
    active: Uint8Array.from(trace.active, Number),
    stakeWeight: Uint16Array.from(trace.stake, toU16),
    consensus: Uint16Array.from(trace.consensus, toU16),
    incentive: Uint16Array.from(trace.incentive, toU16),
    dividends: Uint16Array.from(trace.dividends, toU16),
    validatorTrust: Uint16Array.from(trace.validatorTrust, toU16),
    serverEmission: BigUint64Array.from(trace.amounts.server),
    validatorEmission: BigUint64Array.from(trace.amounts.validator),
    emission: BigUint64Array.from(trace.amounts.combined),
    newValidatorPermit: Uint8Array.from(trace.newPermit, Number),
    stake: BigUint64Array.from(trace.wholeStake),
    bonds: storedBonds(trace),
    ...(options.intermediates ? { intermediates: intermediates(trace) } : {}),
    ...(input.meta === undefined ? {} : { meta: input.meta }),
  };
}

/** The bonds rule (11): rows with a new permit, values truncated to u16, zeros kept; all others empty. */
function storedBonds({ bonds, newPermit }: EpochTrace): SparseRows {
  return sparseRows(
    bonds.map((row, uid) => (newPermit[uid] ? row.map(({ column, value }) => [column, toU16(value)] as const) : [])),
  );
}

function intermediates(trace: EpochTrace): EpochIntermediates {
  return {
    stake: BigInt64Array.from(trace.stake),
    activeStake: BigInt64Array.from(trace.activeStake),
    consensus: BigInt64Array.from(trace.consensus),
    validatorTrust: BigInt64Array.from(trace.validatorTrust),
    incentive: BigInt64Array.from(trace.incentive),
    dividends: BigInt64Array.from(trace.dividends),
  };
}
