/** Consensus: a weight that occurs, with a majority behind it and none behind a larger one. */
import type { EpochInput, EpochOutput } from '../epoch/index.js';
import type { Entry } from '../reference.js';
import { type Entries, rowOf, withValue, withWeights } from './change.js';
import { exists, STRICT, voters } from './preconditions.js';
import { type Given, type Property, pick } from './property.js';
import { rangeOf, shown, within } from './raw.js';
import { support, type Votes, votesOf } from './votes.js';

type Test = (weight: bigint, weights: readonly bigint[], votes: Votes) => boolean;

/** Every consensus may be a value among the votes that passes the test. */
async function everyColumn(subject: Given, output: EpochOutput, complaint: string, test: Test): Promise<string | null> {
  const votes = votesOf(subject);
  for (let column = 0; column < subject.input.n; column++) {
    const weights = votes.on(column);
    const range = rangeOf(output, 'consensus', column);
    const candidates = new Set(weights.filter((weight) => within(weight, range)));
    if (votes.uids.length === 0 && within(0n, range)) continue;
    if (![...candidates].some((weight) => test(weight, weights, votes))) {
      return `consensus of uid ${column} (raw ${shown(range)}) ${complaint}`;
    }
  }
  return null;
}

export const consensusOccurs: Property = {
  name: 'consensus-occurs',
  family: 'consensus',
  statement: 'Consensus is a weight that a voter gives (0 where it gives none), never one between two.',
  formula: 'c[j] in { w[i][j] : a[i] > 0 }, 0 without voters',
  spec: '7.1',
  requires: [STRICT],
  check: async (subject, run) =>
    everyColumn(subject, await run(subject.input), 'is no weight that a voter gives', () => true),
};

export const consensusSupported: Property = {
  name: 'consensus-supported',
  family: 'consensus',
  statement: 'At least kappa of the normalised active stake gives the consensus or more, or every voter does.',
  formula: 'sum { u[i] : w[i][j] >= c[j] } >= min(kap, U), hence sum { a[i] } * 2^32 >= kap * sum a if kap <= U',
  spec: '7.1',
  requires: [STRICT],
  check: async (subject, run) =>
    everyColumn(
      subject,
      await run(subject.input),
      'is not supported by kappa',
      (weight, weights, votes) =>
        support(votes, weights, weight) >= (votes.majority < votes.total ? votes.majority : votes.total),
    ),
};

export const consensusLargest: Property = {
  name: 'consensus-largest',
  family: 'consensus',
  statement: 'No larger weight is supported by kappa of the normalised active stake.',
  formula: 'y > c[j] occurs: sum { u[i] : w[i][j] >= y } < kap',
  spec: '7.1',
  requires: [STRICT],
  check: async (subject, run) =>
    everyColumn(subject, await run(subject.input), 'is below a weight that kappa supports', (weight, weights, votes) =>
      weights.every((larger) => larger <= weight || support(votes, weights, larger) < votes.majority),
    ),
};

/** The first uid whose score is surely larger in one output than in the other. */
export function grown(score: 'consensus' | 'validatorTrust', larger: EpochOutput, smaller: EpochOutput): number {
  return Array.from({ length: larger.n }, (_, uid) => uid).findIndex(
    (uid) => rangeOf(larger, score, uid).low > rangeOf(smaller, score, uid).high,
  );
}

export const kappaMonotone: Property = {
  name: 'kappa-monotone',
  family: 'consensus',
  statement: 'A larger kappa raises no consensus and no trust.',
  formula: "kappa' >= kappa: c'[j] <= c[j], vt'[i] <= vt[i]",
  spec: '7.1 to 7.3',
  requires: [STRICT],
  check: async (subject, run) => {
    const { input } = subject;
    const { kappa } = input.hyperparameters;
    const raised = kappa + pick(subject, 0, 65_536 - kappa);
    const before = await run(input);
    const after = await run({ ...input, hyperparameters: { ...input.hyperparameters, kappa: raised } });
    for (const score of ['consensus', 'validatorTrust'] as const) {
      const uid = grown(score, after, before);
      if (uid >= 0) return `kappa from ${kappa} to ${raised}: ${score} of uid ${uid} rises`;
    }
    return null;
  },
};

/** A voter that can move weight between two counted entries of its row, the sum unchanged. */
export interface Shift {
  readonly uid: number;
  readonly from: number;
  readonly to: number;
  /** Most units that can move. */
  readonly most: number;
}

interface ShiftRules {
  /** What the giving entry keeps at least. */
  readonly left: number;
  readonly gives?: (entry: Entry) => boolean;
  readonly takes?: (entry: Entry) => boolean;
}

/** Voter, giver and taker as the first three picks choose them; `undefined` if there are none. */
export function findShift(subject: Given, { left, gives, takes }: ShiftRules): Shift | undefined {
  const { input, spec } = subject;
  const uids = voters(spec);
  const start = pick(subject, 0, uids.length || 1);
  for (const uid of [...uids.slice(start), ...uids.slice(0, start)]) {
    const units = new Map(rowOf(input.weights, uid));
    const givers = spec.weights[uid]!.filter((entry) => units.get(entry.column)! > left && (gives?.(entry) ?? true));
    const takers = spec.weights[uid]!.filter((entry) => units.get(entry.column)! < 65_535 && (takes?.(entry) ?? true));
    if (givers.length === 0) continue;
    const from = givers[pick(subject, 1, givers.length)]!.column;
    const others = takers.filter(({ column }) => column !== from);
    if (others.length === 0) continue;
    const to = others[pick(subject, 2, others.length)]!.column;
    return { uid, from, to, most: Math.min(units.get(from)! - left, 65_535 - units.get(to)!) };
  }
  return undefined;
}

export const anyShift = (subject: Given): Shift | undefined => findShift(subject, { left: 0 });

export function shifted(input: EpochInput, { uid, from, to }: Shift, units: number): EpochInput {
  const row = rowOf(input.weights, uid);
  const value = (column: number): number => row.find(([at]) => at === column)![1];
  const taken: Entries = withValue(row, from, value(from) - units);
  return withWeights(input, uid, withValue(taken, to, value(to) + units));
}

export const weightShift: Property = {
  name: 'weight-shift',
  family: 'consensus',
  statement:
    'A voter that moves weight from one neuron to another never lowers the consensus of the second, never raises that ' +
    'of the first, and leaves all others.',
  formula: "v'[k] = v[k] - d, v'[j] = v[j] + d: c'[j] >= c[j], c'[k] <= c[k], all other c' = c",
  spec: '6.5, 7.1',
  requires: [STRICT, exists('a voter that can move weight between two neurons', anyShift)],
  check: async (subject, run) => {
    const { input } = subject;
    const shift = anyShift(subject)!;
    const units = 1 + pick(subject, 3, shift.most);
    const [before, after] = [await run(input), await run(shifted(input, shift, units))];
    for (let column = 0; column < input.n; column++) {
      const [was, is] = [rangeOf(before, 'consensus', column), rangeOf(after, 'consensus', column)];
      const raised = is.low > was.high && column !== shift.to;
      const lowered = is.high < was.low && column !== shift.from;
      if (raised || lowered) {
        const what = `uid ${shift.uid} moves ${units} from ${shift.from} to ${shift.to}`;
        return `${what}: consensus of ${column} goes from ${shown(was)} to ${shown(is)}`;
      }
    }
    return null;
  },
};
