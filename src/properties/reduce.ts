/**
 * Reduces a failing input: neurons, rows, entries, bonds and values go, one kind after the other, as long as it fails.
 * Takes  a test that says whether an input still fails; gives an input of which no single part can go
 * Cost   a test for each attempt, at most `MOST_TESTS`
 */
import {
  type EpochInput,
  HYPERPARAMETERS,
  type HyperparameterName,
  type Hyperparameters,
  hyperparameters,
  listRows,
  type SparseRows,
  sparseRows,
  stakeFromRaw,
  stakeRaw,
} from '../epoch/index.js';
import { mapRows, withElement, withRow, withValue } from './change.js';

const MOST_TESTS = 3_000;

const ALPHA = 1_000_000_000n << 64n;

export async function reduceInput(
  input: EpochInput,
  fails: (input: EpochInput) => Promise<boolean>,
): Promise<EpochInput> {
  let smallest = input;
  let tests = 0;
  for (let progress = true; progress; ) {
    progress = false;
    for (const attempts of STEPS) {
      // Attempts are made afresh from what is left, so that each goes on where the last one that failed ended.
      for (let at = 0; tests < MOST_TESTS; ) {
        const attempt = attempts(smallest)[at];
        if (attempt === undefined) break;
        const simpler = attempt();
        tests += 1;
        if (isSame(simpler, smallest) || !(await fails(simpler))) at += 1;
        else [smallest, progress] = [simpler, true];
      }
    }
  }
  return smallest;
}

type Attempts = (input: EpochInput) => (() => EpochInput)[];

const uidsOf = ({ n }: EpochInput): number[] => Array.from({ length: n }, (_, uid) => uid);

const STEPS: readonly Attempts[] = [
  // All neurons, half of them, a quarter, ..., one.
  (input) => {
    const spans: (() => EpochInput)[] = [];
    for (let size = input.n; size >= 1; size >>= 1) {
      for (let from = 0; from < input.n; from += size) spans.push(() => withoutNeurons(input, from, size));
    }
    return spans;
  },
  (input) => [
    () => ({ ...input, bonds: mapRows(input.bonds, () => []) }),
    () => ({ ...input, commitBlock: undefined }),
    () => ({ ...input, ownerUid: null }),
    () => ({ ...input, meta: undefined }),
  ],
  (input) => uidsOf(input).map((uid) => () => ({ ...input, weights: withRow(input.weights, uid, []) })),
  (input) => uidsOf(input).map((uid) => () => ({ ...input, bonds: withRow(input.bonds, uid, []) })),
  (input) => entriesOf(input.weights).map((entry) => () => ({ ...input, weights: without(input.weights, entry) })),
  (input) => entriesOf(input.bonds).map((entry) => () => ({ ...input, bonds: without(input.bonds, entry) })),
  (input) => HYPERPARAMETER_NAMES.map((name) => () => withRule(input, name, DEFAULTS[name])),
  (input) => HYPERPARAMETER_NAMES.map((name) => () => withRule(input, name, halved(input, name))),
  (input) => uidsOf(input).map((uid) => () => withStake(input, uid, stakeRaw(input.stake, uid) === 0n ? 0n : ALPHA)),
  (input) =>
    uidsOf(input).map((uid) => () => ({
      ...input,
      lastUpdate: withElement(input.lastUpdate, uid, input.currentBlock),
    })),
  (input) => uidsOf(input).map((uid) => () => ({ ...input, registeredAt: withElement(input.registeredAt, uid, 0n) })),
  (input) => valuesOf(input.weights).map((weights) => () => ({ ...input, weights: weights() })),
  (input) => valuesOf(input.bonds).map((bonds) => () => ({ ...input, bonds: bonds() })),
];

const HYPERPARAMETER_NAMES = Object.keys(HYPERPARAMETERS) as HyperparameterName[];

const DEFAULTS = hyperparameters({ commitReveal: false });

type Rule = Hyperparameters[HyperparameterName];

const withRule = (input: EpochInput, name: HyperparameterName, value: Rule): EpochInput => ({
  ...input,
  hyperparameters: { ...input.hyperparameters, [name]: value },
});

/** A number that cannot be the default. */
function halved({ hyperparameters }: EpochInput, name: HyperparameterName): Rule {
  const value = hyperparameters[name];
  if (value === DEFAULTS[name] || typeof value === 'boolean') return value;
  return typeof value === 'bigint' ? value / 2n : Math.trunc(value / 2);
}

const withStake = (input: EpochInput, uid: number, raw: bigint): EpochInput => ({
  ...input,
  stake: stakeFromRaw(uidsOf(input).map((at) => (at === uid ? raw : stakeRaw(input.stake, at)))),
});

interface At {
  readonly uid: number;
  readonly column: number;
  readonly value: number;
}

const entriesOf = (rows: SparseRows): At[] =>
  listRows(rows).flatMap((row, uid) => row.map(([column, value]) => ({ uid, column, value })));

const without = (rows: SparseRows, { uid, column }: At): SparseRows =>
  withRow(
    rows,
    uid,
    listRows(rows)[uid]!.filter(([at]) => at !== column),
  );

/** Every value as 1, then as 65535, where it is neither; then halved. */
const valuesOf = (rows: SparseRows): (() => SparseRows)[] =>
  entriesOf(rows).flatMap(({ uid, column, value }) =>
    (value <= 1 || value === 65_535 ? [] : [1, 65_535, value >> 1]).map(
      (simpler) => () => withRow(rows, uid, withValue(listRows(rows)[uid]!, column, simpler)),
    ),
  );

/** The input without some neurons; the others move up. */
function withoutNeurons(input: EpochInput, from: number, size: number): EpochInput {
  const kept = uidsOf(input).filter((uid) => uid < from || uid >= from + size);
  const to = new Map(kept.map((uid, at) => [uid, at]));
  const rows = (given: SparseRows): SparseRows => {
    const lists = listRows(given);
    return sparseRows(
      kept.map((uid) =>
        lists[uid]!.flatMap(([column, value]) => (to.has(column) ? [[to.get(column)!, value] as const] : [])),
      ),
    );
  };
  const blocks = (vector: BigUint64Array): BigUint64Array => BigUint64Array.from(kept, (uid) => vector[uid] ?? 0n);
  return {
    ...input,
    n: kept.length,
    ownerUid: input.ownerUid === null ? null : (to.get(input.ownerUid) ?? null),
    stake: stakeFromRaw(kept.map((uid) => stakeRaw(input.stake, uid))),
    lastUpdate: blocks(input.lastUpdate),
    registeredAt: blocks(input.registeredAt),
    validatorPermit: Uint8Array.from(kept, (uid) => input.validatorPermit[uid]!),
    commitBlock: input.commitBlock && blocks(input.commitBlock),
    weights: rows(input.weights),
    bonds: rows(input.bonds),
  };
}

const isSame = (a: EpochInput, b: EpochInput): boolean => textOf(a) === textOf(b);

const textOf = (input: EpochInput): string =>
  JSON.stringify(input, (_, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    return ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<unknown>, String) : value;
  });
