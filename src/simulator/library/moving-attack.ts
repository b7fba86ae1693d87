/** Moving attack: a minority that gives all of its weight to one miner, another one every few epochs. */
import { define } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';

export const movingAttack = define<Scenario>()({
  says: 'a minority pushes one miner after another',
  parameters: {
    share: { default: 0.4, least: 0, largest: 1, says: 'share of the stake that attacks' },
    every: { default: 5, least: 1, largest: 1_000_000, whole: true, says: 'epochs before it turns to the next miner' },
    weight: { default: 1, least: 0, largest: 1, says: 'share that the miner gets; 0 = it is left out' },
    penalty: PENALTY,
  },
  create: ({ share, every, weight, penalty }) => {
    const attack = { agent: 'mover', every, share: weight };
    const neurons = [
      {
        name: 'honest',
        team: 'honest',
        count: 3,
        stake: (1_000 * (1 - share)) / 3,
        validator: { agent: 'honest', noise: 0.05 },
      },
      { name: 'attacker', team: 'attackers', count: 2, stake: (1_000 * share) / 2, validator: attack },
      { name: 'miner', count: 8, miner: { agent: 'quality' } },
    ];
    return { name: 'moving-attack', title: 'A moving attack', epochs: 80, subnets: sideBySide({ neurons }, penalty) };
  },
});
