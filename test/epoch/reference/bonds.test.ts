import { describe, expect, test } from 'vitest';
import { hyperparameters } from '../../../src/epoch/hyperparameters.js';
import { columnMaxima, columnSums, normalizeColumns } from '../../../src/epoch/reference/columns.js';
import { ema } from '../../../src/epoch/reference/ema.js';
import { ONE } from '../../../src/epoch/reference/fixed.js';
import { horizon, withinHorizon } from '../../../src/epoch/reference/horizon.js';
import { penalty } from '../../../src/epoch/reference/penalty.js';
import { smoothing } from '../../../src/epoch/reference/smoothing.js';
import { yuma3 } from '../../../src/epoch/reference/yuma3.js';
import { rows, text } from './rows.js';

describe('the horizon (spec 3, 9.1)', () => {
  test('is the block after the previous epoch, or one tempo ago', () => {
    expect(horizon(639n, 1_000n, 360n)).toBe(640n);
    expect(horizon(0n, 1_000n, 360n)).toBe(640n);
    expect(horizon(0n, 10n, 360n)).toBe(0n);
    expect(horizon(2n ** 64n - 1n, 10n, 360n)).toBe(2n ** 64n - 1n);
  });

  test('voids bonds towards a neuron registered at it', () => {
    expect(withinHorizon(rows('0:1 1:2', ''), 640n, [639n, 640n]).map(text)).toEqual(['0:1', '']);
  });

  test('counts a column >= n as registered at block 0', () => {
    expect(withinHorizon(rows('7:1', ''), 1n, [0n, 0n]).map(text)).toEqual(['7:1', '']);
    expect(withinHorizon(rows('7:1', ''), 0n, [0n, 0n]).map(text)).toEqual(['', '']);
  });
});

describe('the bonds penalty (spec 8)', () => {
  const given = rows('1:8 0:4 2:0', '', '');
  const clipped = rows('1:5', '', '');

  test('at its ends gives the rows as they are', () => {
    expect(penalty(given, clipped, 0)).toBe(given);
    expect(penalty(given, clipped, 65_535)).toBe(clipped);
  });

  test('between them sorts, drops zeros and rounds the difference down', () => {
    // A share of 1 / 65535 of -3 or -4 is floored to -1.
    expect(penalty(given, clipped, 1).map(text)).toEqual(['0:3 1:7', '', '']);
  });

  test('takes the last of duplicate columns, in each of the two by itself (lenient)', () => {
    expect(penalty(rows('0:8 0:6'), rows('0:5'), 1).map(text)).toEqual(['0:5']);
  });
});

describe('the smoothing constant (spec 9.2)', () => {
  test('of 900000 is 429496730', () => {
    expect([smoothing(900_000n, true), smoothing(900_000n, false)]).toEqual([429_496_730n, 429_496_730n]);
  });

  test('of more than a million is negative', () => {
    expect(smoothing(2_000_000n, true)).toBe(-ONE);
  });

  test('of the largest u64 saturates in Yuma2, and wraps in Yuma3', () => {
    const largest = 2n ** 64n - 1n;
    expect(smoothing(largest, false)).toBe(ONE - (2n ** 63n - 1n));
    // -1 in I64F64 by wrapping; a millionth of it is -18446744073709 raw, and -4295 with 32 fraction bits.
    expect(smoothing(largest, true)).toBe(ONE + 4_295n);
  });
});

describe('the moving average (spec 9.3)', () => {
  const half = ONE / 2n;

  test('floors each product by itself, sorts, and keeps positive values only', () => {
    expect(ema(rows('1:3 0:2', '0:1'), rows('1:3', '1:1'), half).map(text)).toEqual(['0:1 1:2', '']);
  });

  test('adds up duplicates and ignores columns >= n (lenient)', () => {
    expect(ema(rows('0:2 0:2', ''), rows('0:4 9:8', ''), half).map(text)).toEqual(['0:4', '']);
  });

  test('drops what becomes negative', () => {
    expect(ema(rows('0:5'), rows('0:1'), -ONE).map(text)).toEqual(['']);
  });
});

test('a dividend of Yuma3 that does not fit is 0 (spec 9.4 c)', () => {
  const { dividends } = yuma3({
    weightsForBonds: rows(`0:${ONE}`),
    storedBonds: rows(''),
    consensus: [ONE],
    incentive: [2n ** 62n],
    activeStake: [2n ** 62n],
    hyperparameters: hyperparameters({ yuma3: true }),
  });
  expect(dividends).toEqual([0n]);
});

describe('columns (spec 9.4 c, 9.5)', () => {
  test('are divided by their sum, where there is one', () => {
    expect(normalizeColumns(rows('0:1 1:0 5:7', '0:3'), 2).map(text)).toEqual([
      `0:${ONE / 4n} 1:0 5:7`,
      `0:${(ONE * 3n) / 4n}`,
    ]);
  });

  test('add up with saturation, in the order of the rows', () => {
    const largest = 2n ** 63n - 1n;
    expect(columnSums(rows(`0:${largest}`, '0:1', '0:-1'), 3)[0]).toBe(largest - 1n);
  });

  test('have a largest value of at least 0', () => {
    expect(columnMaxima(rows('0:-3 1:2', '1:5'), 2)).toEqual([0n, 5n]);
  });
});
