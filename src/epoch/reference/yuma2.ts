/**
 * Yuma2: bonds as shares of a column, and the dividends they bring.
 * Room   reference (executable spec). Also in assembly/yuma2.ts
 * Spec   docs/spec/yuma-epoch.md 9.5
 * Takes  weights for bonds (8), stored bonds within the horizon (9.1, u16), incentive, active stake
 * Exact  every product and quotient is truncated before it is added; columns are scaled to their largest for storage
 *        only, after the dividends
 * Cost   O(E log E) for E entries
 */
import type { BondInputs, Bonds } from './bonds.js';
import { columnMaxima, divideColumns, normalizeColumns } from './columns.js';
import { ema } from './ema.js';
import { add, fromU16, mul, normalize } from './fixed.js';
import { mapValues } from './rows.js';
import { smoothing } from './smoothing.js';

export function yuma2({ weightsForBonds, storedBonds, incentive, activeStake, hyperparameters }: BondInputs): Bonds {
  const n = activeStake.length;
  const oldBonds = normalizeColumns(mapValues(storedBonds, fromU16), n);
  const bought = mapValues(weightsForBonds, (weight, _, uid) => mul(activeStake[uid]!, weight));
  const alpha = smoothing(hyperparameters.bondsMovingAverage, false);
  const shares = normalizeColumns(ema(normalizeColumns(bought, n), oldBonds, alpha), n);
  const returns = shares.map((row) =>
    row.reduce((total, { column, value }) => add(total, mul(incentive[column]!, value)), 0n),
  );
  return { oldBonds, alpha, bonds: divideColumns(shares, columnMaxima(shares, n)), dividends: normalize(returns) };
}
