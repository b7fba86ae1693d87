/**
 * Masks: what an epoch leaves out of account, counted.
 * Spec   docs/spec/yuma-epoch.md 3 (activity), 4 (stake, permits), 6 (weights), 9.1 (bonds)
 * Takes  a checked input; nothing is computed but the masks
 * Cost   O(n + entries), no BigInt an entry beyond comparisons
 */
import type { CheckedInput } from '../epoch/input.js';
import { stakeRaw } from '../epoch/input.js';
import { active } from '../epoch/reference/active.js';
import { horizon } from '../epoch/reference/horizon.js';
import { permits } from '../epoch/reference/permits.js';
import { wholeStake } from '../epoch/reference/stake.js';
import { type MaskInputs, type WeightMask, weightMask } from '../epoch/reference/weights.js';

export interface MaskCounts {
  /** Neurons with a permit in force, and those of them that set at least one weight. */
  readonly permits: number;
  readonly voters: number;
  /** Neurons with a permit whose last update is older than the activity cutoff. */
  readonly inactive: number;
  /** Neurons with a permit whose stake counts as none. */
  readonly belowThreshold: number;
  /** Neurons that have weights stored and no permit: the whole row is void. */
  readonly rowsWithoutPermit: number;
  /** Void weights by rule; `permit` counts the entries of `rowsWithoutPermit`. */
  readonly weights: Readonly<Record<WeightMask, number>>;
  /** Bonds towards neurons registered since the last epoch. */
  readonly bonds: number;
}

/** What the weight rules look at, for `weightMask`. */
export function maskInputs(input: CheckedInput): MaskInputs {
  const owner = input.ownerUid !== null && input.ownerUid < input.n ? input.ownerUid : null;
  const stored = Array.from(input.validatorPermit, (permitted) => permitted !== 0);
  return {
    owner,
    permit: permits(stored, input.permitLength, owner),
    lastUpdate: [...input.lastUpdate],
    registeredAt: [...input.registeredAt],
    commitBlock: input.hyperparameters.commitReveal ? [...input.commitBlock] : null,
  };
}

export function countMasks(input: CheckedInput): MaskCounts {
  const { n, weights, bonds, hyperparameters } = input;
  const inputs = maskInputs(input);
  const isActive = active(inputs.lastUpdate, hyperparameters.activityCutoff, input.currentBlock);
  const byRule: Record<WeightMask, number> = { permit: 0, diagonal: 0, outdated: 0, commit: 0 };
  const counts = { permits: 0, voters: 0, inactive: 0, belowThreshold: 0, rowsWithoutPermit: 0, bonds: 0 };
  for (let uid = 0; uid < n; uid++) {
    const entries = weights.offsets[uid + 1]! - weights.offsets[uid]!;
    if (inputs.permit[uid]) {
      counts.permits += 1;
      if (entries > 0) counts.voters += 1;
      if (!isActive[uid]) counts.inactive += 1;
      const stake = wholeStake(stakeRaw(input.stake, uid));
      if (uid !== inputs.owner && stake < hyperparameters.minStake) counts.belowThreshold += 1;
    } else if (entries > 0) {
      counts.rowsWithoutPermit += 1;
    }
    for (let at = weights.offsets[uid]!; at < weights.offsets[uid + 1]!; at++) {
      const column = weights.columns[at]!;
      const rule = column < n ? weightMask(inputs, uid, column) : null;
      if (rule !== null) byRule[rule] += 1;
    }
  }
  const bondHorizon = horizon(input.lastStep, input.currentBlock, BigInt(hyperparameters.tempo));
  for (const column of bonds.columns) {
    if (bondHorizon <= (inputs.registeredAt[column] ?? 0n)) counts.bonds += 1;
  }
  return { ...counts, weights: byRule };
}
