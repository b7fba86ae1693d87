/** False beliefs about weights, consensus and clipping. */
import { type EpochInput, listRows, type SparseRows } from '../../epoch/index.js';
import { difference, mapRows, rowOf, withSortedBonds, withValue, withWeights } from '../change.js';
import { findShift } from '../consensus.js';
import { STRICT, voters } from '../preconditions.js';
import { pickFrom } from '../property.js';
import { ONE, rangeOf } from '../raw.js';
import { votesOf } from '../votes.js';
import type { Belief } from './belief.js';

export const moreWeightMoreIncentive: Belief = {
  name: 'excess-weight-never-pays',
  statement: 'Raising a weight that is above the consensus already never raises the incentive of that miner.',
  why:
    'The row is normalised to 1: what one miner gains the others of the row lose. The clipped weight stays, but the ' +
    'ranks of the others fall, and so its share rises.',
  spec: '6.5, 7.4',
  refute: async (given, run) => {
    const { input, spec } = given;
    const shift = findShift(given, { left: 0, takes: ({ column, value }) => value > spec.consensus[column]! });
    if (shift === undefined || !STRICT.holds(given)) return null;
    const { uid, to } = shift;
    const raised = withWeights(input, uid, withValue(rowOf(input.weights, uid), to, 65_535));
    const [before, after] = [(await run(input)).incentive[to]!, (await run(raised)).incentive[to]!];
    return after > before ? `uid ${uid} gives ${to} all it can: incentive from ${before} to ${after}` : null;
  },
};

export const agreementIsFullTrust: Belief = {
  name: 'agreement-is-full-trust',
  statement: 'A validator whose weights are nowhere clipped has the trust 1, stored as 65535.',
  why: 'Every weight of a row is truncated when it is normalised, and the sum once more: three equal weights give 65534.',
  spec: '6.5, 7.3, 2',
  refute: async ({ input, spec }, run) => {
    const { validatorTrust } = await run(input);
    const uid = voters(spec).find((voter) => {
      const row = spec.weights[voter]!;
      const whole = row.length > 0 && row.every(({ column, value }) => value <= spec.consensus[column]!);
      return whole && row.some(({ value }) => value > 0n) && validatorTrust[voter]! < 65_535;
    });
    return uid === undefined ? null : `nothing of uid ${uid} is clipped, its trust is ${validatorTrust[uid]}`;
  },
};

export const halfCannotLift: Belief = {
  name: 'half-cannot-lift',
  statement: 'Validators with half of the voting stake cannot lift a miner above what the other half gives it.',
  why: 'The default kappa is 32767 of 65535, a little below one half: exactly half of the stake is a majority.',
  spec: '7.1',
  refute: async (given, run) => {
    const { uids, shares, total, on } = votesOf(given);
    const output = await run(given.input);
    if (given.input.hyperparameters.kappa !== 32_767) return null;
    for (let column = 0; column < given.input.n; column++) {
      const weights = on(column);
      const consensus = rangeOf(output, 'consensus', column).low;
      const above = shares.filter((_, at) => weights[at]! >= consensus).reduce((sum, share) => sum + share, 0n);
      const most = weights
        .filter((weight) => weight < consensus)
        .reduce((max, weight) => (weight > max ? weight : max), 0n);
      if (consensus > 0n && above * 2n <= total && above < total) {
        return `half of ${uids.length} voters lift uid ${column} to ${consensus}, the others give it ${most} at most`;
      }
    }
    return null;
  },
};

export const consensusAddsUpToOne: Belief = {
  name: 'consensus-adds-up-to-one',
  statement: 'The consensus of all miners together is at most 1, for it is what validators agree on.',
  why: 'Each column has a median of its own. Three validators that each leave out another of three miners agree on half for each.',
  spec: '7.1',
  refute: async ({ input }, run) => {
    const output = await run(input);
    const least = Array.from({ length: input.n }, (_, uid) => rangeOf(output, 'consensus', uid).low);
    const sum = least.reduce((total, raw) => total + raw, 0n);
    return sum > ONE ? `consensus adds up to raw ${sum}` : null;
  },
};

const reversed = (rows: SparseRows): SparseRows => mapRows(rows, (row) => row.toReversed());

export const orderNeverMatters: Belief = {
  name: 'row-order-never-matters',
  statement: 'The order in which a validator submits its weights does not matter.',
  why: 'Under liquid alpha a row is read with a cursor that only moves forward: an entry hides those of smaller uids behind it.',
  spec: '9.4 b',
  refute: async (given, run) => {
    if (!STRICT.holds(given)) return null;
    const { input } = given;
    const other = await run({ ...input, weights: reversed(input.weights) });
    return difference(withSortedBonds(other), withSortedBonds(await run(input)));
  },
};

export const zeroIsNothing: Belief = {
  name: 'a-zero-weight-is-no-weight',
  statement: 'A weight of 0 is the same as no weight.',
  why: 'Under liquid alpha a bond without an entry in the new row vanishes at once; with an explicit 0 it decays.',
  spec: '6.5, 9.4 b',
  refute: async (given, run) => {
    if (!STRICT.holds(given)) return null;
    const { input } = given;
    const bare = mapRows(input.weights, (row) => row.filter(([, value]) => value > 0));
    return difference(withSortedBonds(await run({ ...input, weights: bare })), withSortedBonds(await run(input)));
  },
};

/** Consensus of an output as a row. */
export const consensusRow = (input: EpochInput, consensus: Uint16Array): [number, number][] =>
  Array.from(consensus, (value, column) => [column, value] as [number, number]).filter(
    ([column, value]) => value > 0 && column < input.n,
  );

export const copyingNeverPays: Belief = {
  name: 'copying-never-pays',
  statement: 'A validator that copies the published consensus earns no more than every honest one of the same stake.',
  why: 'Honest validators that measure for themselves are clipped where they differ; the copy of the consensus never is.',
  spec: '7.2, 9',
  refute: async (given, run) => {
    const { input, spec } = given;
    const uids = voters(spec).filter((uid) => listRows(input.weights)[uid]!.length > 0);
    if (!STRICT.holds(given) || uids.length < 3) return null;
    const copier = pickFrom(given, 0, uids);
    const row = consensusRow(input, (await run(input)).consensus).filter(([column]) => column !== copier);
    const bonds = mapRows(input.bonds, () => []);
    const { dividends } = await run({ ...withWeights(input, copier, row), bonds });
    const honest = uids.filter((uid) => uid !== copier && spec.activeStake[uid] === spec.activeStake[copier]);
    const best = Math.max(...honest.map((uid) => dividends[uid]!));
    return honest.length > 0 && dividends[copier]! > best
      ? `uid ${copier} copies and gets dividends of ${dividends[copier]}, the best honest one of its stake ${best}`
      : null;
  },
};
