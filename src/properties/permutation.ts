/** Names do not matter: uids may be exchanged, rows reordered, a stranger added; the exceptions are exact. */
import { type EpochInput, type EpochOutput, listRows, NO_COMMIT, type SparseRows, sparseRows } from '../epoch/index.js';
import type { EpochTrace } from '../reference.js';
import { difference, type Entries, excepting, mapRows, type Result, sortRows, withSortedBonds } from './change.js';
import { isLiquid, isSorted, SOUND } from './preconditions.js';
import { type Precondition, type Property, pick } from './property.js';

const ORDER_UNREAD: Precondition = {
  says: 'under liquid alpha: bond rows are sorted, and weight rows are, unless 0 < bondsPenalty < 65535 (which sorts)',
  holds: ({ input, spec }) => {
    const { bondsPenalty } = input.hyperparameters;
    const sorts = bondsPenalty > 0 && bondsPenalty < 65_535;
    return !isLiquid(spec) || (isSorted(input.bonds) && (sorts || isSorted(input.weights)));
  },
  without:
    'fails: the forward-only cursor of spec 9.4 hides entries of an unsorted row, and exchanging uids unsorts it',
};

/** Two neurons of one stake, of which one gets a permit and the other none: then the uid decides. */
export function isPermitTied({ n, stake }: EpochTrace, maxValidators: number): boolean {
  const cut = n - maxValidators;
  const ascending = stake.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return cut > 0 && cut < n && ascending[cut] !== 0n && ascending[cut] === ascending[cut - 1];
}

export const permutation: Property = {
  name: 'permutation',
  family: 'invariance',
  statement:
    'Exchanging two uids exchanges their results. Where the last permit is tied the higher uid wins: then new permits ' +
    'and bonds are excepted.',
  formula: 'f(p(x)) = p(f(x)) for every transposition p, hence every permutation; bond rows as sets',
  spec: '4.3, 9.4, 15.1',
  requires: [
    ...SOUND,
    ORDER_UNREAD,
    { says: 'there are two neurons', holds: ({ input }) => input.n >= 2, without: 'nothing to exchange' },
  ],
  check: async (subject, run) => {
    const { input, spec } = subject;
    const one = pick(subject, 0, input.n);
    const other = (one + 1 + pick(subject, 1, input.n - 1)) % input.n;
    const to = (uid: number): number => (uid === one ? other : uid === other ? one : uid);
    const want = exchangedOutput(await run(input), to);
    const got = withSortedBonds(await run(exchangedInput(input, to)));
    const tied: Result[] = isPermitTied(spec, input.hyperparameters.maxValidators)
      ? ['newValidatorPermit', 'bonds']
      : [];
    const found = difference(excepting(got, want, tied), want);
    return found === null ? null : `uids ${one} and ${other} exchanged: ${found}`;
  },
};

export const rowOrder: Property = {
  name: 'row-order',
  family: 'invariance',
  statement: 'The order of the entries within rows of weights and bonds does not matter.',
  formula: 'f(reversed rows) = f(rows), bond rows as sets',
  spec: '1.2, 9.4, 15.1',
  requires: [
    ...SOUND,
    {
      says: 'liquid alpha is not at work',
      holds: ({ spec }) => !isLiquid(spec),
      without: 'fails: see the false belief row-order-never-matters',
    },
  ],
  check: async ({ input }, run) => {
    const reversed = (rows: SparseRows): SparseRows => mapRows(rows, (row) => row.toReversed());
    const other = { ...input, weights: reversed(input.weights), bonds: reversed(input.bonds) };
    return difference(withSortedBonds(await run(other)), withSortedBonds(await run(input)));
  },
};

export const newcomer: Property = {
  name: 'newcomer',
  family: 'invariance',
  statement: 'A neuron more, without stake, permit and bonds, that nobody weighs, changes nothing for the others.',
  formula: 'f(x + stranger)[i] = f(x)[i] for i < n',
  spec: '4.3, 6, 9',
  requires: [
    ...SOUND,
    {
      says: 'n is below 32 768, and the uid n is not the owner',
      holds: ({ input }) => input.n < 32_768 && input.ownerUid !== input.n,
      without: 'the newcomer would be the owner, whose weights count',
    },
  ],
  check: async (subject, run) => {
    const { input } = subject;
    const { n } = input;
    const row: Entries = n === 0 ? [] : [[pick(subject, 0, n), 65_535]];
    const joined: EpochInput = {
      ...input,
      n: n + 1,
      stake: BigUint64Array.of(...input.stake, 0n, 0n),
      lastUpdate: BigUint64Array.of(
        ...input.lastUpdate.subarray(0, n),
        ...zeros(n - input.lastUpdate.length),
        input.currentBlock,
      ),
      registeredAt: BigUint64Array.of(...input.registeredAt, 0n),
      validatorPermit: Uint8Array.of(...input.validatorPermit, 0),
      commitBlock: input.commitBlock && BigUint64Array.of(...input.commitBlock, NO_COMMIT),
      weights: sparseRows([...listRows(input.weights), row]),
      bonds: sparseRows([...listRows(input.bonds), []]),
    };
    return difference(firstOf(await run(joined), n), await run(input));
  },
};

const zeros = (count: number): bigint[] => new Array<bigint>(Math.max(0, count)).fill(0n);

/** Results of the first `n` neurons. */
function firstOf(output: EpochOutput, n: number): EpochOutput {
  return reindexed(
    output,
    Array.from({ length: n }, (_, uid) => uid),
    (column) => column,
  );
}

function exchangedInput(input: EpochInput, to: (uid: number) => number): EpochInput {
  const order = Array.from({ length: input.n }, (_, uid) => to(uid));
  const lastUpdate = BigUint64Array.from(order, (uid) => input.lastUpdate[uid] ?? 0n);
  const rows = (given: SparseRows): SparseRows => {
    const lists = listRows(given);
    return sortRows(sparseRows(order.map((uid) => lists[uid]!.map(([column, value]) => [to(column), value] as const))));
  };
  return {
    ...input,
    ownerUid: input.ownerUid === null ? null : to(input.ownerUid),
    stake: BigUint64Array.from(order.flatMap((uid) => [...input.stake.subarray(2 * uid, 2 * uid + 2)])),
    lastUpdate,
    registeredAt: BigUint64Array.from(order, (uid) => input.registeredAt[uid]!),
    validatorPermit: Uint8Array.from(order, (uid) => input.validatorPermit[uid]!),
    commitBlock: input.commitBlock && BigUint64Array.from(order, (uid) => input.commitBlock![uid]!),
    weights: rows(input.weights),
    bonds: rows(input.bonds),
  };
}

const exchangedOutput = (output: EpochOutput, to: (uid: number) => number): EpochOutput =>
  withSortedBonds(
    reindexed(
      output,
      Array.from({ length: output.n }, (_, uid) => to(uid)),
      to,
    ),
  );

/** Results of the uids in `order`, columns of bonds renamed by `to`. */
function reindexed(output: EpochOutput, order: readonly number[], to: (uid: number) => number): EpochOutput {
  const flags = (vector: Uint8Array): Uint8Array => Uint8Array.from(order, (uid) => vector[uid]!);
  const shares = (vector: Uint16Array): Uint16Array => Uint16Array.from(order, (uid) => vector[uid]!);
  const amounts = (vector: BigUint64Array): BigUint64Array => BigUint64Array.from(order, (uid) => vector[uid]!);
  const raw = (vector: BigInt64Array): BigInt64Array => BigInt64Array.from(order, (uid) => vector[uid]!);
  const lists = listRows(output.bonds);
  const mid = output.intermediates;
  return {
    n: order.length,
    active: flags(output.active),
    stakeWeight: shares(output.stakeWeight),
    consensus: shares(output.consensus),
    incentive: shares(output.incentive),
    dividends: shares(output.dividends),
    validatorTrust: shares(output.validatorTrust),
    serverEmission: amounts(output.serverEmission),
    validatorEmission: amounts(output.validatorEmission),
    emission: amounts(output.emission),
    newValidatorPermit: flags(output.newValidatorPermit),
    stake: amounts(output.stake),
    bonds: sparseRows(order.map((uid) => lists[uid]!.map(([column, value]) => [to(column), value] as const))),
    intermediates: mid && {
      stake: raw(mid.stake),
      activeStake: raw(mid.activeStake),
      consensus: raw(mid.consensus),
      validatorTrust: raw(mid.validatorTrust),
      incentive: raw(mid.incentive),
      dividends: raw(mid.dividends),
    },
  };
}
