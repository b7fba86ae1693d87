/** Places where a tile takes another way than the general stages, each on an input made for it. */
import { describe, expect, test } from 'vitest';
import { createReferenceBackend } from '../../src/backends/reference.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { type EpochInput, type Hyperparameters, hyperparameters, sparseRows, stakeFromRao } from '../../src/index.js';
import { compareOutput } from '../../src/verify/index.js';
import { backendsUnderTest } from '../backends.js';

const reference = createReferenceBackend();
type Rows = [column: number, value: number][][];

/** Three validators, the first with the majority, and five miners. */
function subnet(weights: Rows, bonds: Rows, changes: Partial<Hyperparameters>): EpochInput {
  const n = 8;
  const rows = (lists: Rows) => sparseRows(Array.from({ length: n }, (_, uid) => lists[uid] ?? []));
  return {
    rules: 'subtensor-425',
    n,
    currentBlock: 1_000n,
    lastStep: 899n,
    emission: 1_000_000_000n,
    ownerUid: null,
    hyperparameters: hyperparameters({ commitReveal: false, ...changes }),
    stake: stakeFromRao([6_000n, 3_000n, 1_000n, 0n, 0n, 0n, 0n, 0n]),
    lastUpdate: new BigUint64Array(n).fill(990n),
    registeredAt: new BigUint64Array(n).fill(10n),
    validatorPermit: Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0),
    weights: rows(weights),
    bonds: rows(bonds),
  };
}

const quarters: Rows[number] = [
  [3, 7],
  [4, 7],
  [5, 7],
  [6, 7],
];
const halves: Rows[number] = [
  [3, 9],
  [4, 9],
];

/**
 * x = 1/2 and c = 1/4 exactly, slope -4: the exponent is exactly 1, where the chain has a value of its own. Several upper
 * bounds, as the bracket of the series next to it may leave a choice and so call for the exact form by chance.
 */
function exactlyOne(alphaHigh: number): [string, EpochInput] {
  const changes = { liquidAlpha: true, alphaSigmoidSteepness: 400, bondsPenalty: 0, alphaLow: 0, alphaHigh };
  const bonds: Rows = [[[3, 500]], [[3, 400]], [[4, 65_535]]];
  return [`an exponent of exactly one, alpha up to ${alphaHigh}`, subnet([quarters, halves, halves], bonds, changes)];
}

const CASES: Record<string, EpochInput> = {
  ...Object.fromEntries([9_000, 14_000, 21_000, 33_000, 65_535].map((alphaHigh) => exactlyOne(alphaHigh))),
  // uid 1 gives everything to miner 7; uid 2 names it with 0 and holds a bond there, which decays and does not vanish.
  'a zero weight beside a lone one': subnet(
    [
      quarters,
      [[7, 5]],
      [
        [3, 8],
        [7, 0],
      ],
    ],
    [[], [[7, 300]], [[7, 40_000]]],
    {
      liquidAlpha: true,
    },
  ),
  'the same bond without the zero weight': subnet([quarters, [[7, 5]], [[3, 8]]], [[], [[7, 300]], [[7, 40_000]]], {
    liquidAlpha: true,
  }),
  'all validators on one miner each': subnet(
    [[[3, 1]], [[4, 1]], [[3, 1]]],
    [[[3, 65_535]], [[4, 65_535]], [[5, 1]]],
    {},
  ),
  'all validators on one miner': subnet([[[5, 1]], [[5, 1]], [[5, 1]]], [[[5, 65_535]], [[5, 65_535]], [[5, 3]]], {}),
  'no median at all under liquid alpha': subnet([[[3, 1]], [[4, 1]], [[5, 1]]], [[[3, 9]], [], [[5, 77]]], {
    liquidAlpha: true,
    kappa: 58_000,
  }),
  'nobody else holds a bond in the column': subnet(
    [quarters, halves, []],
    [
      [],
      [
        [6, 4],
        [7, 9],
      ],
      [],
    ],
    {},
  ),
};

const BY_LANES = ['wasm, tiles', 'wasm, cells'];

describe.each(await backendsUnderTest())('on $name', ({ backend, went }) => {
  describe.each(Object.entries(CASES))('%s', (_, input) => {
    test.each([
      { yuma3: true, bondsPenalty: undefined },
      { yuma3: true, bondsPenalty: 30_000 },
      { yuma3: false, bondsPenalty: undefined },
    ])('$yuma3, penalty $bondsPenalty', async ({ yuma3, bondsPenalty }) => {
      const penalty = bondsPenalty ?? input.hyperparameters.bondsPenalty;
      const parameters = { ...input.hyperparameters, yuma3, bondsPenalty: penalty };
      const checked = checkEpochInput({ ...input, hyperparameters: parameters });
      const before = went?.() ?? 0;
      const [want] = await reference.run([checked], { intermediates: true });
      const [got] = await backend.run([checked], { intermediates: true });
      expect(compareOutput(got!, { out: want!, mid: want!.intermediates })).toBeNull();
      if (BY_LANES.includes(backend.name)) expect(went!() - before).toBe(1);
    });
  });
});
