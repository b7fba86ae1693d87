/** Comparing results: the first difference, in the order of the format, of the fields that are expected. */
import { describe, expect, test } from 'vitest';
import { sparseRows } from '../../src/epoch/input.js';
import { MID_FIELDS, OUT_FIELDS } from '../../src/formats/index.js';
import { absentFields, compareOutput, presentFields } from '../../src/verify/index.js';
import { expectedOf, outputOf } from './outputs.js';

test('equal results have no difference', () => {
  expect(compareOutput(outputOf(), expectedOf())).toBeNull();
  expect(compareOutput(outputOf(), {})).toBeNull();
});

describe('one element that differs', () => {
  test.each(Object.entries(OUT_FIELDS).filter(([, kind]) => kind !== 'rows'))('in %s', (field, kind) => {
    const output = outputOf();
    const vector = output[field as 'emission'];
    (vector as { [uid: number]: unknown })[2] = kind === 'u64s' ? 77n : kind === 'bools' ? 1 : 77;
    const got = kind === 'u64s' ? '77' : kind === 'bools' ? true : 77;
    const want = kind === 'u64s' ? '0' : kind === 'bools' ? false : 0;
    expect(compareOutput(output, expectedOf())).toEqual({ field, uid: 2, got, want });
  });

  test.each(Object.keys(MID_FIELDS))('in mid.%s', (field) => {
    const output = outputOf();
    output.intermediates![field as 'stake'][1] = -5n;
    expect(compareOutput(output, expectedOf())).toEqual({ field: `mid.${field}`, uid: 1, got: '-5', want: '0' });
  });
});

describe('bonds', () => {
  const bonds = (...rows: [number, number][][]) => sparseRows(rows);
  const difference = (got: [number, number][][], want: [number, number][][]) =>
    compareOutput({ ...outputOf(), bonds: bonds(...got) }, { out: { bonds: bonds(...want) } });

  test('a value, a column, and the order of entries', () => {
    const want: [number, number][][] = [
      [],
      [
        [0, 1],
        [2, 3],
      ],
      [],
    ];
    expect(
      difference(
        [
          [],
          [
            [0, 1],
            [2, 4],
          ],
          [],
        ],
        want,
      ),
    ).toEqual({ field: 'bonds', uid: 1, entry: 1, got: [2, 4], want: [2, 3] });
    expect(
      difference(
        [
          [],
          [
            [1, 1],
            [2, 3],
          ],
          [],
        ],
        want,
      ),
    ).toEqual({ field: 'bonds', uid: 1, entry: 0, got: [1, 1], want: [0, 1] });
    expect(
      difference(
        [
          [],
          [
            [2, 3],
            [0, 1],
          ],
          [],
        ],
        want,
      ),
    ).toEqual({ field: 'bonds', uid: 1, entry: 0, got: [2, 3], want: [0, 1] });
    expect(difference(want, want)).toBeNull();
  });

  test('an entry too few, too many, or in another row', () => {
    expect(
      difference(
        [[[0, 1]]],
        [
          [
            [0, 1],
            [2, 0],
          ],
        ],
      ),
    ).toEqual({ field: 'bonds', uid: 0, entry: 1, got: null, want: [2, 0] });
    expect(
      difference(
        [
          [
            [0, 1],
            [2, 0],
          ],
        ],
        [[[0, 1]]],
      ),
    ).toEqual({ field: 'bonds', uid: 0, entry: 1, got: [2, 0], want: null });
    expect(difference([[[0, 1]], []], [[], [[0, 1]]])).toEqual({
      field: 'bonds',
      uid: 0,
      entry: 0,
      got: [0, 1],
      want: null,
    });
  });

  test('a row too few or too many, also an empty one', () => {
    expect(difference([[]], [[], []])).toEqual({ field: 'bonds', uid: 1, got: null, want: 'an empty row' });
    expect(difference([[], []], [[]])).toEqual({ field: 'bonds', uid: 1, got: 'an empty row', want: null });
    expect(difference([[]], [[], [[5, 5]]])).toEqual({ field: 'bonds', uid: 1, entry: 0, got: null, want: [5, 5] });
  });
});

test('a vector too short or too long differs where one side ends', () => {
  const want = { out: { incentive: Uint16Array.of(0, 0, 0, 9) } };
  expect(compareOutput(outputOf(), want)).toEqual({ field: 'incentive', uid: 3, got: null, want: 9 });
  expect(compareOutput(outputOf(), { out: { active: Uint8Array.of(0) } })).toEqual({
    field: 'active',
    uid: 1,
    got: false,
    want: null,
  });
});

test('intermediates that were not computed differ from those expected', () => {
  const { intermediates: _, ...output } = outputOf();
  expect(compareOutput(output, expectedOf())).toEqual({ field: 'mid.stake', uid: 0, got: null, want: '0' });
});

test('the first field in the order of the format is given, out before mid', () => {
  const output = outputOf();
  output.intermediates!.stake[0] = 1n;
  output.bonds.values[0] = 1;
  output.emission[0] = 1n;
  output.consensus[2] = 1;
  const { out, mid } = expectedOf();
  expect(compareOutput(output, { mid, out })?.field).toBe('consensus');
  expect(compareOutput(output, { mid, out: { bonds: out.bonds, emission: out.emission } })?.field).toBe('emission');
  expect(compareOutput(output, { mid })?.field).toBe('mid.stake');
});

test('present and absent fields share all fields of the format', () => {
  const all = [...Object.keys(OUT_FIELDS), ...Object.keys(MID_FIELDS).map((field) => `mid.${field}`)];
  expect(presentFields(expectedOf())).toEqual(all);
  expect(absentFields(expectedOf())).toEqual([]);
  expect(absentFields(undefined)).toEqual(all);
  const { out, mid } = expectedOf();
  const some = { out: { bonds: out.bonds, active: out.active }, mid: { consensus: mid.consensus } };
  expect(presentFields(some)).toEqual(['active', 'bonds', 'mid.consensus']);
  expect(absentFields(some)).toEqual(all.filter((field) => !presentFields(some).includes(field)));
});
