import { describe, expect, test } from 'vitest';
import { apart } from '../../src/report/page/apart.js';
import { exact, grouped, shortened, wholeTicks } from '../../src/report/page/format.js';
import { csvOf } from '../../src/report/page/table.js';

describe('labels', () => {
  test('stay where there is room', () => expect(apart([10, 50, 90], 14, 0, 100)).toEqual([10, 50, 90]));

  test('move apart about their mean, in order, within the bounds', () => {
    expect(apart([50, 50, 50], 14, 0, 100)).toEqual([36, 50, 64]);
    expect(apart([2, 0, 1], 14, 0, 100)).toEqual([28, 0, 14]);
    expect(apart([100, 99], 14, 0, 100)).toEqual([100, 86]);
  });

  test('never lie on each other', () => {
    const wanted = Array.from({ length: 9 }, (_, at) => 40 + ((at * 37) % 50));
    const places = apart(wanted, 11, 0, 200).sort((a, b) => a - b);
    for (const [at, place] of places.slice(1).entries()) expect(place - places[at]!).toBeGreaterThanOrEqual(11 - 1e-9);
  });
});

describe('numbers', () => {
  const share = { label: '', unit: '', divisor: 65_535, raw: 'of 65535' };
  const rao = { label: '', unit: 'alpha', divisor: 1e9, raw: 'rao' };
  test.each([
    [21_845, share, '0.33333 (21845 of 65535)'],
    [0, share, '0 (0 of 65535)'],
    [12_345_678_901, rao, '12.345678901'],
    [148_000_000_000, rao, '148'],
    [null, rao, 'none'],
    [-0.25, { label: '', unit: '' }, '−0.25'],
  ])('%s is written in full', (value, axis, text) => expect(exact(value, axis)).toBe(text));

  test('thousands are set apart from six digits on', () => {
    expect([12_345, 6_000_361, 1e-9].map(grouped)).toEqual(['12345', '6\u202f000\u202f361', '1 × 10^−9']);
  });

  test('ticks are whole, round and few', () => {
    expect(wholeTicks([0, 1, 2, 3], 10)).toEqual([0, 1, 2, 3]);
    expect(wholeTicks([0, 499], 6)).toEqual([0, 100, 200, 300, 400]);
    expect(wholeTicks([7], 6)).toEqual([7]);
    expect(wholeTicks([0, 0.5], 6)).toBeUndefined();
  });

  test('long names keep both ends', () => {
    expect(shortened('validator 12', 12)).toBe('validator 12');
    expect(shortened('a rather long validator 12', 12)).toBe('a rath…or 12');
  });
});

test('a CSV quotes what must be, and leaves no formula', () => {
  const text = csvOf({
    head: ['name', 'value'],
    rows: [
      ['a,"b"', 1],
      ['=cmd()', null],
    ],
  });
  expect(text).toBe('name,value\r\n"a,""b""",1\r\n\'=cmd(),\r\n');
});
