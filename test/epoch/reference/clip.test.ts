import { expect, test } from 'vitest';
import { clip, validatorTrust } from '../../../src/epoch/reference/clip.js';
import { rows, text } from './rows.js';

test('weights above the consensus become it, those at it stay (spec 7.2)', () => {
  expect(clip(rows('1:8 0:5', '1:7 0:4'), [5n, 7n]).map(text)).toEqual(['1:7 0:5', '1:7 0:4']);
});

test('a weight clipped to 0 is dropped, a weight of 0 stays (spec 7.2)', () => {
  expect(clip(rows('0:1 1:0'), [0n, 0n]).map(text)).toEqual(['1:0']);
});

test('trust is the sum of the clipped row (spec 7.3)', () => {
  expect(validatorTrust(rows('1:7 0:5', ''))).toEqual([12n, 0n]);
});

test('every entry of a duplicate column is clipped by itself and counts (lenient)', () => {
  const clipped = clip(rows('0:9 0:3'), [5n]);
  expect(clipped.map(text)).toEqual(['0:5 0:3']);
  expect(validatorTrust(clipped)).toEqual([8n]);
});
