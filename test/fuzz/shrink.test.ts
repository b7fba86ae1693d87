import { expect, test } from 'vitest';
import { drawCase } from '../../fuzz/draw/case.js';
import { shrink } from '../../fuzz/shrink/shrink.js';
import { withoutEntries, withoutNeurons } from '../../fuzz/shrink/smaller.js';
import { hyperparameters } from '../../src/epoch/hyperparameters.js';
import { listRows, sparseRows, stakeFromRao } from '../../src/epoch/input.js';
import { checkEpochInput } from '../../src/epoch/validate.js';

const three = {
  rules: 'subtensor-425' as const,
  n: 3,
  currentBlock: 9n,
  lastStep: 0n,
  emission: 0n,
  ownerUid: 2,
  hyperparameters: hyperparameters(),
  stake: stakeFromRao([1n, 2n, 3n]),
  lastUpdate: BigUint64Array.of(1n, 2n, 3n),
  registeredAt: BigUint64Array.of(4n, 5n, 6n),
  validatorPermit: Uint8Array.of(1, 0, 1),
  commitBlock: BigUint64Array.of(7n, 8n, 9n),
  weights: sparseRows([
    [[2, 20]],
    [[0, 5]],
    [
      [1, 10],
      [0, 1],
      [3, 7],
    ],
  ]), // column 3 is no neuron
  bonds: sparseRows([[], [], []]),
};

test('without a neuron the others move up: in all vectors, rows, columns and the owner', () => {
  const two = withoutNeurons(three, (uid) => uid === 1);
  expect(two).toMatchObject({ n: 2, ownerUid: 1, stake: stakeFromRao([1n, 3n]) });
  expect([...two.lastUpdate, ...two.registeredAt, ...two.commitBlock!]).toEqual([1n, 3n, 4n, 6n, 7n, 9n]);
  expect([...two.validatorPermit]).toEqual([1, 1]);
  expect(listRows(two.weights)).toEqual([
    [[1, 20]],
    [
      [0, 1],
      [2, 7],
    ],
  ]);
  expect(withoutNeurons(three, (uid) => uid === 2).ownerUid).toBeNull();
});

test('without an entry the rows close up', () => {
  const rows = withoutEntries(three.weights, (entry) => entry === 2);
  expect(listRows(rows)).toEqual([
    [[2, 20]],
    [[0, 5]],
    [
      [0, 1],
      [3, 7],
    ],
  ]);
});

test('what does not matter to a difference is gone or as usual in the smallest case', async () => {
  const large = Array.from({ length: 2_000 }, (_, index) => drawCase(1, index)).find(
    ({ input, odd }) => !odd && input.n > 20 && input.weights.values.includes(30_000),
  )!;
  const smallest = await shrink(large.given, async (input) => {
    checkEpochInput(input); // every candidate of a strict case is one
    return input.weights.values.includes(30_000);
  });
  expect(smallest.n).toBeLessThanOrEqual(2);
  expect([...smallest.weights.values]).toEqual([30_000]);
  expect(smallest).toMatchObject({ hyperparameters: hyperparameters(), ownerUid: null, emission: 0n, lastStep: 0n });
  expect(smallest.bonds.columns.length).toBe(0);
});
