/** Built-in evaluations by the name that a scenario gives. */
import type { Evaluation } from '../agent.js';
import type { Definition } from '../definition.js';
import { quality } from './quality.js';

export const EVALUATIONS: Readonly<Record<string, Definition<Evaluation>>> = { quality };
