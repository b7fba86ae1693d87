import { describe, expect, test } from 'vitest';
import { estimate, studentQuantile } from '../../src/collusion/statistics.js';

describe("the 97.5 % quantile of Student's t", () => {
  // Tables of the distribution.
  test.each([
    [1, 12.7062],
    [2, 4.3027],
    [4, 2.7764],
    [9, 2.2622],
    [19, 2.093],
    [30, 2.0423],
    [31, 2.0395],
    [60, 2.0003],
    [120, 1.9799],
    [999, 1.9623],
  ])('with %i degrees of freedom is %f', (freedom, quantile) => {
    expect(Math.abs(studentQuantile(freedom) - quantile)).toBeLessThan(0.001);
  });

  test('falls with every degree of freedom', () => {
    for (let freedom = 2; freedom < 1_000; freedom++) {
      expect(studentQuantile(freedom), `${freedom}`).toBeLessThan(studentQuantile(freedom - 1));
    }
  });
});

describe('an estimate', () => {
  test('has mean, deviation of the sample and a band of 95 %', () => {
    const { mean, deviation, low, high } = estimate([0.4, 0.5, 0.6]);
    expect(mean).toBeCloseTo(0.5, 12);
    expect(deviation).toBeCloseTo(0.1, 12);
    expect(low).toBeCloseTo(0.5 - (4.303 * 0.1) / Math.sqrt(3), 12);
    expect(high).toBeCloseTo(0.5 + (4.303 * 0.1) / Math.sqrt(3), 12);
  });

  test('has no band where there is one repeat', () => {
    expect(estimate([0.4])).toEqual({ mean: 0.4, deviation: null, low: null, high: null });
  });

  test('has a band within 0 and 1', () => {
    expect(estimate([0, 1])).toMatchObject({ mean: 0.5, low: 0, high: 1 });
  });
});
