import { expect, test } from 'vitest';
import { exp, expSafe } from '../../../src/epoch/reference/exponential.js';
import { ONE } from '../../../src/epoch/reference/fixed.js';

test.each([
  [0n, 4_294_967_296n],
  [1n, 4_294_967_297n],
  [-1n, 4_294_967_295n],
  [2_147_483_648n, 7_081_203_935n],
  [-2_147_483_648n, 2_605_029_348n],
  [4_294_967_296n, 11_674_931_200n],
  [-4_294_967_296n, 1_580_030_169n],
  [10_737_418_240n, 52_323_413_133n],
  [21_474_836_480n, 637_429_664_624n],
  [-21_474_836_480n, 28_939_262n],
  [85_899_345_920n, 2_066_907_302_758_576_256n],
  [-85_899_345_920n, 8n],
  [100n * ONE, 2_066_907_302_758_576_256n],
  [-100n * ONE, 8n],
])('exp of %i is %i (table of spec 9.7)', (exponent, value) => {
  expect(expSafe(exponent)).toBe(value);
});

test('beyond the limits a step overflows', () => {
  expect(exp(100n * ONE)).toBeNull();
});
