import { describe, expect, test } from 'vitest';
import { newPermits, permits, topStake } from '../../../src/epoch/reference/permits.js';

describe('new permits (spec 4.3)', () => {
  test('of equal stakes the higher uid keeps its permit', () => {
    expect(topStake([5n, 7n, 5n, 5n], 2)).toEqual([false, true, false, true]);
  });

  test('zero stake never gets one', () => {
    expect(topStake([0n, 1n, 0n], 3)).toEqual([false, true, false]);
    expect(topStake([0n, 1n, 0n], 4)).toEqual([false, true, false]);
  });

  test('no permits at all', () => {
    expect(topStake([1n, 2n], 0)).toEqual([false, false]);
  });

  test('negative stake stands below zero, and is not zero', () => {
    expect(topStake([-1n, 0n, 2n], 1)).toEqual([false, false, true]);
    expect(topStake([-1n, 0n, 2n], 9)).toEqual([true, false, true]);
  });

  test('the owner gets one on top', () => {
    expect(newPermits([0n, 5n], 1, 0)).toEqual([true, true]);
    expect(newPermits([0n, 5n], 1, null)).toEqual([false, true]);
  });
});

describe('permits in force (spec 4.4)', () => {
  test('are the old ones and the owner', () => {
    expect(permits([true, false, false], 3, 2)).toEqual([true, false, true]);
    expect(permits([true, false, false], 3, null)).toEqual([true, false, false]);
  });

  test('leave out an owner beyond the stored ones (spec 1.3)', () => {
    expect(permits([true, false, false], 2, 2)).toEqual([true, false, false]);
    expect(permits([false, false, false], 0, 0)).toEqual([false, false, false]);
  });
});
