/** Built-in agents by the name that a scenario gives. */
import type { MinerAgent, ValidatorAgent } from '../agent.js';
import type { Definition } from '../definition.js';
import { honest } from './honest.js';
import { quality } from './quality.js';

export const VALIDATORS: Readonly<Record<string, Definition<ValidatorAgent>>> = { honest };

export const MINERS: Readonly<Record<string, Definition<MinerAgent>>> = { quality };
