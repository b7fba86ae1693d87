/**
 * Liquid alpha on subnets large enough that more bonds of a group are left open than are computed at once, over all
 * ranges of the exponent and of the constants (spec 9.4 b).
 */
import { expect, test } from 'vitest';
import { createReferenceBackend } from '../../src/backends/reference.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { type EpochInput, type Hyperparameters, hyperparameters, sparseRows, stakeFromRao } from '../../src/index.js';
import { compareOutput } from '../../src/verify/index.js';
import { backendsUnderTest } from '../backends.js';
import { SEED } from '../counterexamples.js';

const reference = createReferenceBackend();
const VALIDATORS = 150;
const n = VALIDATORS + 7;
console.info(`liquid: SEED=${SEED}`);

/** Bonds of every size, one in eight of them full; every validator weighs the miners, some with 0. */
function subnet(changes: Partial<Hyperparameters>): EpochInput {
  let state = SEED >>> 0;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const rows = (value: () => number) =>
    sparseRows(
      Array.from({ length: n }, (_, uid) =>
        uid >= VALIDATORS ? [] : Array.from({ length: 7 }, (_, k) => [VALIDATORS + k, value()] as [number, number]),
      ),
    );
  return {
    rules: 'subtensor-425',
    n,
    currentBlock: 1_000n,
    lastStep: 899n,
    emission: 1_000_000_000n,
    ownerUid: null,
    hyperparameters: hyperparameters({ commitReveal: false, liquidAlpha: true, maxValidators: n, ...changes }),
    stake: stakeFromRao(Array.from({ length: n }, (_, uid) => (uid < VALIDATORS ? BigInt(1e12 + below(1e9)) : 0n))),
    lastUpdate: new BigUint64Array(n).fill(990n),
    registeredAt: new BigUint64Array(n).fill(10n),
    validatorPermit: Uint8Array.from({ length: n }, (_, uid) => Number(uid < VALIDATORS)),
    weights: rows(() => (below(10) === 0 ? 0 : 1 + below(65_535))),
    bonds: rows(() => (below(8) === 0 ? 65_535 : below(65_536))),
  };
}

const WIDE = { alphaLow: 0, alphaHigh: 65_535 };

const CASES: [string, Partial<Hyperparameters>][] = [
  ['the usual parameters', {}],
  ['constants from 0 to 1', WIDE],
  ['constants from 0 to 1, all weights as submitted', { ...WIDE, bondsPenalty: 0 }],
  ['constants from 0 to 1, weights between', { ...WIDE, bondsPenalty: 40_000 }],
  ['constants of 0 only: full bonds stay', { alphaLow: 0, alphaHigh: 0 }],
  ['constants of 0 to almost 0', { alphaLow: 0, alphaHigh: 1 }],
  ['constants of 1 only', { alphaLow: 65_535, alphaHigh: 65_535 }],
  ['one constant for all', { alphaLow: 30_000, alphaHigh: 30_000 }],
  ['a gentle slope', { ...WIDE, alphaSigmoidSteepness: 33 }],
  ['no slope', { ...WIDE, alphaSigmoidSteepness: 0 }],
  ['a slope upwards', { ...WIDE, alphaSigmoidSteepness: -1_501 }],
  ['exponents beyond those that doubles take', { ...WIDE, alphaSigmoidSteepness: 3_333 }],
  ['the steepest slope, nearly all exponents clamped', { ...WIDE, alphaSigmoidSteepness: 32_767 }],
  ['the steepest slope upwards', { ...WIDE, alphaSigmoidSteepness: -32_768 }],
];

test.each(CASES)('%s', async (_, changes) => {
  const checked = checkEpochInput(subnet(changes));
  const [want] = await reference.run([checked], { intermediates: true });
  for (const { name, backend } of backendsUnderTest()) {
    const [got] = await backend.run([checked], { intermediates: true });
    expect(compareOutput(got!, { out: want!, mid: want!.intermediates }), name).toBeNull();
  }
});
