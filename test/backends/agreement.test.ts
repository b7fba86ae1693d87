import { describe, expect, test } from 'vitest';
import type { Backend } from '../../src/backends/backend.js';
import { createReferenceBackend } from '../../src/backends/reference.js';
import { hyperparameters } from '../../src/epoch/hyperparameters.js';
import { type EpochInput, sparseRows, stakeFromRao } from '../../src/epoch/input.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { compareOutput } from '../../src/verify/index.js';
import { type InputOptions, inputs } from '../arbitrary/inputs.js';
import { backendsUnderTest } from '../backends.js';
import { assertForInputs, SEED } from '../counterexamples.js';

const reference = createReferenceBackend();
const others = (await backendsUnderTest()).filter(({ name }) => name !== reference.name);
console.info(`agreement: SEED=${SEED}`);

test('there is a backend to compare with the reference', () => expect(others).not.toEqual([]));

describe.each(others)('$name gives the bits of the reference', ({ backend, went }) => {
  const agrees = (options: InputOptions, usualRuns: number): Promise<void> =>
    assertForInputs('agreement', inputs(options), usualRuns, (input) => expectAgreement(backend, input, options));

  test('on arbitrary inputs', () => agrees({}, 600));
  test('on odd inputs, read leniently', () => agrees({ odd: true }, 900));
  test('on tiny odd inputs', () => agrees({ odd: true, neurons: 4 }, 1_500));

  test('on rows in ascending columns, of one tile and of several', async () => {
    const before = went?.() ?? 0;
    await agrees({ sorted: true, neurons: 10 }, 900);
    await agrees({ sorted: true, neurons: 100 }, 150);
    if (backend.name === 'wasm, plain build')
      expect(went!()).toBe(0); // it has no lanes
    else if (went !== undefined) expect(went() - before).toBeGreaterThan(100);
  });

  test.each([32_768, 32_769, 65_540])('on rows of %i entries, whose sum may wrap', async (entries) => {
    const row = Array.from({ length: entries }, (_, at) => [1 + (at % 2), 65_535] as const);
    const rows = { weights: sparseRows([row, [[2, 7]], []]), bonds: sparseRows([row, [], []]) };
    for (const yuma3 of [true, false]) {
      const changed = hyperparameters({ commitReveal: false, yuma3 });
      await expectAgreement(backend, { ...three, ...rows, hyperparameters: changed }, { odd: true });
    }
  });
});

/** Three neurons, two of them validators. */
const three = {
  rules: 'subtensor-425' as const,
  n: 3,
  currentBlock: 1_000n,
  lastStep: 900n,
  emission: 1_000_000_000n,
  ownerUid: null,
  stake: stakeFromRao([5n, 3n, 0n]),
  lastUpdate: BigUint64Array.of(999n, 999n, 999n),
  registeredAt: new BigUint64Array(3),
  validatorPermit: Uint8Array.of(1, 1, 0),
};

async function expectAgreement(backend: Backend, input: EpochInput, { odd }: InputOptions): Promise<void> {
  const checked = checkEpochInput(input, { lenient: odd });
  const [want] = await reference.run([checked], { intermediates: true });
  const [got] = await backend.run([checked], { intermediates: true });
  const difference = compareOutput(got!, { out: want!, mid: want!.intermediates });
  if (difference !== null) throw new Error(`n = ${input.n}: ${JSON.stringify(difference)}`);
  expect(got!.stake).toEqual(want!.stake);
}
