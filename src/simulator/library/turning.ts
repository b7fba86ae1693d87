/** Turning: a few validators that turn from an old miner to a new one, each in an epoch of its own. */
import type { FixedRows } from '../agents/fixed.js';
import type { Parameter } from '../definition.js';
import type { NeuronPlan } from '../scenario.js';

/** The parameters `at` and `gap` of a scenario. */
export const AT = {
  default: 10,
  least: 1,
  largest: 1_000_000,
  whole: true,
  says: 'epoch in which the first one moves',
} as const satisfies Parameter;

export const GAP = {
  default: 3,
  least: 0,
  largest: 1_000_000,
  whole: true,
  says: 'epochs from one move to the next',
} as const satisfies Parameter;

/** All of a validator's weight. */
export const ALL = 65_535;

export interface Turn {
  readonly name: string;
  /** alpha */
  readonly stake: number;
  /** Epoch of its move; `null` = it stays. */
  readonly at: number | null;
}

/** The validators in their order, then the miners `old` and `new`. */
export function turning(turns: readonly Turn[]): NeuronPlan[] {
  const [old, fresh] = [turns.length, turns.length + 1];
  const rowsOf = (at: number | null): FixedRows => ({
    0: [[old, ALL]],
    ...(at === null ? {} : { [at]: [[fresh, ALL]] }),
  });
  return [
    ...turns.map(({ name, stake, at }) => ({ name, stake, validator: { agent: 'fixed', rows: rowsOf(at) } })),
    { name: 'old', miner: { agent: 'quality' } },
    { name: 'new', miner: { agent: 'quality' } },
  ];
}
