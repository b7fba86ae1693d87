/** The scenarios that come with the package, by name. Each has a page in docs/scenarios. */
import type { Definition } from '../definition.js';
import type { Scenario } from '../scenario.js';
import { bondsReset } from './bonds-reset.js';
import { cabal } from './cabal.js';
import { clipping } from './clipping.js';
import { compounding } from './compounding.js';
import { kappaFirst } from './kappa-first.js';
import { kappaSecond } from './kappa-second.js';
import { kappaThird } from './kappa-third.js';
import { lazyValidators } from './lazy-validators.js';
import { movingAttack } from './moving-attack.js';
import { network } from './network.js';
import { newcomer } from './newcomer.js';
import { smallFindsFirst } from './small-finds-first.js';
import { switchLate } from './switch-late.js';
import { switchNever } from './switch-never.js';
import { switchTogether } from './switch-together.js';
import { weightCopying } from './weight-copying.js';
import { weightsReturn } from './weights-return.js';
import { winnerTakesAll } from './winner-takes-all.js';

export const LIBRARY: Readonly<Record<string, Definition<Scenario>>> = {
  'kappa-first': kappaFirst,
  'kappa-second': kappaSecond,
  'kappa-third': kappaThird,
  'small-finds-first': smallFindsFirst,
  'switch-together': switchTogether,
  'switch-late': switchLate,
  'switch-never': switchNever,
  clipping,
  'winner-takes-all': winnerTakesAll,
  'bonds-reset': bondsReset,
  'weights-return': weightsReturn,
  'weight-copying': weightCopying,
  cabal,
  newcomer,
  'moving-attack': movingAttack,
  'lazy-validators': lazyValidators,
  compounding,
  network,
};
