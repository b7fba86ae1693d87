import { expect, test } from 'vitest';
import { listRows, sparseRows } from '../../src/epoch/input.js';
import { resetBonds } from '../../src/epoch/reset-bonds.js';

const bonds = sparseRows([
  [
    [2, 10],
    [1, 20],
    [0, 0],
  ],
  [],
  [
    [1, 65_535],
    [2, 30],
  ],
]);

test('every row loses its entry for the neuron, and keeps the order of the others (spec 14)', () => {
  expect(listRows(resetBonds(bonds, 1))).toEqual([
    [
      [2, 10],
      [0, 0],
    ],
    [],
    [[2, 30]],
  ]);
});

test('the own row of the neuron stays (spec 14)', () => {
  expect(listRows(resetBonds(bonds, 2))[2]).toEqual([[1, 65_535]]);
});

test('the arrays hold what is left, and nothing behind it', () => {
  const { offsets, columns, values } = resetBonds(bonds, 1);
  expect([...offsets]).toEqual([0, 2, 2, 3]);
  expect([...columns]).toEqual([2, 0, 2]);
  expect([...values]).toEqual([10, 0, 30]);
});

test('an entry of value 0 goes as well', () => {
  expect(listRows(resetBonds(bonds, 0))[0]).toEqual([
    [2, 10],
    [1, 20],
  ]);
});

test('writes to no input', () => {
  const before = structuredClone(bonds);
  resetBonds(bonds, 1);
  expect(bonds).toEqual(before);
});

test.each([3, -1, 0.5])('refuses uid %d of 3', (uid) => {
  expect(() => resetBonds(bonds, uid)).toThrow(`there is no uid ${uid}, the subnet has n = 3`);
});

test.each([
  ['beyond the entries', [0, 5], 1, 'is 5, there are 1 entries'],
  ['short of the entries', [0, 0], 1, 'is 0, there are 1 entries'],
  ['not from 0', [1, 1], 0, 'is 1, not 0'],
  ['falling', [0, 2, 1], 2, 'falls from 2 to 1'],
  ['none', [], 0, 'is missing, not 0'],
])('refuses row offsets %s', (_, offsets, at, reason) => {
  const rows = { offsets: Uint32Array.from(offsets), columns: Uint16Array.of(0), values: Uint16Array.of(9) };
  expect(() => resetBonds(rows, 0)).toThrow(
    expect.objectContaining({ code: 'BAD_ROW_OFFSETS', data: { field: 'bonds.offsets', at, reason } }),
  );
});

test('refuses values that are not as many as columns', () => {
  const rows = { offsets: Uint32Array.of(0, 1), columns: Uint16Array.of(0), values: Uint16Array.of() };
  const data = { field: 'bonds.values', expected: 'as many as columns (1)', got: 0 };
  expect(() => resetBonds(rows, 0)).toThrow(expect.objectContaining({ code: 'WRONG_LENGTH', data }));
});

test.each([[null], [{}], [5], [{ offsets: [0], columns: [], values: [] }]])('refuses %j, which is no rows', (rows) => {
  const call = resetBonds as (rows: unknown, uid: number) => unknown;
  const expected = 'sparse rows { offsets: Uint32Array, columns: Uint16Array, values: Uint16Array }';
  const data = expect.objectContaining({ field: 'bonds', expected });
  expect(() => call(rows, 0)).toThrow(expect.objectContaining({ code: 'WRONG_TYPE', data }));
});
