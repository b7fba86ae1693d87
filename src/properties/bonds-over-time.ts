/** Bonds over many epochs of one input: where they end. The bounds are derived in docs/properties.md. */
import type { EpochInput, EpochOutput } from '../epoch/index.js';
import { listRows } from '../epoch/index.js';
import { fixed } from '../reference.js';
import { storedRows, valuesOf } from './bonds.js';
import { FIXED_YUMA3, SOUND, YUMA2 } from './preconditions.js';
import type { Given, Precondition, Property, Run } from './property.js';
import { ONE, sumOf } from './raw.js';

const U16 = 65_535n;

/** The slowest average that an owner may set takes 40 epochs to forget 63 %. */
const SLOWEST = 975_000n;

const NOT_SLOW: Precondition = {
  says: 'bondsMovingAverage is at most 975 000, the most that an owner may set',
  holds: ({ input }) => input.hyperparameters.bondsMovingAverage <= SLOWEST,
  without: 'it takes thousands of epochs, or no end, until the bonds have moved',
};

/** The epoch again and again, each on the bonds that the one before stored; gives the last output. */
export async function repeated(input: EpochInput, run: Run, epochs: number): Promise<EpochOutput> {
  let output = await run(input);
  for (let epoch = 1; epoch < epochs; epoch++) {
    const next = await run({ ...input, bonds: output.bonds });
    if (
      String(next.bonds.values) === String(output.bonds.values) &&
      String(next.bonds.columns) === String(output.bonds.columns)
    )
      return next;
    output = next;
  }
  return output;
}

/** Columns whose stored bonds count. */
export const isHeld = ({ input, spec }: Given, column: number): boolean => input.registeredAt[column]! < spec.horizon;

export const bondsConverge: Property = {
  name: 'bonds-converge',
  family: 'bonds',
  statement:
    'In Yuma3, under constant weights, a bond ends at most (1 + 3 * 65535 / 2^32) / alpha u16 units below its weight and ' +
    'never above it, after at most (2 ln 65535 + 2) / alpha + 4 epochs.',
  formula: 'fixed point: b * 2^32 <= x * 65535; al * (x * 65535 - b * 2^32) < 2^64 + 3 * 65535 * 2^32',
  spec: '9.3, 9.4 a',
  requires: [...SOUND, FIXED_YUMA3, NOT_SLOW],
  check: async (subject, run) => {
    const alpha = subject.spec.alpha!;
    const epochs = Math.ceil((2 * Math.log(65_535) + 2) / (Number(alpha) / Number(ONE))) + 4;
    for (const { uid, stored } of storedRows(await repeated(subject.input, run, epochs))) {
      const fresh = valuesOf(subject.spec.weightsForBonds[uid]!);
      for (const column of new Set([...fresh.keys(), ...stored.keys()])) {
        if (!isHeld(subject, column)) continue;
        const [weight, bond] = [fresh.get(column) ?? 0n, BigInt(stored.get(column) ?? 0)];
        const short = weight * U16 - bond * ONE;
        if (short >= 0n && alpha * short < ONE * (ONE + 3n * U16)) continue;
        return `bond of uid ${uid} on ${column} ends at ${bond}, its weight is raw ${weight}`;
      }
    }
    return null;
  },
};

const EVERY_OWNER_STAYS: Precondition = {
  says: 'everyone with weights for bonds or bonds keeps a permit, at most 4096 neurons do',
  holds: ({ input, spec }) =>
    spec.newPermit.filter(Boolean).length <= 4_096 &&
    listRows(input.bonds).every(
      (row, uid) => spec.newPermit[uid]! || (row.length === 0 && spec.weightsForBonds[uid]!.length === 0),
    ),
  without: 'bonds of those without a new permit are lost each epoch, and others own what they lose',
};

export const sharesConverge: Property = {
  name: 'bond-shares-converge',
  family: 'bonds',
  statement:
    'In Yuma2, under constant weights, the shares of a column end at the shares of the stake behind it: off by less than ' +
    '4 k / (65535 alpha) + 1 / 65535 in sum, for k owners, after 11.8 / alpha + 1 epochs.',
  formula: 'sum over i of | b[i] / sum b - d[i] / sum d | < 1 / 65535 + 4 k / (65535 al)',
  spec: '9.5',
  requires: [...SOUND, YUMA2, NOT_SLOW, EVERY_OWNER_STAYS],
  check: async (subject, run) => {
    const { input, spec } = subject;
    const alpha = spec.alpha!;
    const rows = storedRows(await repeated(input, run, 1 + Math.ceil((11.8 * Number(ONE)) / Number(alpha))));
    const fresh = spec.weightsForBonds.map(valuesOf);
    for (let column = 0; column < input.n; column++) {
      if (!isHeld(subject, column)) continue;
      const bought = fresh.map((row, uid) => fixed.mul(spec.activeStake[uid]!, row.get(column) ?? 0n));
      const bonds = bought.map(() => 0n);
      for (const { uid, stored } of rows) bonds[uid] = BigInt(stored.get(column) ?? 0);
      const [boughtSum, bondSum] = [sumOf(bought), sumOf(bonds)];
      if (boughtSum === 0n) continue; // nobody buys: shares stay as they are
      const owners = BigInt(bought.filter((value, uid) => value > 0n || bonds[uid]! > 0n).length);
      const off = sumOf(bonds.map((bond, uid) => abs(bond * boughtSum - bought[uid]! * bondSum)));
      if (bondSum > 0n && off * U16 * alpha < bondSum * boughtSum * (alpha + 4n * owners * ONE)) continue;
      return `shares of uid ${column} end at ${bonds}, the stake behind it is ${bought}`;
    }
    return null;
  },
};

const abs = (value: bigint): bigint => (value < 0n ? -value : value);
