/** Branches from the median to the weights for bonds (spec 7 and 8). */
import { normalize, ONE, prop, sub, sum } from '#yuma/epoch/reference/fixed.js';
import { lookup } from '#yuma/epoch/reference/rows.js';
import { type Branches, type Seen, total } from './seen.js';

export const CONSENSUS: Branches = {
  '7.1 no voters': ({ input, voters }) => input.n > 0 && voters.length === 0,
  '7.1 a median of 0 under weights': ({ trace }) =>
    trace.weights.some((row) => row.some(({ column, value }) => value > 0n && trace.consensus[column] === 0n)),
  '7.1 a median that is not 0': ({ trace }) => trace.consensus.some((median) => median !== 0n),
  '7.1 a median of all': ({ trace }) => trace.consensus.includes(ONE),
  '7.1 kappa 0: the largest weight': ({ input, voters }) => input.hyperparameters.kappa === 0 && voters.length > 1,
  '7.1 kappa above the truncated total: the least weight': (seen) => seen.voters.length > 1 && majority(seen).min < 0n,
  '7.1 support of exactly the majority': (seen) => supportEqualsMin(seen),
  '7.1 a voter without the weight counts as 0': ({ trace, voters }) =>
    trace.consensus.some(
      (median, column) =>
        median !== 0n && voters.some((uid) => trace.weights[uid]!.every((entry) => entry.column !== column)),
    ),
  '7.1 shares truncated: their sum is below 1': (seen) => seen.voters.length > 0 && majority(seen).sum < ONE,
  '7.1 the stake of voters overflows': ({ trace, voters }) =>
    total(voters.map((uid) => trace.activeStake[uid]!)) >= 2n ** 63n,
  '7.2 clipped': ({ trace }) => overMedian(trace, (median) => median > 0n),
  '7.2 clipped to nothing': ({ trace }) => overMedian(trace, (median) => median === 0n),
  '7.2 a weight of just the median': ({ trace }) =>
    trace.weights.some((row) => row.some(({ column, value }) => value > 0n && value === trace.consensus[column])),
  '7.2 a weight below the median': ({ trace }) =>
    trace.weights.some((row) => row.some(({ column, value }) => value < trace.consensus[column]!)),
  '7.2 a zero that stays': ({ trace }) => trace.clipped.some((row) => row.some(({ value }) => value === 0n)),
  '7.3 no trust left of a row': ({ trace }) =>
    trace.weights.some((row, uid) => row.some(({ value }) => value > 0n) && trace.validatorTrust[uid] === 0n),
  '7.3 a trust of 1': ({ trace }) => trace.validatorTrust.includes(ONE),
  '7.4 no rank': ({ input, trace }) => input.n > 0 && trace.rank.every((value) => value === 0n),
  '7.4 a product truncated to 0': ({ trace, voters }) =>
    voters.some((uid) => trace.clipped[uid]!.some(({ value }) => value > 0n && value * trace.activeStake[uid]! < ONE)),
  '7.4 all incentive to one': ({ trace }) => trace.incentive.includes(ONE),
  '7.4 incentive for several': ({ trace }) => trace.incentive.filter((share) => share > 0n).length > 1,
  '8 no penalty': ({ input }) => input.hyperparameters.bondsPenalty === 0,
  '8 the whole penalty': ({ input }) => input.hyperparameters.bondsPenalty === 65_535,
  '8 a penalty between, on a clipped weight': ({ input, trace }) =>
    between(input.hyperparameters.bondsPenalty) && overMedian(trace, (median) => median > 0n),
  '8 a penalty between, on a weight clipped to nothing': ({ input, trace }) =>
    between(input.hyperparameters.bondsPenalty) && overMedian(trace, (median) => median === 0n),
  '8 a penalty between: a zero dropped': ({ input, trace }) =>
    between(input.hyperparameters.bondsPenalty) && trace.weights.some((row) => row.some(({ value }) => value === 0n)),
};

const between = (penalty: number): boolean => penalty > 0 && penalty < 65_535;

/** The bar that the support of a weight has to pass, and the sum of the voters' shares. */
function majority({ input, trace, voters }: Seen) {
  const shares = normalize(voters.map((uid) => trace.activeStake[uid]!));
  const held = sum(shares);
  return { shares, sum: held, min: sub(held, prop(input.hyperparameters.kappa)) };
}

function supportEqualsMin(seen: Seen): boolean {
  const { shares, min } = majority(seen);
  const given = seen.voters.map((uid) => lookup(seen.trace.weights[uid]!));
  return seen.uids.some((column) => {
    const weights = given.map((row) => row.get(column) ?? 0n);
    return weights.some((weight) => total(shares.filter((_, voter) => weights[voter]! <= weight)) === min);
  });
}

function overMedian(trace: Seen['trace'], fits: (median: bigint) => boolean): boolean {
  return trace.weights.some((row) =>
    row.some(({ column, value }) => value > trace.consensus[column]! && fits(trace.consensus[column]!)),
  );
}
