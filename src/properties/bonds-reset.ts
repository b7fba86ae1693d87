/** Bonds and the rest: what voids them, and that they never act back on weights, consensus and incentive. */
import { type EpochInput, listRows, resetBonds } from '../epoch/index.js';
import { fixed, weightMask } from '../reference.js';
import { storedRows, valuesOf } from './bonds.js';
import {
  AMOUNTS,
  difference,
  type Entries,
  excepting,
  mapRows,
  rowOf,
  withElement,
  withRow,
  withValue,
} from './change.js';
import { exists, FIXED_YUMA3, SOUND, STRICT } from './preconditions.js';
import { type Given, type Property, pick, pickFrom } from './property.js';

const uidsOf = ({ n }: EpochInput): number[] => Array.from({ length: n }, (_, uid) => uid);

/** Neurons towards which every bond is void. */
const newlyRegistered = ({ input, spec }: Given): number[] =>
  uidsOf(input).filter((uid) => input.registeredAt[uid]! >= spec.horizon);

export const bondsAreVoid: Property = {
  name: 'registration-voids-bonds',
  family: 'bonds',
  statement: 'Stored bonds towards a neuron that registered after the previous epoch change nothing.',
  formula: 'horizon <= reg[j]: f(B[i][j]) = f(other B[i][j])',
  spec: '3, 9.1',
  requires: [exists('a neuron registered at the horizon or later', newlyRegistered)],
  check: async (subject, run) => {
    const { input } = subject;
    const column = pickFrom(subject, 0, newlyRegistered(subject));
    const uid = pick(subject, 1, input.n);
    const row = withValue(rowOf(input.bonds, uid), column, pick(subject, 2, 65_536));
    const other = { ...input, bonds: withRow(input.bonds, uid, row) };
    const found = difference(await run(other), await run(input));
    return found === null ? null : `bond of uid ${uid} on ${column}: ${found}`;
  },
};

/** Neurons that could register at the horizon and void no weight by it. A mask reads the registration of its column only. */
const replaceable = ({ input, spec: { masks, horizon } }: Given): number[] => {
  const registered = { ...masks, registeredAt: masks.registeredAt.map(() => horizon) };
  const isVoid = (inputs: typeof masks, uid: number, column: number) => weightMask(inputs, uid, column) !== null;
  const changed = new Set<number>();
  for (const [uid, row] of listRows(input.weights).entries()) {
    for (const [column] of row) if (isVoid(masks, uid, column) !== isVoid(registered, uid, column)) changed.add(column);
  }
  return uidsOf(input).filter((column) => !changed.has(column));
};

export const resetIsRegistration: Property = {
  name: 'reset-is-registration',
  family: 'bonds',
  statement: 'resetBonds does to bonds what a registration at the horizon does.',
  formula: 'f(resetBonds(B, j)) = f(reg[j] = horizon), where no weight becomes void or valid by it',
  spec: '9.1, 14',
  requires: [STRICT, exists('a neuron that could register at the horizon with the same weights void', replaceable)],
  check: async (subject, run) => {
    const { input, spec } = subject;
    const uid = pickFrom(subject, 0, replaceable(subject));
    const reset = await run({ ...input, bonds: resetBonds(input.bonds, uid) });
    const registered = await run({ ...input, registeredAt: withElement(input.registeredAt, uid, spec.horizon) });
    const found = difference(reset, registered);
    return found === null ? null : `uid ${uid}: ${found}`;
  },
};

export const resetStartsAnew: Property = {
  name: 'reset-starts-anew',
  family: 'bonds',
  statement:
    'After resetBonds a bond towards that neuron is what its weight buys in one epoch; all others are as without.',
  formula: 'B without column j: e[i][j] = floor(al * wb[i][j] / 2^32); other columns unchanged',
  spec: '9.3, 9.4 a, 14',
  requires: [...SOUND, FIXED_YUMA3, exists('a neuron', ({ input }) => uidsOf(input))],
  check: async (subject, run) => {
    const { input, spec } = subject;
    const column = pick(subject, 0, input.n);
    const output = await run({ ...input, bonds: resetBonds(input.bonds, column) });
    const others = (row: Entries): Entries => row.filter(([at]) => at !== column);
    const [got, want] = [output, await run(input)].map(({ bonds }) => JSON.stringify(listRows(mapRows(bonds, others))));
    if (got !== want) return `bonds towards others than uid ${column} change`;
    for (const { uid, stored } of storedRows(output)) {
      const weight = valuesOf(spec.weightsForBonds[uid]!).get(column) ?? 0n;
      const bought = fixed.toU16(fixed.mul(spec.alpha!, weight));
      const bond = stored.get(column) ?? 0;
      if (bond !== bought) return `bond of uid ${uid} on ${column} is ${bond}, its weight buys ${bought}`;
    }
    return null;
  },
};

export const bondsPayOnly: Property = {
  name: 'bonds-only-pay-validators',
  family: 'bonds',
  statement:
    'Bonds decide dividends, amounts and the next bonds; consensus, trust, incentive and permits do not know them.',
  formula: 'f(B) and f(other B) differ in dividends, amounts and bonds only',
  spec: '4 to 7, 9',
  requires: [],
  check: async (subject, run) => {
    const { input } = subject;
    const factor = pick(subject, 0, 65_536);
    const scaled = mapRows(input.bonds, (row) =>
      row.map(([column, value]) => [column, Math.floor((value * factor) / 65_536)] as const),
    );
    const none = mapRows(input.bonds, () => []);
    const [base, other] = [await run(input), await run({ ...input, bonds: pick(subject, 1, 2) === 0 ? scaled : none })];
    return difference(excepting(other, base, ['dividends', 'bonds', ...AMOUNTS]), base);
  },
};
