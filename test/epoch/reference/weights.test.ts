import { describe, expect, test } from 'vitest';
import { ONE } from '../../../src/epoch/reference/fixed.js';
import type { Row } from '../../../src/epoch/reference/rows.js';
import { type MaskInputs, weightMask, weights } from '../../../src/epoch/reference/weights.js';
import { rows, text } from './rows.js';

/** Two neurons, all permitted, everything up to date. */
const open: MaskInputs = {
  owner: null,
  permit: [true, true],
  lastUpdate: [100n, 100n],
  registeredAt: [10n, 10n],
  commitBlock: null,
};

describe('masks (spec 6.1 to 6.4)', () => {
  test('a weight that no mask hits counts', () => {
    expect(weightMask(open, 0, 1)).toBeNull();
  });

  test('a row without permit is void', () => {
    expect(weightMask({ ...open, permit: [false, true] }, 0, 1)).toBe('permit');
  });

  test('a weight on oneself is void, but for the owner', () => {
    expect(weightMask(open, 1, 1)).toBe('diagonal');
    expect(weightMask({ ...open, owner: 1 }, 1, 1)).toBeNull();
    expect(weightMask({ ...open, owner: 1 }, 0, 0)).toBe('diagonal');
  });

  test('a registration in the block of the update voids a weight', () => {
    expect(weightMask({ ...open, registeredAt: [10n, 99n] }, 0, 1)).toBeNull();
    expect(weightMask({ ...open, registeredAt: [10n, 100n] }, 0, 1)).toBe('outdated');
  });

  test('a registration after the open commit voids a weight, one in its block does not', () => {
    expect(weightMask({ ...open, registeredAt: [10n, 50n], commitBlock: [50n, 0n] }, 0, 1)).toBeNull();
    expect(weightMask({ ...open, registeredAt: [10n, 50n], commitBlock: [49n, 0n] }, 0, 1)).toBe('commit');
    expect(weightMask({ ...open, registeredAt: [10n, 50n] }, 0, 1)).toBeNull();
  });
});

describe('normalisation (spec 6.5)', () => {
  test('shares what is left after the masks', () => {
    expect(weights(rows('0:9 1:3', '0:1'), open).map(text)).toEqual([`1:${ONE}`, `0:${ONE}`]);
  });

  test('keeps order and explicit zeros, also where all are 0', () => {
    const three = { ...open, permit: [true, true, true], lastUpdate: [100n, 100n, 100n], registeredAt: [0n, 0n, 0n] };
    const third = ONE / 3n;
    expect(weights(rows('2:2 1:1', '2:0 0:0', '1:5 0:0'), three).map(text)).toEqual([
      `2:${2n * third} 1:${third}`,
      '2:0 0:0',
      `1:${ONE} 0:0`,
    ]);
  });

  test('drops columns >= n before it adds up, and counts duplicates (lenient)', () => {
    expect(weights(rows('2:9 1:1 1:1', ''), open).map(text)).toEqual([`1:${ONE / 2n} 1:${ONE / 2n}`, '']);
  });

  test('leaves a row as it is whose sum wraps to 0 or below (lenient)', () => {
    const long = (entries: number): Row => Array.from({ length: entries }, () => ({ column: 1, value: 65_535n }));
    // 32769 * 65535 * 2^32 is just above 2^63, 32768 * 65535 * 2^32 just below.
    expect(weights([long(32_769), []], open)[0]![0]!.value).toBe(65_535n * ONE);
    expect(weights([long(32_768), []], open)[0]![0]!.value).toBe(ONE / 32_768n);
    // 65537 * 65535 + 1 is 2^32, which wraps to 0.
    const toZero = [...long(65_537), { column: 1, value: 1n }];
    expect(weights([toZero, []], open)[0]!.at(-1)!.value).toBe(ONE);
  });
});
