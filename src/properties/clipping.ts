/** Clipping: what lies above the consensus counts for nothing, and nothing is ever raised by it. */
import { type EpochOutput, listRows } from '../epoch/index.js';
import { weightMask } from '../reference.js';
import { AMOUNTS, difference, excepting, mapRows } from './change.js';
import { anyShift, findShift, type Shift, shifted } from './consensus.js';
import { exists, STRICT, voters } from './preconditions.js';
import { type Given, type Property, pick, pickFrom } from './property.js';
import { least, ONE, type Range, rangeOf, shown, sumOf } from './raw.js';
import { rowSum } from './votes.js';

const overlaps = (a: Range, b: Range): boolean => a.low <= b.high && b.low <= a.high;

export const trustIsClippedRow: Property = {
  name: 'trust-is-the-clipped-row',
  family: 'clipping',
  statement: "A validator's trust is the sum of its weights, each cut at the consensus.",
  formula: 'vt[i] = sum over j of min(w[i][j], c[j])',
  spec: '7.2, 7.3',
  requires: [STRICT],
  check: async ({ input, spec }, run) => {
    const output = await run(input);
    for (const [uid, row] of spec.weights.entries()) {
      const cut = row.map(({ column, value }) => ({ value, consensus: rangeOf(output, 'consensus', column) }));
      const want = {
        low: sumOf(cut.map(({ value, consensus }) => least(value, consensus.low))),
        high: sumOf(cut.map(({ value, consensus }) => least(value, consensus.high))),
      };
      const got = rangeOf(output, 'validatorTrust', uid);
      if (!overlaps(got, want)) return `trust of uid ${uid} is ${shown(got)}, its clipped row ${shown(want)}`;
    }
    return null;
  },
};

export const trustIsAtMostOne: Property = {
  name: 'trust-at-most-one',
  family: 'clipping',
  statement:
    "Clipping never raises a weight, so a validator's trust is at most the sum of its weights, which is at most 1.",
  formula: 'vt[i] <= sum over j of w[i][j] <= 2^32',
  spec: '7.2, 7.3, 15.2',
  requires: [STRICT],
  check: async ({ input, spec }, run) => {
    const output = await run(input);
    for (const [uid, row] of spec.weights.entries()) {
      const [got, most] = [rangeOf(output, 'validatorTrust', uid), rowSum(row)];
      if (got.low > most || most > ONE) return `trust of uid ${uid} is ${shown(got)}, its row ${most}`;
    }
    return null;
  },
};

export const incentiveIsRankShare: Property = {
  name: 'incentive-is-the-share-of-rank',
  family: 'clipping',
  statement:
    'Incentive is the share of the rank, and rank the stake behind the weights cut at the consensus: at most that behind the weights.',
  formula: 'r[j] = sum over i of floor(a[i] * min(w[i][j], c[j]) / 2^32); inc[j] = floor(r[j] * 2^32 / sum r)',
  spec: '7.2, 7.4',
  requires: [STRICT],
  check: async (subject, run) => {
    const { input } = subject;
    const output = await run(input);
    const ranks = ranksOf(subject, output);
    const all = { low: sumOf(ranks.map(({ low }) => low)), high: sumOf(ranks.map(({ high }) => high)) };
    for (const [uid, { low, high }] of ranks.entries()) {
      const got = rangeOf(output, 'incentive', uid);
      const want = {
        low: all.high === 0n ? 0n : (low * ONE) / all.high,
        high: all.low === 0n ? (high > 0n ? ONE : 0n) : least(ONE, (high * ONE) / all.low),
      };
      if (!overlaps(got, want)) return `incentive of uid ${uid} is ${shown(got)}, its share of the rank ${shown(want)}`;
    }
    return null;
  },
};

/** Rank of every neuron, by the consensus of the output. */
function ranksOf({ input, spec }: Given, output: EpochOutput): Range[] {
  const ranks = Array.from({ length: input.n }, () => ({ low: 0n, high: 0n }));
  const consensus = ranks.map((_, column) => rangeOf(output, 'consensus', column));
  for (const uid of voters(spec)) {
    for (const { column, value } of spec.weights[uid]!) {
      const behind = (cut: bigint): bigint => (spec.activeStake[uid]! * least(value, cut)) / ONE;
      ranks[column]!.low += behind(consensus[column]!.low);
      ranks[column]!.high += behind(consensus[column]!.high);
    }
  }
  return ranks;
}

/** A move towards a neuron that gets more than the consensus from this voter already. */
const excess =
  (gives: (consensus: bigint) => boolean) =>
  (subject: Given): Shift | undefined => {
    const { consensus } = subject.spec;
    return findShift(subject, {
      left: 1,
      gives: ({ column }) => gives(consensus[column]!),
      takes: ({ column, value }) => value > consensus[column]!,
    });
  };

const fromAny = excess(() => true);
const fromDead = excess((consensus) => consensus === 0n);

export const excessLiftsNobody: Property = {
  name: 'excess-lifts-nobody',
  family: 'clipping',
  statement:
    'With the other normalised weights of the row fixed but one that gives way, raising a weight that is above the ' +
    "consensus already leaves that miner's consensus, and so its rank, as they are.",
  formula: "w[i][j] > c[j], v'[j] = v[j] + d, v'[k] = v[k] - d: c'[j] = c[j]",
  spec: '7.1, 7.2, 7.4',
  requires: [STRICT, exists('a weight above the consensus, and another to take from', fromAny)],
  check: async (subject, run) => {
    const { input } = subject;
    const shift = fromAny(subject)!;
    const changed = shifted(input, shift, 1 + pick(subject, 3, shift.most));
    const was = rangeOf(await run(input), 'consensus', shift.to);
    const is = rangeOf(await run(changed), 'consensus', shift.to);
    return was.low === is.low && was.high === is.high
      ? null
      : `consensus of uid ${shift.to} goes from ${shown(was)} to ${shown(is)}`;
  },
};

export const excessChangesNothing: Property = {
  name: 'excess-changes-nothing',
  family: 'clipping',
  statement:
    'The same, taken from a neuron whose consensus is 0: all consensus, trust and incentive stay; with the full bonds ' +
    'penalty every result does.',
  formula: "w[i][j] > c[j], c[k] = 0, v'[k] >= 1: c', vt', inc' as before; bondsPenalty = 65535: f(x') = f(x)",
  spec: '7, 8',
  requires: [
    STRICT,
    exists('a weight above the consensus, and one of at least 2 on a neuron of consensus 0', fromDead),
  ],
  check: async (subject, run) => {
    const { input } = subject;
    const shift = fromDead(subject)!;
    const before = await run(input);
    const after = await run(shifted(input, shift, 1 + pick(subject, 3, shift.most)));
    const feels = input.hyperparameters.bondsPenalty < 65_535;
    const found = difference(excepting(after, before, feels ? ['dividends', 'bonds', ...AMOUNTS] : []), before);
    return found === null ? null : `uid ${shift.uid} moves weight from ${shift.from} to ${shift.to}: ${found}`;
  },
};

export const praisePays: Property = {
  name: 'more-weight-never-hurts',
  family: 'clipping',
  statement:
    'A voter that moves weight from one neuron to another never lowers the incentive of the second and never raises that ' +
    'of the first.',
  formula: "v'[k] = v[k] - d, v'[j] = v[j] + d: inc'[j] >= inc[j], inc'[k] <= inc[k]",
  spec: '7.1, 7.2, 7.4',
  requires: [STRICT, exists('a voter that can move weight between two neurons', anyShift)],
  check: async (subject, run) => {
    const shift = anyShift(subject)!;
    const before = await run(subject.input);
    const after = await run(shifted(subject.input, shift, 1 + pick(subject, 3, shift.most)));
    const [gained, lost] = [shift.to, shift.from].map((uid) => [
      rangeOf(before, 'incentive', uid),
      rangeOf(after, 'incentive', uid),
    ]);
    if (gained![1]!.high < gained![0]!.low) return `incentive of uid ${shift.to} falls to ${shown(gained![1]!)}`;
    if (lost![1]!.low > lost![0]!.high) return `incentive of uid ${shift.from} rises to ${shown(lost![1]!)}`;
    return null;
  },
};

/** Columns that count in the rows of all voters. */
function common({ input, spec }: Given): { readonly template: number; readonly row: (readonly [number, number])[] }[] {
  const uids = voters(spec);
  const lists = listRows(input.weights);
  return uids
    .map((template) => {
      const row = lists[template]!.filter(
        ([column, value]) => value > 0 && uids.every((uid) => weightMask(spec.masks, uid, column) === null),
      );
      return { template, row };
    })
    .filter(({ row }) => row.length > 0);
}

export const unanimity: Property = {
  name: 'unanimity',
  family: 'clipping',
  statement:
    'Where all voters set the same weights, those are the consensus, nothing is clipped, and trust is their sum.',
  formula: 'w[i] = w for all i with a[i] > 0: c = w, vt[i] = sum w',
  spec: '7.1 to 7.3',
  requires: [STRICT, exists('a voter with a weight that would count in every row', common)],
  check: async (subject, run) => {
    const { input, spec } = subject;
    const { row } = pickFrom(subject, 0, common(subject));
    const uids = new Set(voters(spec));
    const weights = mapRows(input.weights, (own, uid) => (uids.has(uid) ? row : own));
    const output = await run({ ...input, weights });
    const total = BigInt(row.reduce((held, [, value]) => held + value, 0));
    const want = new Map(row.map(([column, value]) => [column, (BigInt(value) * ONE) / total]));
    for (let uid = 0; uid < input.n; uid++) {
      const consensus = rangeOf(output, 'consensus', uid);
      const weight = want.get(uid) ?? 0n;
      if (consensus.low > weight || consensus.high < weight)
        return `consensus of uid ${uid} is ${shown(consensus)}, all give ${weight}`;
      const trust = rangeOf(output, 'validatorTrust', uid);
      const sum = sumOf(want.values());
      if (uids.has(uid) && (trust.low > sum || trust.high < sum))
        return `trust of uid ${uid} is ${shown(trust)}, its row ${sum}`;
    }
    return null;
  },
};
