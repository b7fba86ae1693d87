/** Side by side: the same subnet under Yuma2, under Yuma3 and under liquid alpha. */
import type { Hyperparameters } from '../../index.js';
import type { Parameter } from '../definition.js';
import type { SubnetPlan } from '../scenario.js';

/** The three ways in which the chain keeps bonds. */
export const MODES = {
  yuma2: { yuma3: false, liquidAlpha: false },
  yuma3: { yuma3: true, liquidAlpha: false },
  liquid: { yuma3: true, liquidAlpha: true },
} as const satisfies Record<string, Partial<Hyperparameters>>;

/** The parameter `penalty` of a scenario. */
export const PENALTY = {
  default: 1,
  least: 0,
  largest: 1,
  says: 'bonds penalty: how much of the clipping is felt by the bonds',
} as const satisfies Parameter;

/** @param penalty 0 to 1 */
export function sideBySide(plan: Omit<SubnetPlan, 'name'>, penalty: number): SubnetPlan[] {
  const bondsPenalty = Math.floor(penalty * 65_535 + 0.5);
  return Object.entries(MODES).map(([name, mode]) => ({
    ...plan,
    name,
    hyperparameters: { ...plan.hyperparameters, bondsPenalty, ...mode },
  }));
}
