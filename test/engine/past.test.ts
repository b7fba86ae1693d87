/** The past of a held subnet: bonds can be had of its last epoch, and a fault on the way there loses nothing. */
import { expect, test } from 'vitest';
import { createReferenceBackend } from '../../src/backends/reference.js';
import { benchSubnet } from '../../src/bench/subnet.js';
import { type Given, Past } from '../../src/engine/subnet/past.js';
import { mergeRows, type Row } from '../../src/engine/subnet/row.js';
import type { CheckedInput, SparseRows } from '../../src/epoch/input.js';
import { checkEpochInput } from '../../src/epoch/validate.js';

const reference = createReferenceBackend();
const bondsOf = (input: CheckedInput): SparseRows => reference.runSync!(input, {}).bonds;
const first = checkEpochInput(benchSubnet({ validators: 3, neurons: 9, fill: 1, pattern: 'columns' }, 'yuma3', 1, 1));
const EPOCHS = 4;

/** Epochs with a row changed before each, and a neuron taken over after the second; by hand, and by a past. */
function lives(run: (input: CheckedInput) => SparseRows) {
  const { weights: begun, bonds, ...rest } = first;
  const past = new Past(begun, bonds, run);
  let want = { weights: begun, bonds };
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const given: Given = { ...rest, currentBlock: rest.currentBlock + 360n * BigInt(epoch) };
    const row: Row = {
      columns: Uint16Array.from({ length: 9 - epoch }, (_, column) => column),
      values: new Uint16Array(9 - epoch).fill(1 + epoch),
    };
    past.change(epoch % 3, row);
    past.add(given);
    const weights = mergeRows(want.weights, new Map([[epoch % 3, row]]), 9);
    want = { weights, bonds: bondsOf({ ...given, ...want, weights }) };
    if (epoch !== 1) continue;
    past.take(2, 9);
    want.bonds = mergeRows(want.bonds, new Map([[2, { columns: new Uint16Array(0), values: new Uint16Array(0) }]]), 9);
  }
  return { past, want: want.bonds };
}

test('runs the epochs since the bonds that are known, once', () => {
  let ran = 0;
  const { past, want } = lives((input) => {
    ran += 1;
    return bondsOf(input);
  });
  expect(past.length).toBe(EPOCHS);
  for (let asked = 0; asked < 2; asked++) expect(past.bondsNow(9)).toEqual(want);
  expect([past.length, ran]).toEqual([0, EPOCHS]);
});

test('a fault on the way loses nothing: what is asked for again goes on from there', () => {
  let ran = 0;
  const { past, want } = lives((input) => {
    ran += 1;
    if (ran === 3) throw new Error('no memory');
    return bondsOf(input);
  });
  expect(() => past.bondsNow(9)).toThrow('no memory');
  expect(past.bondsNow(9)).toEqual(want);
  expect(ran).toBe(EPOCHS + 1);
});
