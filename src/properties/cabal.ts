/** Cabals: what a minority that acts together can and cannot do to the consensus. */
import type { EpochInput } from '../epoch/index.js';
import { type Entries, withWeights } from './change.js';
import { STRICT } from './preconditions.js';
import { type Given, type Precondition, type Property, pick } from './property.js';
import { rangeOf, shown } from './raw.js';
import { votesOf } from './votes.js';

interface Cabal {
  readonly members: ReadonlySet<number>;
  readonly honest: number;
}

/** Voters one after the other, from a picked one on, as many as fit the limit together. */
function cabalOf(subject: Given, fits: (share: bigint) => boolean): Cabal {
  const { uids, shares } = votesOf(subject);
  const members = new Set<number>();
  let held = 0n;
  for (let step = 0; step < uids.length; step++) {
    const at = (step + pick(subject, 0, uids.length)) % uids.length;
    if (!fits(held + shares[at]!)) continue;
    held += shares[at]!;
    members.add(uids[at]!);
  }
  return { members, honest: uids.length - members.size };
}

/** Less than kappa. */
function lifting(subject: Given): Cabal {
  const { majority } = votesOf(subject);
  return cabalOf(subject, (share) => share < majority);
}

/** At most 1 - kappa. */
function pushing(subject: Given): Cabal {
  const { total, majority } = votesOf(subject);
  return cabalOf(subject, (share) => share <= total - majority);
}

const isPossible = (cabal: (subject: Given) => Cabal, limit: string): Precondition => ({
  says: `some voter holds ${limit}, and there are others`,
  holds: (subject) => {
    const { members, honest } = cabal(subject);
    return members.size > 0 && honest > 0;
  },
  without: 'there is no such cabal, or nobody honest to compare with',
});

/** The input in which all members set this row. */
const conspiring = (input: EpochInput, { members }: Cabal, row: Entries): EpochInput =>
  [...members].reduce((changed, uid) => withWeights(changed, uid, row), input);

const honestWeights = (subject: Given, { members }: Cabal, column: number): bigint[] => {
  const votes = votesOf(subject);
  return votes.on(column).filter((_, at) => !members.has(votes.uids[at]!));
};

export const cabalLifts: Property = {
  name: 'cabal-cannot-lift',
  family: 'consensus',
  statement:
    'A cabal of less than kappa cannot lift a miner above the largest weight that an honest validator gives it.',
  formula: 'sum { u[i] : i in S } < kap, some voter not in S: c[j] <= max { w[i][j] : i not in S }',
  spec: '7.1',
  requires: [STRICT, isPossible(lifting, 'less than kappa of the normalised stake')],
  check: async (subject, run) => {
    const column = pick(subject, 1, subject.input.n);
    const cabal = lifting(subject);
    const other = pick(subject, 2, subject.input.n);
    const value = pick(subject, 3, 65_536);
    const row: Entries =
      value % 2 === 0 || other === column
        ? [[column, 65_535]]
        : [
            [column, 65_535],
            [other, value],
          ];
    const got = rangeOf(await run(conspiring(subject.input, cabal, row)), 'consensus', column);
    const largest = honestWeights(subject, cabal, column).reduce((most, weight) => (weight > most ? weight : most), 0n);
    if (got.low <= largest) return null;
    return `uids ${[...cabal.members]} lift uid ${column} to ${shown(got)}, honest weights reach ${largest}`;
  },
};

export const cabalPushes: Property = {
  name: 'cabal-cannot-push',
  family: 'consensus',
  statement: 'A cabal of at most 1 - kappa cannot push a miner below what all honest validators give it.',
  formula: 'sum { u[i] : i in S } <= U - kap, some voter not in S: c[j] >= min { w[i][j] : i not in S }',
  spec: '7.1',
  requires: [STRICT, isPossible(pushing, 'at most 1 - kappa of the normalised stake')],
  check: async (subject, run) => {
    const column = pick(subject, 1, subject.input.n);
    const cabal = pushing(subject);
    const other = pick(subject, 2, subject.input.n);
    const row: Entries = other === column ? [] : [[other, 65_535]];
    const got = rangeOf(await run(conspiring(subject.input, cabal, row)), 'consensus', column);
    const [first, ...rest] = honestWeights(subject, cabal, column);
    const smallest = rest.reduce((low, weight) => (weight < low ? weight : low), first!);
    if (got.high >= smallest) return null;
    return `uids ${[...cabal.members]} push uid ${column} to ${shown(got)}, honest weights start at ${smallest}`;
  },
};
