/**
 * Paid by: what decides over the alpha for validating.
 * Spec   docs/spec/yuma-epoch.md 10
 * Takes  a checked input, and what any backend made of it
 * Cost   O(n); stake shares are computed only where nobody scored
 */
import { type CheckedInput, stakeRaw } from '../epoch/input.js';
import type { EpochOutput } from '../epoch/output.js';
import { sum } from '../epoch/reference/fixed.js';
import { activeStake, stake } from '../epoch/reference/stake.js';
import { maskInputs } from './masks.js';

/**
 * scores        incentive and dividends, as usual
 * active stake  nobody has any: there were no usable weights
 * stake         likewise, and no stake votes: whoever has stake is paid, active and permitted or not
 * nothing       likewise, and no stake counts: nobody is paid
 */
export type PaidBy = 'scores' | 'active stake' | 'stake' | 'nothing';

export function paidBy(input: CheckedInput, output: EpochOutput): PaidBy {
  // Somebody who scores at all has at least 1 / n of one side, which a u16 shows.
  if (output.incentive.some((share) => share > 0) || output.dividends.some((share) => share > 0)) return 'scores';
  const { owner, permit } = maskInputs(input);
  const weights = Array.from({ length: input.n }, (_, uid) => stakeRaw(input.stake, uid));
  const shares = stake(weights, input.hyperparameters.minStake, owner);
  const isActive = Array.from(output.active, (flag) => flag !== 0);
  if (sum(activeStake(shares, isActive, input.permitLength === 0 ? null : permit)) !== 0n) return 'active stake';
  return shares.some((share) => share !== 0n) ? 'stake' : 'nothing';
}
