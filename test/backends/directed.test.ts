/**
 * Odd inputs at the edges of what fits: each made by hand, run on every backend against the reference, with the decisive
 * numbers worked out beside it.
 */
import { describe, expect, test } from 'vitest';
import { listRows } from '../../src/epoch/input.js';
import { backendsUnderTest } from '../backends.js';
import { directed, type Pair, rao, runDirected } from './directed.js';

const ONE = 2n ** 32n;
const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);

describe.each(await backendsUnderTest())('odd edges on $name', ({ backend }) => {
  test.each([
    [2n ** 95n - ONE, MAX, MIN + 1n],
    [2n ** 95n - 1n, MAX, MIN],
    [2n ** 95n, MAX, MIN],
    [2n ** 95n + 1n, MAX, MIN],
    [2n ** 95n + ONE, MAX, MIN],
    [2n ** 95n + 2n ** 94n, MAX, MIN],
    [2n ** 96n - 1n, MAX, MIN],
    [2n ** 96n, MAX, MIN],
    [2n ** 96n + 1n, MAX, MIN],
    [2n ** 126n, MAX, MIN],
    [3n * 2n ** 94n - 2n ** 92n, MAX, MIN],
    [3n * 2n ** 93n, 3n * 2n ** 61n, -3n * 2n ** 61n],
  ])('stakes of %d and its negative have the sum 0 and stay, clamped (spec 4.2)', async (raw, positive, negative) => {
    const { intermediates } = await runDirected(backend, directed({ stake: [raw, -raw] }));
    expect([...intermediates.stake]).toEqual([positive, negative]);
  });

  // T / S towards zero at 64 fraction bits, 0 where that is outside -2^63 .. 2^63 - 2^-64; then floored at 32, clamped.
  test.each([
    [2n ** 63n - 1n, 1n, MAX],
    [2n ** 63n, 1n, 0n],
    [2n ** 64n - 1n, 2n, MAX],
    [2n ** 64n + 1n, 2n, 0n],
    [-(2n ** 63n), 1n, MIN],
    [-(2n ** 63n) - 1n, 1n, 0n],
    [-(2n ** 64n) - 1n, 2n, 0n],
    [-(2n ** 64n) + 1n, 2n, MIN],
    [-3n * 2n ** 63n, 3n, MIN],
    [-3n * 2n ** 63n - 1n, 3n, 0n],
    [-(2n ** 126n), 2n ** 63n, MIN],
    [-(2n ** 126n) - 1n, 2n ** 63n, 0n],
    [2n ** 63n, -1n, MIN],
    [2n ** 63n + 1n, -1n, 0n],
    [-(2n ** 63n), -1n, 0n],
    [-(2n ** 63n) + 1n, -1n, MAX],
    [2n ** 31n - 1n, 1n, MAX - ONE + 1n],
    [2n ** 31n, 1n, MAX],
    [2n ** 32n - 1n, 2n, MAX - 2n ** 31n + 1n],
    [2n ** 32n + 1n, 2n, MAX],
    [-(2n ** 31n) + 1n, 1n, MIN + ONE],
    [-(2n ** 31n), 1n, MIN],
    [-(2n ** 31n) - 1n, 1n, MIN],
    [-(2n ** 32n) + 1n, 2n, MIN + 2n ** 31n],
    [-(2n ** 32n) - 1n, 2n, MIN],
    [-(2n ** 63n) + 1n, 2n ** 32n, MIN + 1n], // 2^-32 above the end
    [-(2n ** 63n) - 1n, 2n ** 32n, MIN],
    [-(2n ** 95n) + 1n, 2n ** 64n, MIN], // 2^-64 above it: floored
    [-1n, 2n ** 80n, 0n], // -2^-80: towards zero
    [-1n, 2n ** 64n, -1n], // -2^-64: floored
  ])('of a stake of %d in a sum of %d', async (raw, sum, share) => {
    const { intermediates } = await runDirected(backend, directed({ stake: [raw, sum - raw] }));
    expect(intermediates.stake[0]).toBe(share);
  });

  // The one voter's weights are the consensus. Sums from 2^31 to 2^32 are negative or 0 to the chain: nothing is divided.
  test.each([
    ['2^31 - 1', 32_768, 32_767, 131_070n, 65_534n],
    ['2^31', 32_768, 32_768, 65_535n * ONE, 32_768n * ONE],
    ['2^31 + 1', 32_768, 32_769, 65_535n * ONE, 32_769n * ONE],
    ['2^32 - 1', 65_537, 0, 65_535n * ONE, 0n],
    ['2^32', 65_537, 1, 65_535n * ONE, ONE],
    ['2^32 + 1', 65_537, 2, 65_535n * ONE, 2n * ONE],
    ['2^32 + 2', 65_537, 3, (65_535n * ONE) / 2n, (3n * ONE) / 2n],
  ])('a row of weights with the sum %s (spec 6.5)', async (_, full, rest, first, second) => {
    const row: Pair[] = [...new Array<Pair>(full).fill([1, 65_535]), [2, rest]];
    const { intermediates } = await runDirected(backend, directed({ stake: [rao(1n), 0n, 0n], weights: [row] }));
    expect([...intermediates.consensus]).toEqual([0n, first, second]);
  });

  test.each([
    // New bonds: half of alpha = 429 496 730 each. Old: 65 535 * ONE over the clamped 2^63 - 1 is 131 070, of which 0.9
    // stays, 117 962, once an entry. Stored over the largest: 65 535 * 214 866 327 / (117 962 * entries + 214 748 365).
    [40_000, 2_854],
    [70_000, 1_662],
  ])('Yuma2 bonds of %i entries of 65535 in a column (spec 9.5)', async (entries, second) => {
    const input = directed({
      stake: [rao(1n), rao(1n), 0n],
      weights: [[[2, 7]], [[2, 7]]],
      bonds: [new Array<Pair>(entries).fill([2, 65_535]), [[2, 65_535]]],
      changes: { yuma3: false },
    });
    const { bonds } = await runDirected(backend, input);
    expect(listRows(bonds)).toEqual([[[2, 65_535]], [[2, second]], []]);
  });

  /** What a bonds moving average leaves of a bond bought only now (2) and of one held before only (3). */
  const kept = async (bondsMovingAverage: bigint, yuma3: boolean): Promise<number[]> => {
    const changes = { bondsMovingAverage, yuma3 };
    const stake = [rao(1n), rao(1n), 0n, 0n];
    const weights: Pair[][] = [[[2, 7]], [[2, 7]]];
    const dense: Pair[][] = [
      [
        [2, 9],
        [3, 65_535],
      ],
      [
        [2, 40_000],
        [3, 1],
      ],
    ];
    await runDirected(backend, directed({ stake, weights: dense, bonds: [dense[1]!, dense[0]!], changes }));
    const { bonds } = await runDirected(
      backend,
      directed({ stake, weights, bonds: [[[3, 65_535]], [[3, 9]]], changes }),
    );
    return listRows(bonds)[0]!.map(([column]) => column);
  };

  // The average in ones is 2^31 just at 2 147 483 648 000 000 millionths. Yuma2 clamps from there on: alpha is far below
  // 0, new bonds go, old ones stay. Yuma3 wraps: at 2^31 to -2^31, so that alpha is far above 0; at 2^63 (read as -2^63)
  // to -2 077 252 342.8; 2^64 - 1 is minus one millionth.
  test.each([
    [2_147_483_647_999_999n, [3], [3]],
    [2_147_483_648_000_000n, [2], [3]],
    [2_147_483_648_000_001n, [2], [3]],
    [2_147_483_648_999_999n, [2], [3]],
    [2_147_483_649_000_000n, [2], [3]],
    [4_294_967_296_000_000n, [2], [3]],
    [2n ** 63n - 1n, [3], [3]],
    [2n ** 63n, [2], [3]],
    [2n ** 63n + 1n, [2], [3]],
    [2n ** 64n - 1n, [2], [3]],
  ])('a bonds moving average of %d (spec 9.2)', async (average, yuma3, yuma2) => {
    expect(await kept(average, true)).toEqual(yuma3);
    expect(await kept(average, false)).toEqual(yuma2);
  });

  test('Yuma3 dividends whose product does not fit are 0 (spec 9.4 c)', async () => {
    // Stakes 2^62, -2^62, ONE. With kappa 0 no weight is clipped: ranks 2^62 and ONE - 2^62, together ONE, so these are
    // the incentives. 2^62 * 2^62 and -2^61 * -2^62 do not fit; uid 2 has -2^61 * 1, which is the whole sum.
    const input = directed({
      stake: [rao(2n ** 30n), rao(-(2n ** 30n)), rao(1n), 0n, 0n],
      weights: [[[3, 7]], [[4, 7]], [[4, 7]]],
      changes: { kappa: 0 },
    });
    const { intermediates } = await runDirected(backend, input);
    expect([...intermediates.incentive]).toEqual([0n, 0n, 0n, 2n ** 62n, ONE - 2n ** 62n]);
    expect([...intermediates.dividends]).toEqual([0n, 0n, ONE, 0n, 0n]);
  });
});
