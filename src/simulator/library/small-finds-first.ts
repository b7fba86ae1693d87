/** Small finds first: a small validator turns to a good miner some epochs before all others do. */
import { define } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { PENALTY, sideBySide } from './side-by-side.js';
import { AT, GAP, turning } from './turning.js';

/** alpha of all validators */
const STAKE = 1_000;

export const smallFindsFirst = define<Scenario>()({
  says: 'a small validator finds a good miner before all others',
  parameters: {
    at: AT,
    lead: { ...GAP, default: 5, says: 'epochs before the others move' },
    share: { default: 0.05, least: 0, largest: 1, says: 'share of the stake that the small validator has' },
    penalty: PENALTY,
  },
  create: ({ at, lead, share, penalty }) => {
    const rest = (STAKE * (1 - share)) / 2;
    const neurons = turning([
      { name: 'big 1', stake: rest, at: at + lead },
      { name: 'big 2', stake: rest, at: at + lead },
      { name: 'small', stake: STAKE * share, at },
    ]);
    const title = 'A small validator finds a good miner first';
    return { name: 'small-finds-first', title, epochs: 40, subnets: sideBySide({ neurons }, penalty) };
  },
});
