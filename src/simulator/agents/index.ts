/** Built-in agents by the name that a scenario gives. */
import type { MinerAgent, ValidatorAgent } from '../agent.js';
import type { Definition } from '../definition.js';
import { cabal } from './cabal.js';
import { copier } from './copier.js';
import { drifting } from './drifting.js';
import { fading } from './fading.js';
import { favourer } from './favourer.js';
import { fixed } from './fixed.js';
import { honest } from './honest.js';
import { improving } from './improving.js';
import { lazy } from './lazy.js';
import { mover } from './mover.js';
import { quality } from './quality.js';

export const VALIDATORS: Readonly<Record<string, Definition<ValidatorAgent>>> = {
  honest,
  lazy,
  copier,
  cabal,
  favourer,
  mover,
  fixed,
};

export const MINERS: Readonly<Record<string, Definition<MinerAgent>>> = { quality, drifting, improving, fading };
