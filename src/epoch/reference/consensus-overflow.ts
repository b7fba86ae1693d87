/**
 * Consensus overflow: the median by the chain's own search, for stakes whose sum does not fit 64 bits.
 * Room   reference (executable spec). Also in assembly/consensus-overflow.ts
 * Spec   docs/spec/yuma-epoch.md 7.1, "Why this closed form equals the original search"
 * Takes  ballots in the order of uids, `min` and the wrapped sum of the shares
 * Exact  that proof needs exact sums and shares that are not negative. Negative stake (lenient input), or stakes whose
 *        own sum wraps, can leave voters with so much that their sum wraps, too; then shares may be negative, sums
 *        saturate, and the result depends on which pivot comes when. So here the search is the rule, and only here
 * Cost   O(V) a step, at most V steps a column
 */
import { add, type Raw, sub } from './fixed.js';

/** What one voter gives a column, 0 where it has no entry, and the voter's share of the voting stake. */
export interface Ballot {
  readonly weight: Raw;
  readonly share: Raw;
}

export function consensusOverflow(ballots: readonly Ballot[], min: Raw, total: Raw): Raw {
  let part = ballots;
  let low = 0n; // held by the ballots below the part
  let high = total; // held by the ballots below the part and inside it
  for (;;) {
    const middle = part[part.length >> 1];
    if (middle === undefined || part.length === 1) return middle?.weight ?? 0n;
    const lower = part.filter(({ weight }) => weight < middle.weight);
    const upper = part.filter(({ weight }) => weight > middle.weight);
    const belowPivot = add(low, held(lower));
    const uptoPivot = sub(high, held(upper));
    if (min < belowPivot && lower.length > 0) {
      part = lower;
      high = belowPivot;
    } else if (uptoPivot <= min && upper.length > 0) {
      part = upper;
      low = uptoPivot;
    } else {
      return middle.weight;
    }
  }
}

/** Saturates at every step, so the order of the ballots counts. */
const held = (ballots: readonly Ballot[]): Raw => ballots.reduce((total, { share }) => add(total, share), 0n);
