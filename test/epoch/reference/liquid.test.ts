import { describe, expect, test } from 'vitest';
import { ONE, prop } from '../../../src/epoch/reference/fixed.js';
import { cursorValues, liquid, liquidAlpha, sigmoidSlope } from '../../../src/epoch/reference/liquid.js';
import { row, rows, text } from './rows.js';

const half = ONE / 2n;
/** The slope is 0: the sigmoid is exactly one half, alpha the middle of its bounds. */
const flat = { alphaLow: 0, alphaHigh: 65_535, alphaSigmoidSteepness: 0 };

describe('the cursor (spec 9.4 b)', () => {
  test('is a lookup on a sorted row', () => {
    expect(cursorValues(row('0:5 2:7'), 4)).toEqual([5n, 0n, 7n, 0n]);
  });

  test('does not see a smaller column behind a larger one', () => {
    expect(cursorValues(row('2:7 0:5 3:9'), 4)).toEqual([0n, 0n, 7n, 9n]);
  });

  test('stays behind a column >= n, which hides all that follows (lenient)', () => {
    expect(cursorValues(row('0:5 9:1 1:7'), 3)).toEqual([5n, 0n, 0n]);
  });

  test('sees the first of duplicate columns (lenient)', () => {
    expect(cursorValues(row('1:5 1:7'), 2)).toEqual([0n, 5n]);
  });
});

describe('the constant of a pair (spec 9.4 b)', () => {
  const slope = sigmoidSlope(1_000);
  const low = prop(45_875);
  const high = prop(58_982);

  test('has a slope that is truncated towards zero', () => {
    expect([1_000, 1, -1, 99].map(sigmoidSlope)).toEqual([
      -42_949_672_960n,
      -42_949_672n,
      42_949_672n,
      -4_252_017_623n,
    ]);
  });

  test('lies within its bounds, the middle at half a distance', () => {
    expect(liquidAlpha(half, ONE, 0n, low, high, slope)).toBe(low + ((high - low) >> 1n));
  });

  test('measures a new weight against the consensus, a falling one against the old bond', () => {
    expect(liquidAlpha(0n, half, 0n, low, high, slope)).toBe(low + ((high - low) >> 1n));
    expect(liquidAlpha(ONE, 0n, half, low, high, slope)).toBe(low + ((high - low) >> 1n));
  });

  test('measures against the consensus where weight and bond are equal', () => {
    expect(liquidAlpha(0n, half, half, low, high, slope)).toBe(low + ((high - low) >> 1n));
  });

  test('does not measure below zero', () => {
    expect(liquidAlpha(ONE, half, 0n, low, high, slope)).toBe(liquidAlpha(half, half, 0n, low, high, slope));
  });

  test('is the lower bound where the bounds are crossed (lenient)', () => {
    expect(liquidAlpha(half, ONE, 0n, high, low, slope)).toBe(high);
  });
});

describe('the bonds (spec 9.4 b)', () => {
  const consensus = [1n, 1n, 1n];

  test('keep the order of the new weights; an old bond without a new weight vanishes', () => {
    const fresh = rows('2:8 0:6', '', '');
    expect(liquid(fresh, rows('0:4 1:9', '', ''), consensus, flat).map(text)).toEqual(['2:4 0:5', '', '']);
  });

  test('decay under an explicit zero, and are dropped at 0', () => {
    expect(liquid(rows('0:0 1:0', '', ''), rows('0:4', '', ''), consensus, flat).map(text)).toEqual(['0:2', '', '']);
  });

  test('are ONE at most', () => {
    const full = rows(`0:${ONE}`);
    expect(liquid(rows(`0:${3n * ONE}`), full, [1n], flat).map(text)).toEqual([`0:${ONE}`]);
  });

  test('take the last of duplicate old bonds, and give one bond for each duplicate weight (lenient)', () => {
    const fresh = rows('0:2 0:4', '', '');
    expect(liquid(fresh, rows('0:8 0:6', '', ''), consensus, flat).map(text)).toEqual(['0:4 0:5', '', '']);
  });
});
