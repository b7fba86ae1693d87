/** Branches of the emission (spec 10, 12). */
import { type Branches, type Seen, total } from './seen.js';

const LARGEST_U64 = 2n ** 64n - 1n;

export const EMISSION: Branches = {
  '10 scores: both sides are paid': ({ trace }) =>
    total(trace.amounts.server) > 0n && total(trace.amounts.validator) > 0n && scored(trace),
  '10 incentive, and no dividends': ({ trace }) =>
    trace.incentive.some((share) => share > 0n) && trace.dividends.every((share) => share === 0n),
  '10 no scores: validators are paid by active stake': ({ trace, voters }) =>
    !scored(trace) && voters.length > 0 && total(trace.amounts.validator) > 0n,
  '10 no scores, nobody active: paid by stake': ({ trace, voters }) =>
    !scored(trace) && voters.length === 0 && total(trace.amounts.validator) > 0n,
  '10 no scores and no stake: nobody is paid': ({ input, trace }) =>
    input.n > 0 && input.emission > 0n && !scored(trace) && trace.shares.combined.every((share) => share === 0n),
  '10 no emission': ({ input, trace }) => input.emission === 0n && scored(trace),
  '10 the largest emission': ({ input, trace }) => input.emission === LARGEST_U64 && scored(trace),
  '10 stored emission beside the sum of both': ({ trace, uids }) =>
    uids.some((uid) => trace.amounts.combined[uid] !== trace.amounts.server[uid]! + trace.amounts.validator[uid]!),
  '10 a share that pays nothing': ({ input, trace, uids }) =>
    input.emission > 0n && uids.some((uid) => trace.shares.combined[uid]! > 0n && trace.amounts.combined[uid] === 0n),
  '10 the same neuron scores twice': ({ trace, uids }) =>
    uids.some((uid) => trace.incentive[uid]! > 0n && trace.dividends[uid]! > 0n),
  '10 an amount clamped to 0 or 2^64 - 1': ({ trace }) =>
    trace.shares.combined.some((share) => share < 0n) || trace.amounts.combined.includes(LARGEST_U64),
};

const scored = ({ incentive, dividends }: Seen['trace']): boolean =>
  incentive.some((share) => share !== 0n) || dividends.some((share) => share !== 0n);
