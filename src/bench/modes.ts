/** Modes: the three ways the chain keeps bonds, as hyperparameters. */
import type { Hyperparameters } from '../epoch/hyperparameters.js';

export const MODES = {
  yuma2: { yuma3: false, liquidAlpha: false },
  yuma3: { yuma3: true, liquidAlpha: false },
  liquid: { yuma3: true, liquidAlpha: true },
} as const satisfies Record<string, Partial<Hyperparameters>>;

export type Mode = keyof typeof MODES;

export const MODE_NAMES = Object.keys(MODES) as readonly Mode[];
