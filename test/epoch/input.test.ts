/** The helpers that build inputs refuse what a typed array would cut off in silence. */
import { describe, expect, test } from 'vitest';
import {
  HYPERPARAMETERS,
  hyperparameters,
  listRows,
  sparseRows,
  stakeFromRao,
  stakeFromRaw,
  stakeRaw,
} from '../../src/index.js';

const faultOf = (run: () => unknown) => {
  try {
    run();
  } catch (fault) {
    const { code, data } = fault as { code: string; data: object };
    return { code, ...data };
  }
  return 'accepted';
};

describe('sparse rows', () => {
  test('keep the stored order, and come back as lists', () => {
    const lists: [number, number][][] = [
      [
        [2, 5],
        [0, 65_535],
      ],
      [],
      [[65_535, 0]],
    ];
    const rows = sparseRows(lists);
    expect([...rows.offsets]).toEqual([0, 2, 2, 3]);
    expect(listRows(rows)).toEqual(lists);
  });

  test.each<[string, unknown, object]>([
    [
      'a column above u16',
      [[70_000, 1]],
      {
        code: 'OUT_OF_RANGE',
        ...{ field: 'column', uid: 0, entry: 0, value: '70000', least: '0', largest: '65535' },
      },
    ],
    ['a column of 65536', [[65_536, 1]], { code: 'OUT_OF_RANGE', field: 'column', value: '65536' }],
    [
      'a negative value',
      [
        [0, 1],
        [0, -1],
      ],
      { code: 'OUT_OF_RANGE', field: 'value', uid: 0, entry: 1, value: '-1' },
    ],
    [
      'half a column',
      [[1.5, 1]],
      { code: 'WRONG_TYPE', field: 'column', expected: 'an integer (u16)', got: 'number 1.5' },
    ],
    ['a text', [['1', 1]], { code: 'WRONG_TYPE', field: 'column', got: 'string 1' }],
    ['three numbers', [[1, 2, 3]], { code: 'WRONG_TYPE', field: 'row', uid: 0, entry: 0, got: '1,2,3' }],
    ['no number', [[1]], { code: 'WRONG_TYPE', field: 'row', expected: 'a pair [column, value]' }],
    ['a pair that is a text', ['12'], { code: 'WRONG_TYPE', field: 'row', got: '12' }],
  ])('refuse %s', (_, row, fault) => {
    expect(faultOf(() => sparseRows([row as [number, number][]]))).toMatchObject(fault);
  });
});

describe('stake', () => {
  test('of whole rao stands in the high word', () => {
    expect([...stakeFromRao([7n, 2n ** 63n - 1n])]).toEqual([0n, 7n, 0n, 2n ** 63n - 1n]);
  });

  test('of raw numbers comes back as it was', () => {
    const raw = [0n, -1n, 2n ** 127n - 1n, -(2n ** 127n), 5n << 64n];
    const words = stakeFromRaw(raw);
    expect(raw.map((_, uid) => stakeRaw(words, uid))).toEqual(raw);
  });

  test('refuses what does not fit', () => {
    expect(faultOf(() => stakeFromRao([1n, 2n ** 63n]))).toMatchObject({
      code: 'OUT_OF_RANGE',
      ...{ field: 'stake', uid: 1, value: String(2n ** 63n), least: '0', largest: String(2n ** 63n - 1n) },
    });
    expect(faultOf(() => stakeFromRao([-1n]))).toMatchObject({ code: 'OUT_OF_RANGE', value: '-1' });
    expect(faultOf(() => stakeFromRao([5 as unknown as bigint]))).toMatchObject({
      code: 'WRONG_TYPE',
      ...{ field: 'stake', uid: 0, expected: 'a bigint', got: 'number 5' },
    });
    const range = { field: 'stake', uid: 0, least: String(-(2n ** 127n)), largest: String(2n ** 127n - 1n) };
    expect(faultOf(() => stakeFromRaw([2n ** 127n]))).toMatchObject({ code: 'OUT_OF_RANGE', ...range });
    expect(faultOf(() => stakeFromRaw([-(2n ** 127n) - 1n]))).toMatchObject({ code: 'OUT_OF_RANGE', ...range });
  });
});

test('hyperparameters refuse a name that is none', () => {
  expect(faultOf(() => hyperparameters({ kapa: 1 } as object))).toMatchObject({
    code: 'UNKNOWN_FIELD',
    field: 'kapa',
    known: Object.keys(HYPERPARAMETERS),
  });
  expect(hyperparameters({ kappa: 1 }).kappa).toBe(1);
});
