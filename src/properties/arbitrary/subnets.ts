/**
 * Arbitrary subnets: whole epochs of validators that are honest, lazy, copy, collude, or are random or degenerate,
 * with few distinct stakes (ties), blocks beside the edges of the masks, and bonds from earlier epochs.
 * Gives  inputs that pass the strict check; every part shrinks, to n = 0 at last
 */
import fc from 'fast-check';
import { type EpochInput, NO_COMMIT, sparseRows, stakeFromRaw } from '../../epoch/index.js';
import type { Entries } from '../change.js';
import { copied, ROLES, type Role, rowOfRole, type Temper } from './roles.js';
import { rules } from './rules.js';

export interface SubnetOptions {
  /** Largest number of neurons. Default 12. */
  readonly neurons?: number;
  /** Roles of the validators. Default all. */
  readonly roles?: readonly Role[];
  /** Also hyperparameters that no owner may set. Default false. */
  readonly extreme?: boolean;
}

const NOW = 10_000n;
const LAST_STEP = 9_640n;

/** Subnets that pass `checkEpochInput`. */
export function subnets({
  neurons = 12,
  roles = ROLES,
  extreme = false,
}: SubnetOptions = {}): fc.Arbitrary<EpochInput> {
  return fc.oneof(fc.nat(Math.min(5, neurons)), fc.nat(neurons)).chain((n) => subnetOf(n, roles, extreme));
}

const u16 = fc.oneof(fc.constantFrom(0, 1, 30_000, 65_534, 65_535), fc.nat(65_535));

/** Raw stake: few distinct ones, so that there are ties; also the smallest and the largest that fit together. */
const stakes = (n: number): fc.Arbitrary<bigint[]> => {
  const one = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(0n, 1_000n << 64n, 2_000n << 64n, 3n << 64n, 1n << 64n) },
    { weight: 2, arbitrary: fc.bigInt(0n, 10n ** 16n).map((rao) => rao << 64n) },
    fc.constantFrom(1n, (1n << 64n) - 1n, 2n ** 110n),
  );
  return fc.array(one, { minLength: n, maxLength: n });
};

function subnetOf(n: number, roles: readonly Role[], extreme: boolean): fc.Arbitrary<EpochInput> {
  const list = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { minLength: n, maxLength: n });
  const mostly = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
    fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));
  const temper = fc.record({ role: fc.constantFrom(...roles), own: list(u16), whim: fc.nat(65_535) });
  return fc
    .record({
      emission: fc.constantFrom(0n, 1n, 1_000n, 148_000_000_000n, 2n ** 64n - 1n),
      lastStep: mostly(LAST_STEP, 0n, NOW),
      ownerUid: fc.oneof(fc.constant(null), fc.nat(n)),
      rules: rules(n, extreme),
      stake: stakes(n),
      // An update is recent, as old as the cutoff allows, too old, or beside a registration.
      lastUpdate: list(mostly(NOW - 10n, NOW - 100n, NOW - 101n, LAST_STEP, LAST_STEP + 1n, 0n)),
      registeredAt: list(mostly(0n, LAST_STEP, LAST_STEP + 1n, NOW - 10n)),
      permit: list(mostly(1, 0)),
      commits: fc.option(list(mostly(NO_COMMIT, LAST_STEP, 0n)), { nil: undefined }),
      worth: list(u16),
      oldWorth: list(u16),
      favourite: fc.nat(Math.max(0, n - 1)),
      tempers: list(temper),
      bonds: fc.constantFrom(...BONDS),
    })
    .map(({ rules, stake, permit, commits, worth, oldWorth, favourite, tempers, bonds, ...rest }) => {
      const scene = { n, worth, oldWorth, favourite };
      const rows = copied(
        tempers.map((temper, uid) => rowOfRole(scene, uid, temper)),
        tempers,
      );
      return {
        rules: 'subtensor-425',
        n,
        currentBlock: NOW,
        lastStep: rest.lastStep,
        emission: rest.emission,
        ownerUid: rest.ownerUid,
        hyperparameters: rules,
        stake: stakeFromRaw(stake),
        lastUpdate: BigUint64Array.from(rest.lastUpdate),
        registeredAt: BigUint64Array.from(rest.registeredAt),
        validatorPermit: Uint8Array.from(permit),
        commitBlock: commits && BigUint64Array.from(commits),
        weights: sparseRows(rows),
        bonds: sparseRows(rows.map((row, uid) => bonds(row, tempers[uid]!))),
      };
    });
}

/** Bonds of a validator, from its weights. */
const BONDS: readonly ((row: Entries, temper: Temper) => Entries)[] = [
  () => [],
  (row) => row,
  (row, { own, whim }) => row.filter((_, at) => (at + whim) % 4 !== 0).map(([column]) => [column, own[column]!]),
  (row) => row.map(([column]) => [column, 65_535]),
];
