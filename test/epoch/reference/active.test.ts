import { expect, test } from 'vitest';
import { active } from '../../../src/epoch/reference/active.js';

test('the cutoff itself is still active, one block more is not (spec 3)', () => {
  expect(active([89n, 90n, 91n], 10n, 100n)).toEqual([false, true, true]);
});

test('a sum beyond u64 is never inactive (spec 3)', () => {
  const last = 2n ** 64n - 1n;
  expect(active([last, 1n], last, last)).toEqual([true, true]);
});
