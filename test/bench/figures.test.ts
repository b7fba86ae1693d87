/** What is said of times, and how they are drawn. */
import { describe, expect, test } from 'vitest';
import { plot, slopeOf } from '../../bench/plot.js';
import { memcpyGbPerSecond } from '../../src/bench/memcpy.js';
import { timesOf } from '../../src/bench/statistics.js';

describe('times', () => {
  test.each([
    [[3], { median: 3, least: 3, largest: 3, spread: 0 }],
    [[4, 2], { median: 3, least: 2, largest: 4, spread: 1 / 3 }],
    [[5, 1, 3], { median: 3, least: 1, largest: 5, spread: 2 / 3 }],
    [[10, 1, 3, 2, 4], { median: 3, least: 1, largest: 10, spread: 2 / 3 }],
  ])('%j have median, ends and spread', (list, wanted) => {
    expect(timesOf(list)).toEqual(wanted);
  });

  test('stay in the order in which they came', () => {
    const list = [3, 1, 2];
    timesOf(list);
    expect(list).toEqual([3, 1, 2]);
  });
});

test('memcpy is a number above 0', () => {
  expect(memcpyGbPerSecond(1_000_000)).toBeGreaterThan(0);
});

describe('the plot', () => {
  const line = (factor: number, power: number) => [1e2, 1e3, 1e4, 1e6].map((x) => ({ x, y: factor * x ** power }));

  test('a cost that grows with the weights has slope 1', () => {
    expect(slopeOf(line(7e-6, 1))).toBeCloseTo(1);
    expect(slopeOf(line(7e-6, 2))).toBeCloseTo(2);
  });

  test('is a drawing with a mark a point, equal steps a decade and no raw text', () => {
    const svg = plot([{ name: 'a < b & c', points: line(1e-5, 1) }], { title: 't', x: 'weights', y: 'ms' });
    expect(svg).toMatch(/^<svg .*<\/svg>\n$/s);
    expect(svg).toContain('a &lt; b &amp; c');
    expect(svg.match(/<circle/g)).toHaveLength(4 + 1); // and one in the legend
    const [first, second, third, last] = /points="([^"]*)"/
      .exec(svg)![1]!
      .split(' ')
      .map((pair) => pair.split(',').map(Number) as [number, number]);
    expect(second![0] - first![0]).toBeCloseTo(third![0] - second![0], 0);
    expect(last![0] - third![0]).toBeCloseTo(2 * (second![0] - first![0]), 0);
    expect(first![1]).toBeGreaterThan(last![1]); // more is higher up
  });
});
