import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consensus, weightedMedian } from '../../../src/epoch/reference/consensus.js';
import { type Ballot, consensusOverflow } from '../../../src/epoch/reference/consensus-overflow.js';
import { ONE, prop } from '../../../src/epoch/reference/fixed.js';
import { rows } from './rows.js';

const ballots = (...pairs: [weight: bigint, share: bigint][]): Ballot[] =>
  pairs.map(([weight, share]) => ({ weight, share }));

/** What both must give: as the spec's closed form, as the chain's search. */
const medians = (list: Ballot[], min: bigint): bigint[] => [
  weightedMedian(list, min),
  consensusOverflow(
    list,
    min,
    list.reduce((total, { share }) => total + share, 0n),
  ),
];

describe('the weighted median (spec 7.1)', () => {
  const list = ballots([30n, 2n], [10n, 3n], [20n, 5n]); // F(10) = 3, F(20) = 8, F(30) = 10

  test('a threshold met exactly moves on to the next larger value', () => {
    expect(medians(list, 2n)).toEqual([10n, 10n]);
    expect(medians(list, 3n)).toEqual([20n, 20n]);
    expect(medians(list, 7n)).toEqual([20n, 20n]);
    expect(medians(list, 8n)).toEqual([30n, 30n]);
  });

  test('a majority above the total gives the smallest, none at all the largest that occurs', () => {
    expect(medians(list, -1n)).toEqual([10n, 10n]);
    expect(medians(list, 10n)).toEqual([30n, 30n]);
  });

  test('one voter gives its own value, no voter gives 0', () => {
    expect(medians(ballots([7n, ONE]), 0n)).toEqual([7n, 7n]);
    expect(medians([], 0n)).toEqual([0n, 0n]);
  });

  test('equals the search of the chain while nothing overflows, in any order of the voters', () => {
    const ballot = fc.record({ weight: fc.bigInt(0n, 6n), share: fc.bigInt(0n, 4n) });
    fc.assert(
      fc.property(fc.array(ballot, { maxLength: 12 }), fc.bigInt(-2n, 30n), (list, min) => {
        const [closed, searched] = medians(list, min);
        expect(searched).toBe(closed);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('consensus (spec 7.1)', () => {
  test('a missing weight counts as 0, and so does one without stake', () => {
    const half = ONE / 2n;
    // Half of the stake is just above 1 - 32768 / 65535, just below 1 - 32767 / 65535. Uid 2 has no stake and no say.
    expect(consensus(rows('0:40', '', '0:99'), [half, half, 0n], 32_768)).toEqual([0n, 0n, 0n]);
    expect(consensus(rows('0:40', '0:30', '0:99'), [half, half, 0n], 32_768)).toEqual([30n, 0n, 0n]);
    expect(consensus(rows('0:40', '0:30', '0:99'), [half, half, 0n], 32_767)).toEqual([40n, 0n, 0n]);
  });

  test('without voters it is 0', () => {
    expect(consensus(rows('0:40', ''), [0n, 0n], 32_767)).toEqual([0n, 0n]);
  });

  test('of a duplicate column the last entry votes (lenient)', () => {
    expect(consensus(rows('0:40 0:7'), [ONE], 32_767)).toEqual([7n]);
  });

  test('a kappa of 65535 takes the smallest weight', () => {
    expect(consensus(rows('0:40', '0:30'), [ONE / 2n, ONE / 2n], 65_535)).toEqual([30n, 0n]);
    expect(prop(65_535)).toBe(ONE);
  });
});

describe('voters whose stakes overflow (lenient)', () => {
  // Four times 2^62 wraps to 0: shares stay 2^62 each, their sum is 0 as well, and min is -kappa.
  const stakes = new Array<bigint>(4).fill(2n ** 62n);

  test('are searched as on the chain: downwards while there is something smaller', () => {
    // The middle one of four, 30, has 2^63 - 1 (saturated) below it: down; 20 has 2^62 below it: down.
    expect(consensus(rows('0:10', '0:20', '0:30', '0:40'), stakes, 32_767)[0]).toBe(10n);
  });

  test('so the order of the voters counts', () => {
    // Now the middle one is 10. Nothing is smaller, and 0 - (2^63 - 1) is not above min: up. Of 20, 30, 40 the middle
    // one has -(2^63 - 1) + 2^62 below it, not above min, and 0 - 2^62 up to it: up again.
    expect(consensus(rows('0:20', '0:30', '0:10', '0:40'), stakes, 32_767)[0]).toBe(40n);
  });

  test('what a side holds saturates before it is added', () => {
    // Eight shares of 2^62, their sum given as 0. The middle one, 1, is the smallest: up, from -(2^63 - 1) on. Then 40:
    // below it lie three shares, saturated to 2^63 - 1, which makes 0, not above min: up again, and so to 70.
    const weights = [10n, 20n, 30n, 40n, 1n, 50n, 60n, 70n];
    const list = weights.map((weight) => ({ weight, share: 2n ** 62n }));
    expect(consensusOverflow(list, 5n, 0n)).toBe(70n);
  });
});
