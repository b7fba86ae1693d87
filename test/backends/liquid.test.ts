/**
 * Liquid alpha on subnets large enough that more bonds of a group are left open than are computed at once, over all
 * ranges of the exponent and of the constants (spec 9.4 b).
 */
import { expect, test } from 'vitest';
import { createReferenceBackend } from '../../src/backends/reference.js';
import { ONE } from '../../src/epoch/reference/fixed.js';
import { liquidAlpha, sigmoidSlope } from '../../src/epoch/reference/liquid.js';
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

async function expectAgreement(input: EpochInput): Promise<void> {
  const checked = checkEpochInput(input);
  const [want] = await reference.run([checked], { intermediates: true });
  for (const { name, backend } of await backendsUnderTest()) {
    const [got] = await backend.run([checked], { intermediates: true });
    expect(compareOutput(got!, { out: want!, mid: want!.intermediates }), name).toBeNull();
  }
}

test.each(CASES)('%s', (_, changes) => expectAgreement(subnet(changes)));

/**
 * With constants from 0 to 1 / 65535 the constant is 0 up to a sigmoid of 65535. Weights whose sigmoid lies just below
 * 65536 are open to the bracket, and a full bond there stays exactly 2^32.
 */
test('a bond of exactly 2^32 that the bracket leaves open', async () => {
  const steepness = -2_500;
  const sigmoid = (d: bigint) => liquidAlpha(0n, d, 0n, 0n, ONE, sigmoidSlope(steepness));
  let least = ONE / 2n;
  for (let step = ONE / 4n; step > 0n; step /= 2n) if (sigmoid(least + step) >= 65_536n) least += step;
  const weights = [least + 1n, least + 2n, least + 3n].map((d) => ONE - d);
  const found: [value: number, sum: number][] = [];
  for (let value = 1; value < 25_000 && found.length < 3; value++) {
    const sum = Math.floor((value * 2 ** 32) / Number(weights[2]));
    if (weights.includes(BigInt(Math.floor((value * 2 ** 32) / sum)))) found.push([value, sum]);
  }
  expect(found).toHaveLength(3);
  for (const [value, sum] of found) {
    const rest = Math.ceil((sum - value) / 7);
    const row = Array.from({ length: 7 }, (_, k) => [2 + k, k < 6 ? rest : sum - value - 6 * rest] as const);
    const small = { n: 9, lastUpdate: new BigUint64Array(9).fill(990n), registeredAt: new BigUint64Array(9).fill(10n) };
    const none = Array.from({ length: 8 }, () => [] as (readonly [number, number])[]);
    await expectAgreement({
      ...subnet({ alphaSigmoidSteepness: steepness, alphaLow: 0, alphaHigh: 1, bondsPenalty: 0 }),
      ...small,
      stake: stakeFromRao([1_000_000n, 1_000n, ...Array<bigint>(7).fill(0n)]),
      validatorPermit: Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 0, 0),
      weights: sparseRows([[[1, value] as const, ...row], ...none]),
      bonds: sparseRows([[[1, 65_535] as const], ...none]),
    });
  }
});
