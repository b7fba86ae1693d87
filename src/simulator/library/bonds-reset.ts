/**
 * Bonds reset: bonds that were grown over epochs are gone in one.
 * Method a registration of the same neuron with the same plan. At a miner it does what the chain's bonds reset does: every
 *        bond towards it is void (docs/spec/yuma-epoch.md 14 and 9.1). At a validator its own row of bonds is empty, and
 *        it is without a permit in the first epoch
 */
import { define } from '../definition.js';
import type { NeuronPlan, Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';
import { ALL } from './turning.js';

export const bondsReset = define<Scenario>()({
  says: 'the bonds of a validator, or those towards a miner, vanish',
  parameters: {
    of: {
      default: 'validator',
      oneOf: ['validator', 'miner'],
      says: 'whose: the row of one, or all towards the other',
    },
    at: { default: 20, least: 1, largest: 1_000_000, whole: true, says: 'epoch before which it happens' },
    penalty: PENALTY,
  },
  create: ({ of, at, penalty }) => {
    const row = [[3, ALL], [4, ALL]]; // biome-ignore format: a row
    const validator = { agent: 'fixed', rows: { 0: row } };
    const neurons: NeuronPlan[] = [
      { name: 'big', stake: 600, validator },
      { name: 'small 1', stake: 200, validator },
      { name: 'small 2', stake: 200, validator },
      { name: 'first', miner: { agent: 'quality' } },
      { name: 'second', miner: { agent: 'quality' } },
    ];
    const uid = of === 'validator' ? 1 : 3;
    const events = [{ epoch: at, uid, register: neurons[uid]! }];
    const title = of === 'validator' ? "A validator's bonds vanish" : 'The bonds towards a miner vanish';
    return { name: 'bonds-reset', title, epochs: 40, subnets: sideBySide({ neurons, events }, penalty) };
  },
});
