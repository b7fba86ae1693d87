import { describe, expect, test } from 'vitest';
import { alpha, count, distinctAlphas, grouped, percent, percentOfU16, roughPercent } from '../../src/text/numbers.js';

const ONE = 1n << 32n;

describe('numbers as people read them', () => {
  test.each([
    [0n, '0.000%'],
    [ONE, '100.000%'],
    [ONE / 2n, '50.000%'],
    [ONE - 1n, '100.000%'], // rounded for display
    [ONE / 8n, '12.500%'],
    [-ONE / 4n, '-25.000%'],
    [3n * ONE, '300.000%'],
  ])('raw %s is %s', (share, text) => {
    expect(percent(share)).toBe(text);
  });

  test('a half in the last place is rounded up', () => {
    expect(alpha(1_500n, 6)).toBe('0.000002');
    expect(alpha(1_499n, 6)).toBe('0.000001');
    expect(percent(ONE / 16n, 1)).toBe('6.3%'); // 6.25
  });

  test.each([
    [0n, '0%'],
    [ONE, '100%'],
    [ONE - 1n, '100.00%'],
    [ONE / 100n, '1.0000%'], // a hair below 1 %
    [ONE / 50n, '2.00%'],
    [ONE / 3_000n, '0.0333%'],
    [1n, 'below 0.0001%'],
    [-ONE / 2n, '-50.00%'],
  ])('in a sentence raw %s is %s', (share, text) => {
    expect(roughPercent(share)).toBe(text);
  });

  test('a u16 share of 65535 is all', () => {
    expect(percentOfU16(65_535)).toBe('100.000%');
    expect(percentOfU16(65_534)).toBe('99.998%');
    expect(percentOfU16(0)).toBe('0.000%');
  });

  test('rao are alpha with nine decimals, thousands set apart', () => {
    expect(alpha(1n, 9)).toBe('0.000000001');
    expect(alpha(18_446_744_073_709_551_615n, 9)).toBe('18,446,744,073.709551615');
    expect(alpha(147_960_861_084n)).toBe('147.9609');
    expect(alpha(10n ** 9n, 4, 3n)).toBe('0.3333');
    expect(alpha(-2n * 10n ** 9n, 4, 3n)).toBe('-0.6667');
    expect(alpha(999_999_999n, 0)).toBe('1');
  });

  test.each([
    [
      [0n, 1_000_000_000n],
      ['0.0000', '1.0000'],
    ],
    [
      [100_000n, 100_001n],
      ['0.000100000', '0.000100001'],
    ],
    [
      [40_000n, 50_000_000_000n],
      ['0.00004', '50.00000'],
    ],
    [[1n], ['0.000000001']],
    [
      [49_000n, 0n],
      ['0.00005', '0.00000'],
    ],
    [
      [5_000n, 5_000n],
      ['0.00001', '0.00001'],
    ],
    [
      [999_999_999_999n, 1_000_000_000_000n],
      ['999.999999999', '1,000.000000000'],
    ],
  ])('amounts of %s rao look different from each other and from 0: %s', (rao, texts) => {
    expect(distinctAlphas(...rao)).toEqual(texts);
  });

  test('counts carry their noun', () => {
    expect([count(0, 'miner'), count(1, 'miner'), count(1_234, 'miner')]).toEqual([
      'no miners',
      '1 miner',
      '1,234 miners',
    ]);
    expect(count(2, 'case differs', 'cases differ')).toBe('2 cases differ');
    expect([grouped(999), grouped(1_000n), grouped(12_345_678)]).toEqual(['999', '1,000', '12,345,678']);
  });
});
