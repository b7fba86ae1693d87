/** Roles: how validators of a made-up subnet come to their weights. */
import type { Entries } from '../change.js';

export const ROLES = ['honest', 'lazy', 'copying', 'colluding', 'random', 'degenerate'] as const;

export type Role = (typeof ROLES)[number];

/** What all validators of a subnet share. */
export interface Scene {
  readonly n: number;
  /** Worth of each neuron today, and some time ago: u16. */
  readonly worth: readonly number[];
  readonly oldWorth: readonly number[];
  /** The one that the cabal praises. */
  readonly favourite: number;
}

/** What one validator has of its own. */
export interface Temper {
  readonly role: Role;
  /** As many as there are neurons, u16: noise, or opinions out of the blue. */
  readonly own: readonly number[];
  /** Decides among the kinds of a role, and how much of a row is left. */
  readonly whim: number;
}

/** Rows of a degenerate validator: none, all zero, itself only, a single weight, one unit each, the largest each. */
const DEGENERATE: readonly ((scene: Scene, uid: number, whim: number) => Entries)[] = [
  () => [],
  ({ n }) => all(n, () => 0),
  (_, uid) => [[uid, 65_535]],
  ({ n }, _, whim) => [[whim % n, 1 + (whim % 65_535)]],
  ({ n }) => all(n, () => 1),
  ({ n }) => all(n, () => 65_535),
];

/** One row; a copier's is left to `copied`. Columns are distinct and below n. */
export function rowOfRole(scene: Scene, uid: number, { role, own, whim }: Temper): Entries {
  switch (role) {
    case 'honest':
    case 'copying':
      return thinned(
        all(scene.n, (column) => noisy(scene.worth[column]!, own[column]!)),
        whim,
      );
    case 'lazy':
      return all(scene.n, (column) => scene.oldWorth[column]!);
    case 'colluding':
      return all(scene.n, (column) => (column === scene.favourite ? 65_535 : scene.worth[column]! >> 4));
    case 'random':
      return rotated(
        thinned(
          all(scene.n, (column) => own[column]!),
          whim,
        ),
        whim,
      );
    case 'degenerate':
      return DEGENERATE[whim % DEGENERATE.length]!(scene, uid, whim);
  }
}

/** A copier takes the row of the first validator with weights that is none. */
export const copied = (rows: readonly Entries[], tempers: readonly Temper[]): Entries[] => {
  const source = rows.findIndex((row, uid) => row.length > 0 && tempers[uid]!.role !== 'copying');
  return rows.map((row, uid) => (tempers[uid]!.role === 'copying' && source >= 0 ? rows[source]! : row));
};

function all(n: number, value: (column: number) => number): Entries {
  return Array.from({ length: n }, (_, column) => [column, value(column)] as const);
}

/** Within a sixteenth of the worth. */
const noisy = (worth: number, own: number): number =>
  Math.min(65_535, Math.max(0, worth + (((own - 32_768) * worth) >> 19)));

/** Every entry, or every other one, ... as the whim goes. */
const thinned = (row: Entries, whim: number): Entries => row.filter((_, at) => whim % 3 === 0 || (at + whim) % 3 !== 0);

/** In another order. */
const rotated = (row: Entries, whim: number): Entries => {
  const by = row.length === 0 ? 0 : whim % row.length;
  return [...row.slice(by), ...row.slice(0, by)];
};
