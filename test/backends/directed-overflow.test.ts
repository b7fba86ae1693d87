/**
 * The median where the voting stakes overflow 64 bits (spec 7.1; consensus-overflow.ts in both rooms). Stakes cancel but
 * for one rao, so that shares of the stake nearly fill 64 bits.
 */
import { describe, expect, test } from 'vitest';
import { backendsUnderTest } from '../backends.js';
import { type Directed, directed, type Pair, rao, runDirected, type WithIntermediates } from './directed.js';

const I64_END = 2n ** 63n;
const KAPPAS = [0, 1, 13_107, 32_767, 52_428, 65_534, 65_535];

describe.each(await backendsUnderTest())('voting stakes that overflow, on $name', ({ backend }) => {
  /**
   * Voters 0 (2^32) and 1 to 4 (2^62 each) cast these weights on column 5. Their stakes wrap to 2^32 = ONE together, so
   * their shares are their stakes, and these wrap to ONE, too.
   */
  const medianOf = async (kappa: number, ballots: readonly number[]): Promise<bigint> => {
    const weights = ballots.map((weight): Pair[] => [
      [5, weight * 1_000],
      [6, 65_536 - weight * 1_000],
    ]);
    const stake = [1n, 2n ** 30n, 2n ** 30n, 2n ** 30n, 2n ** 30n, -(2n ** 31n), -(2n ** 31n)].map(rao);
    const output = await runDirected(backend, directed({ stake, weights, changes: { kappa } }));
    expect([...output.intermediates.activeStake.slice(0, 5)]).toEqual([2n ** 32n, ...new Array(4).fill(2n ** 62n)]);
    return output.intermediates.consensus[5]! / 65_536_000n;
  };

  test('the search by hand, up to where the upper part holds exactly the majority', async () => {
    // min = ONE - ONE = 0. Pivot 10: nobody below; ONE - (saturated) <= 0, up, with ONE - 2^63 + 1 held below. Pivot 20
    // of (50 40 20 30): the same. Pivot 40 of (50 40 30): held + 2^62 < 0, not down; ONE - ONE (uid 0) = 0 <= 0, up.
    expect(await medianOf(65_535, [50, 40, 10, 20, 30])).toBe(50n);
  });

  test('the search by hand, where the lower part holds exactly the minimum', async () => {
    // min = ONE - 0. Pivot 20: below it ONE (uid 0), and ONE < ONE is false; up. Pivot 40 of (30 40 50): held + 2^62 < 0,
    // not down; ONE - 2^62 <= ONE, up.
    expect(await medianOf(0, [10, 30, 20, 40, 50])).toBe(50n);
  });

  test('the smallest weight, where the part below every pivot holds enough', async () => {
    expect(await medianOf(65_535, [50, 10, 20, 30, 40])).toBe(10n);
  });

  test('many small subnets, as the reference searches', async () => {
    let overflowed = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const output = await runDirected(backend, directed(cancelling(seed)));
      if (votingStake(output) >= I64_END) overflowed += 1;
    }
    expect(overflowed).toBeGreaterThan(350);
  });
});

const votingStake = ({ intermediates }: WithIntermediates): bigint =>
  intermediates.activeStake.reduce((total, stake) => (stake > 0n ? total + stake : total), 0n);

/** Two to nine voters of 2^29 to 2^31 rao, as many who cancel them, one of a rao; dense rows of few distinct weights. */
function cancelling(seed: number): Directed {
  let state = seed;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const sizes = [
    2n ** 30n,
    2n ** 31n - 1n,
    2n ** 30n + 1n,
    BigInt(2 ** 29 + below(2 ** 30)),
    BigInt(2 ** 30 + below(99)),
  ];
  const voters = 4 + below(6);
  const stake = Array.from({ length: voters }, () => sizes[below(sizes.length)]!).flatMap((size) => [size, -size]);
  stake.splice(below(stake.length), 0, 1n);
  // A third column takes up the rest to 65 536, so that equal numbers are equal weights.
  const weights = stake.map((): Pair[] => {
    const [first, second] = [below(6) * 5_000, below(6) * 5_000];
    return [
      [0, first],
      [1, second],
      [2, 65_535 - first - second],
    ];
  });
  return { stake: stake.map(rao), weights, changes: { kappa: KAPPAS[seed % KAPPAS.length]! } };
}
