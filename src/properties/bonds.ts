/** Bonds in one epoch: what is stored, and how far each moves. The bounds are derived in docs/properties.md. */
import { type EpochOutput, listRows } from '../epoch/index.js';
import { fixed, type Row } from '../reference.js';
import { FIXED_YUMA3, LIQUID, SOUND, STRICT, YUMA2 } from './preconditions.js';
import type { Given, Property } from './property.js';
import { ONE, sumOf } from './raw.js';

const U16 = 65_535n;

export const valuesOf = (row: Row): ReadonlyMap<number, bigint> =>
  new Map(row.map(({ column, value }) => [column, value]));

/** Stored bonds of each uid with a new permit, by column. */
export function storedRows({ bonds, newValidatorPermit }: EpochOutput): { uid: number; stored: Map<number, number> }[] {
  return listRows(bonds)
    .map((row, uid) => ({ uid, stored: new Map(row) }))
    .filter(({ uid }) => newValidatorPermit[uid] === 1);
}

export const bondsAreStored: Property = {
  name: 'bonds-are-stored',
  family: 'bonds',
  statement: 'Only neurons with a new permit keep bonds; a row names each neuron once.',
  formula: 'not newPermit[i]: row i empty; columns distinct and below n',
  spec: '11',
  requires: [STRICT],
  check: async ({ input }, run) => {
    const { bonds, newValidatorPermit } = await run(input);
    for (const [uid, row] of listRows(bonds).entries()) {
      if (!newValidatorPermit[uid] && row.length > 0) return `uid ${uid} has ${row.length} bonds and no new permit`;
      const columns = new Set(row.map(([column]) => column));
      if (columns.size < row.length) return `bonds of uid ${uid} name a neuron twice`;
      if (row.some(([column]) => column >= input.n)) return `bonds of uid ${uid} name no neuron`;
    }
    return null;
  },
};

/**
 * Whether a stored bond may be floor(al * x / 2^32) + floor((2^32 - al) * b / 2^32) for some al of `low` to `high`, as u16.
 * @param weight x, raw @param old b, raw
 */
function mayBecome(stored: number, weight: bigint, old: bigint, low: bigint, high: bigint): boolean {
  const mixed = [low, high].map((alpha) => old * ONE + alpha * (weight - old)); // 64 fraction bits
  const [least, most] = mixed[0]! < mixed[1]! ? mixed : mixed.toReversed();
  const value = BigInt(stored);
  const notAbove = value * ONE * ONE <= most! * U16;
  const notBelow = (value + 1n) * ONE * ONE > (least! - 2n * ONE) * U16; // two floors lose less than 1 each
  return notAbove && notBelow;
}

/** The first bond that is not within the rate; `columns` says which of a row to look at. */
async function offRate(
  { spec }: Given,
  output: EpochOutput,
  [low, high]: readonly [bigint, bigint],
  columns: (fresh: ReadonlyMap<number, bigint>) => Iterable<number>,
): Promise<string | null> {
  for (const { uid, stored } of storedRows(output)) {
    const fresh = valuesOf(spec.weightsForBonds[uid]!);
    const old = valuesOf(spec.oldBonds[uid]!);
    for (const column of columns(fresh)) {
      const [weight, held] = [fresh.get(column) ?? 0n, old.get(column) ?? 0n];
      const bond = stored.get(column) ?? 0;
      if (mayBecome(bond, weight, held, low, high)) continue;
      return `bond of uid ${uid} on ${column} becomes ${bond} from raw ${held} with weight ${weight}`;
    }
  }
  return null;
}

export const bondsRate: Property = {
  name: 'bonds-rate',
  family: 'bonds',
  statement:
    'In Yuma3 a bond moves from its old value towards the weight by the share alpha: it stays between the two, within ' +
    'truncation, and decays by the moving average where there is no weight.',
  formula: 'al * x + (1 - al) * b - 2 raw < e <= al * x + (1 - al) * b; stored = floor(e * 65535 / 2^32)',
  spec: '9.2, 9.3, 9.4 a',
  requires: [...SOUND, FIXED_YUMA3],
  check: async (subject, run) => {
    const alpha = subject.spec.alpha!;
    const all = Array.from({ length: subject.input.n }, (_, column) => column);
    return offRate(subject, await run(subject.input), [alpha, alpha], () => all);
  },
};

export const liquidRate: Property = {
  name: 'liquid-rate',
  family: 'bonds',
  statement:
    'Under liquid alpha a bond with a weight moves towards it by a share between the two bounds, within truncation.',
  formula: 'as bonds-rate for some al with prop(alphaLow) <= al <= prop(alphaHigh)',
  spec: '9.4 b',
  requires: [...SOUND, LIQUID],
  check: async (subject, run) => {
    const { alphaLow, alphaHigh } = subject.input.hyperparameters;
    const bounds = [fixed.prop(alphaLow), fixed.prop(alphaHigh)] as const;
    return offRate(subject, await run(subject.input), bounds, (fresh) => fresh.keys());
  },
};

export const liquidForgets: Property = {
  name: 'liquid-forgets',
  family: 'bonds',
  statement: 'Under liquid alpha a bond whose neuron has no entry among the weights for bonds vanishes at once.',
  formula: 'no entry (j, x) in wb[i]: no bond of i on j',
  spec: '9.4 b',
  requires: [...SOUND, LIQUID],
  check: async ({ input, spec }, run) => {
    for (const { uid, stored } of storedRows(await run(input))) {
      const fresh = valuesOf(spec.weightsForBonds[uid]!);
      const column = [...stored.keys()].find((held) => !fresh.has(held));
      if (column !== undefined) return `uid ${uid} keeps a bond on ${column} without a weight for it`;
    }
    return null;
  },
};

export const bondShares: Property = {
  name: 'bond-shares',
  family: 'bonds',
  statement:
    'In Yuma2 the share of a column that a validator owns moves towards its share of the stake behind it by alpha; ' +
    'stored relative to the largest owner.',
  formula:
    't[i] = al * d[i] / sum d + (1 - al) * b[i] / sum b; 65535 * (t[i] - 5) / M - 1 - 65535 / 2^32 < stored <= ' +
    '65535 * t[i] / (M - 5), M = max t',
  spec: '9.5, 9.6',
  requires: [...SOUND, YUMA2],
  check: async (subject, run) => {
    const rows = storedRows(await run(subject.input));
    const targets = targetsOf(subject);
    for (let column = 0; column < subject.input.n; column++) {
      const { owned, unit } = targets(column);
      const most = owned.reduce((high, value) => (value > high ? value : high), 0n);
      if (most <= 5n * unit) continue; // nothing that truncation could not take away
      for (const { uid, stored } of rows) {
        const [bond, target] = [BigInt(stored.get(column) ?? 0), owned[uid]!];
        const notAbove = bond * (most - 5n * unit) <= U16 * target;
        const notBelow = (bond + 1n) * most * ONE + U16 * most > U16 * (target - 5n * unit) * ONE;
        if (notAbove && notBelow) continue;
        return `bond of uid ${uid} on ${column} is ${bond}, its share ${target} where the largest is ${most}`;
      }
    }
    return null;
  },
};

/** For a column: t of every uid, times `unit`, so that it is whole. */
function targetsOf({ input, spec }: Given): (column: number) => { owned: bigint[]; unit: bigint } {
  const alpha = spec.alpha!;
  const fresh = spec.weightsForBonds.map(valuesOf);
  const stored = listRows(input.bonds).map((row) => new Map(row));
  const sum = (values: readonly bigint[]): bigint => sumOf(values) || 1n;
  return (column) => {
    const bought = fresh.map((row, uid) => fixed.mul(spec.activeStake[uid]!, row.get(column) ?? 0n));
    const isVoid = input.registeredAt[column]! >= spec.horizon;
    const held = stored.map((row) => (isVoid ? 0n : BigInt(row.get(column) ?? 0)));
    const [boughtSum, heldSum] = [sum(bought), sum(held)];
    const owned = bought.map((value, uid) => alpha * value * heldSum + (ONE - alpha) * held[uid]! * boughtSum);
    return { unit: boughtSum * heldSum, owned };
  };
}
