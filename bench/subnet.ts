/**
 * Subnets for benchmarks: V validators that weigh N neurons, as in the timings of the chain's own code that
 * RESULTS.md compares with. Every masked path is off, every entry counts.
 */
import { type EpochInput, type Hyperparameters, hyperparameters, sparseRows, stakeFromRao } from 'yuma-engine';

export interface Shape {
  readonly validators: number;
  readonly neurons: number;
  /** Share of the columns that are filled, the same ones in every row. */
  readonly fill: number;
}

export const MODES = {
  yuma2: { yuma3: false, liquidAlpha: false },
  yuma3: { yuma3: true, liquidAlpha: false },
  liquid: { yuma3: true, liquidAlpha: true },
} as const satisfies Record<string, Partial<Hyperparameters>>;

export type Mode = keyof typeof MODES;

/** The same subnet in every run: a 32-bit linear congruence decides weights, bonds, stakes and columns. */
export function subnet(shape: Shape, mode: Mode): EpochInput {
  const { validators, neurons: n, fill } = shape;
  let state = 1;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const columns = Array.from({ length: n }, (_, column) => column).filter(
    () => fill >= 1 || below(1_000) < fill * 1_000,
  );
  const row = () => columns.map((column) => [column, 1 + below(65_535)] as const);
  const rows = () => sparseRows(Array.from({ length: n }, (_, uid) => (uid < validators ? row() : [])));
  const stakes = Array.from({ length: n }, (_, uid) =>
    uid < validators ? BigInt(10 ** 12 + below(10 ** 9) * 10 ** 4) : 0n,
  );
  return {
    rules: 'subtensor-425',
    n,
    currentBlock: 10_000n,
    lastStep: 9_639n,
    emission: 148_000_000_000n,
    ownerUid: null,
    hyperparameters: hyperparameters({ ...MODES[mode], commitReveal: false, maxValidators: validators }),
    stake: stakeFromRao(stakes),
    lastUpdate: new BigUint64Array(n).fill(9_900n),
    registeredAt: new BigUint64Array(n).fill(100n),
    validatorPermit: Uint8Array.from({ length: n }, (_, uid) => (uid < validators ? 1 : 0)),
    weights: rows(),
    bonds: rows(),
  };
}
