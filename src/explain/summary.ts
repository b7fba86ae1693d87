/**
 * Summary: what a reader wants to know of a whole epoch first. Who earned, who validated, what was left out.
 * Takes  an input as the engine took it, and what any backend made of it
 * Cost   O(n log n + entries)
 */
import type { EpochInput } from '../epoch/input.js';
import type { EpochOutput } from '../epoch/output.js';
import { checkEpochInput } from '../epoch/validate.js';
import { countMasks, type MaskCounts, maskInputs } from './masks.js';
import { type PaidBy, paidBy } from './paid-by.js';

/** Scores are u16 shares, amounts rao. */
export interface EpochSummary {
  /** Neurons with incentive, the largest first. */
  readonly miners: readonly MinerLine[];
  /** Neurons that hold a permit or were paid for validating, by dividends and then stake. */
  readonly validators: readonly ValidatorLine[];
  readonly masks: MaskCounts;
  readonly paidBy: PaidBy;
  readonly permitsGained: readonly number[];
  readonly permitsLost: readonly number[];
  readonly mined: bigint;
  readonly validated: bigint;
}

export interface MinerLine {
  readonly uid: number;
  readonly incentive: number;
  readonly consensus: number;
  readonly emission: bigint;
}

export interface ValidatorLine {
  readonly uid: number;
  readonly stake: number;
  readonly trust: number;
  readonly dividends: number;
  readonly emission: bigint;
  readonly isOwner: boolean;
  readonly active: boolean;
  /** Has stake that counts. */
  readonly staked: boolean;
  readonly permit: boolean;
  readonly setsWeights: boolean;
}

export function summarizeEpoch(input: EpochInput, output: EpochOutput): EpochSummary {
  const checked = checkEpochInput(input, { lenient: true });
  const { owner, permit } = maskInputs(checked);
  const uids = Array.from({ length: output.n }, (_, uid) => uid);
  const miners = uids
    .filter((uid) => output.incentive[uid]! > 0 || output.serverEmission[uid]! > 0n)
    .map(
      (uid): MinerLine => ({
        uid,
        incentive: output.incentive[uid]!,
        consensus: output.consensus[uid]!,
        emission: output.serverEmission[uid]!,
      }),
    )
    .sort((a, b) => b.incentive - a.incentive || compare(b.emission, a.emission));
  const validators = uids
    .filter((uid) => permit[uid] || output.validatorEmission[uid]! > 0n)
    .map(
      (uid): ValidatorLine => ({
        uid,
        stake: output.stakeWeight[uid]!,
        trust: output.validatorTrust[uid]!,
        dividends: output.dividends[uid]!,
        emission: output.validatorEmission[uid]!,
        isOwner: uid === owner,
        active: output.active[uid] === 1,
        staked: uid === owner || output.stake[uid]! >= input.hyperparameters.minStake,
        permit: permit[uid]!,
        setsWeights: checked.weights.offsets[uid + 1]! > checked.weights.offsets[uid]!,
      }),
    )
    .sort((a, b) => b.dividends - a.dividends || compare(b.emission, a.emission) || b.stake - a.stake);
  return {
    miners,
    validators,
    masks: countMasks(checked),
    paidBy: paidBy(checked, output),
    permitsGained: uids.filter((uid) => !permit[uid] && output.newValidatorPermit[uid] === 1),
    permitsLost: uids.filter((uid) => permit[uid] && output.newValidatorPermit[uid] === 0),
    mined: output.serverEmission.reduce((sum, part) => sum + part, 0n),
    validated: output.validatorEmission.reduce((sum, part) => sum + part, 0n),
  };
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
