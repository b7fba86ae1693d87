/** Relative: a power of the share of the best that a miner reaches, so that small leads count for much. */
import type { Evaluation } from '../agent.js';
import { define } from '../definition.js';
import { numbersOf } from './quality.js';

export const relative = define<Evaluation>()({
  says: 'the share of the best number that the miner reaches, to a power',
  parameters: {
    power: { default: 1, least: 1, largest: 64, whole: true, says: 'how steeply scores fall behind the best' },
  },
  create: ({ power }) => ({
    score(outputs, into) {
      numbersOf(outputs, into);
      let best = 0;
      for (const number of into) if (number > best) best = number;
      if (best === 0) return;
      for (let uid = 0; uid < into.length; uid++) into[uid] = toPower(into[uid]! / best, power);
    },
  }),
});

/** By repeated multiplication: Math.pow differs between engines. */
function toPower(base: number, exponent: number): number {
  let product = 1;
  for (let factor = 0; factor < exponent; factor++) product *= base;
  return product;
}
