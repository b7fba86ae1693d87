/** Built-in evaluations by the name that a scenario gives. */
import type { Evaluation } from '../agent.js';
import type { Definition } from '../definition.js';
import { quality } from './quality.js';
import { rank } from './rank.js';
import { relative } from './relative.js';
import { threshold } from './threshold.js';
import { winner } from './winner.js';

export const EVALUATIONS: Readonly<Record<string, Definition<Evaluation>>> = {
  quality,
  relative,
  rank,
  threshold,
  winner,
};
