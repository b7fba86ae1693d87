/** First input: a subnet before its first epoch. */
import { DEFAULT_RULES, type EpochInput, sparseRows, stakeFromRao } from '../epoch/index.js';
import type { SubnetCast } from './cast.js';

/** Block at which everybody of the first epoch has long been registered. */
export const START = 1_000_000n;

/** Nobody has set weights, those with the most stake hold the permits. */
export function firstInput(cast: SubnetCast): EpochInput {
  const n = cast.actors.length;
  const stake = cast.actors.map((actor) => actor.stake);
  const permitted = [...stake.keys()]
    .filter((uid) => stake[uid]! > 0n)
    .sort((a, b) => (stake[a]! === stake[b]! ? b - a : stake[a]! < stake[b]! ? 1 : -1))
    .slice(0, cast.hyperparameters.maxValidators);
  const validatorPermit = new Uint8Array(n);
  for (const uid of permitted) validatorPermit[uid] = 1;
  const nothing = sparseRows(cast.actors.map(() => []));
  return {
    rules: DEFAULT_RULES,
    n,
    currentBlock: START,
    lastStep: START,
    emission: cast.emission,
    ownerUid: cast.ownerUid,
    hyperparameters: cast.hyperparameters,
    stake: stakeFromRao(stake),
    lastUpdate: new BigUint64Array(n).fill(START),
    registeredAt: new BigUint64Array(n).fill(1n),
    validatorPermit,
    weights: nothing,
    bonds: nothing,
  };
}
