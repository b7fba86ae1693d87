/** A subnet in which every validator weighs every neuron and holds a bond in it; the same in every run. */
import { type EpochInput, hyperparameters, sparseRows, stakeFromRao } from '../../src/index.js';

export function denseSubnet(validators: number, n: number): EpochInput {
  let state = 9;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const rows = () =>
    sparseRows(
      Array.from({ length: n }, (_, uid) =>
        uid < validators ? Array.from({ length: n }, (_, column) => [column, below(65_536)] as const) : [],
      ),
    );
  return {
    rules: 'subtensor-425',
    n,
    currentBlock: 10_000n,
    lastStep: 9_639n,
    emission: 148_000_000_000n,
    ownerUid: null,
    hyperparameters: hyperparameters({ commitReveal: false, maxValidators: validators }),
    stake: stakeFromRao(
      Array.from({ length: n }, (_, uid) => (uid < validators ? BigInt(10 ** 12 + below(10 ** 9)) : 0n)),
    ),
    lastUpdate: new BigUint64Array(n).fill(9_900n),
    registeredAt: new BigUint64Array(n).fill(100n),
    validatorPermit: Uint8Array.from({ length: n }, (_, uid) => Number(uid < validators)),
    weights: rows(),
    bonds: rows(),
  };
}
