/**
 * What copying gains, in percent of what an honest validator earns: least, median and most of 300 scenes of seed 1.
 * `drift` and `noise` are thousandths of a miner's worth, an epoch and a measurement; `delay` in epochs, 0 = no commit-reveal.
 */
import type { Mode } from '../../src/properties/index.js';

export interface Measured {
  readonly drift: number;
  readonly noise: number;
  readonly mode: Mode;
  readonly delay: number;
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

export const COPYING: readonly Measured[] = [
  { drift: 20, noise: 100, mode: 'yuma2', delay: 0, least: 1.14, median: 1.62, most: 2.1 },
  { drift: 20, noise: 100, mode: 'yuma2', delay: 1, least: 0.54, median: 1.01, most: 1.43 },
  { drift: 20, noise: 100, mode: 'yuma2', delay: 3, least: 0.44, median: 0.91, most: 1.32 },
  { drift: 20, noise: 100, mode: 'yuma3', delay: 0, least: 1.29, median: 1.62, most: 1.86 },
  { drift: 20, noise: 100, mode: 'yuma3', delay: 1, least: 0.17, median: 0.73, most: 1.14 },
  { drift: 20, noise: 100, mode: 'yuma3', delay: 3, least: 0, median: 0.61, most: 1.08 },
  { drift: 20, noise: 100, mode: 'liquid', delay: 0, least: 1.32, median: 1.62, most: 1.84 },
  { drift: 20, noise: 100, mode: 'liquid', delay: 1, least: 0.11, median: 0.64, most: 1.03 },
  { drift: 20, noise: 100, mode: 'liquid', delay: 3, least: -0.04, median: 0.55, most: 1.08 },
  { drift: 100, noise: 100, mode: 'yuma2', delay: 0, least: 1.17, median: 1.62, most: 2.07 },
  { drift: 100, noise: 100, mode: 'yuma2', delay: 1, least: -0.07, median: 0.42, most: 0.94 },
  { drift: 100, noise: 100, mode: 'yuma2', delay: 3, least: -1.48, median: -0.44, most: 0.34 },
  { drift: 100, noise: 100, mode: 'yuma3', delay: 0, least: 1.29, median: 1.61, most: 1.87 },
  { drift: 100, noise: 100, mode: 'yuma3', delay: 1, least: -0.83, median: -0.16, most: 0.47 },
  { drift: 100, noise: 100, mode: 'yuma3', delay: 3, least: -2.55, median: -1.33, most: -0.33 },
  { drift: 100, noise: 100, mode: 'liquid', delay: 0, least: 1.34, median: 1.61, most: 1.83 },
  { drift: 100, noise: 100, mode: 'liquid', delay: 1, least: -0.83, median: -0.27, most: 0.28 },
  { drift: 100, noise: 100, mode: 'liquid', delay: 3, least: -2.7, median: -1.49, most: -0.37 },
  { drift: 100, noise: 20, mode: 'yuma2', delay: 0, least: 0.23, median: 0.32, most: 0.41 },
  { drift: 100, noise: 20, mode: 'yuma2', delay: 1, least: -1.26, median: -0.91, most: -0.55 },
  { drift: 100, noise: 20, mode: 'yuma2', delay: 3, least: -2.88, median: -1.92, most: -1.16 },
  { drift: 100, noise: 20, mode: 'yuma3', delay: 0, least: 0.24, median: 0.32, most: 0.36 },
  { drift: 100, noise: 20, mode: 'yuma3', delay: 1, least: -2.08, median: -1.48, most: -0.92 },
  { drift: 100, noise: 20, mode: 'yuma3', delay: 3, least: -4.22, median: -2.83, most: -1.7 },
  { drift: 100, noise: 20, mode: 'liquid', delay: 0, least: 0.25, median: 0.32, most: 0.36 },
  { drift: 100, noise: 20, mode: 'liquid', delay: 1, least: -1.96, median: -1.6, most: -1.07 },
  { drift: 100, noise: 20, mode: 'liquid', delay: 3, least: -4.53, median: -3.01, most: -1.77 },
];
