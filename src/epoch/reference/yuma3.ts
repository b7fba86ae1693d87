/**
 * Yuma3: bonds as proportions, and the dividends they bring.
 * Room   reference (executable spec). Also in assembly/yuma3.ts
 * Spec   docs/spec/yuma-epoch.md 9.4
 * Takes  weights for bonds (8), stored bonds within the horizon (9.1, u16), consensus, incentive, active stake
 * Exact  every product and quotient is truncated before it is added; what is stored is the average, not its column share
 * Cost   O(E log E) for E entries; under liquid alpha see liquid.ts
 */
import type { BondInputs, Bonds } from './bonds.js';
import { normalizeColumns } from './columns.js';
import { ema } from './ema.js';
import { checkedMul, mul, normalize, prop, sum } from './fixed.js';
import { liquid } from './liquid.js';
import { mapValues } from './rows.js';
import { smoothing } from './smoothing.js';

export function yuma3(inputs: BondInputs): Bonds {
  const { weightsForBonds, consensus, incentive, activeStake, hyperparameters } = inputs;
  const oldBonds = mapValues(inputs.storedBonds, prop);
  const isLiquid = hyperparameters.liquidAlpha && consensus.some((median) => median !== 0n);
  const alpha = isLiquid ? null : smoothing(hyperparameters.bondsMovingAverage, true);
  const bonds =
    alpha === null
      ? liquid(weightsForBonds, oldBonds, consensus, hyperparameters)
      : ema(weightsForBonds, oldBonds, alpha);
  const shares = normalizeColumns(bonds, activeStake.length);
  const returns = shares.map((row) => sum(row.map(({ column, value }) => mul(value, incentive[column]!))));
  const dividends = normalize(returns.map((total, uid) => checkedMul(total, activeStake[uid]!) ?? 0n));
  return { oldBonds, alpha, bonds, dividends };
}
