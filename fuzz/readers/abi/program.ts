/**
 * Program: the calls of a foreign host on the bare module (docs/abi.md), drawn right and wrong. JSON, so that a file of
 * it replays them. Numbers that depend on the module (where an arena starts) are left to `host.ts`.
 */
import type { Random } from '#yuma/sample/random.js';
import { oneIn, pick } from '../../draw/integers.js';

/** Where a host puts a subnet: as the page asks it, or in some way that it forbids. */
export const MANNERS = [
  'right',
  'scratch of any size',
  'scratch over state',
  'common over state',
  'beyond the memory',
  'beyond 4 GiB',
  'not aligned',
  'below the arena',
  'anywhere',
] as const;

/** Of a subnet: neurons, room for weights, room for bonds. */
export type Counts = readonly [n: number, w: number, b: number];

export type Step =
  | { readonly call: 'prepare' | 'sizes'; readonly counts: Counts; readonly rows: number }
  | {
      readonly call: 'place';
      readonly counts: Counts;
      readonly manner: (typeof MANNERS)[number];
      readonly salt: number;
    }
  /** Writes inputs that hold (`odd`: columns in any order, also beyond n), or any bytes. */
  | { readonly call: 'fill'; readonly with: 'rows' | 'odd' | 'bytes'; readonly salt: number }
  /** Writes a word into an array, counted from its start. */
  | { readonly call: 'poke'; readonly field: number; readonly at: number; readonly word: number }
  | { readonly call: 'grow'; readonly pages: number }
  | { readonly call: 'run' | 'tilesPart' | 'dividendsPart' | 'finish' };

export interface Program {
  readonly build: 'simd' | 'plain' | 'shared';
  /** Which way epochs take (`probeWay`), 0 = as they like. */
  readonly way: number;
  readonly steps: readonly Step[];
}

const HUGE = [0, 1, 32_767, 32_768, 32_769, 65_535, 65_536, 2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1];
const WORDS = [...HUGE, 2, 3, 5, 255, 256, 425, 2 ** 32 - 32_768];
const FIELDS = [0, 0, 0, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 9, 10, 11];

export function drawProgram(random: Random): Program {
  const build = pick(random, ['simd', 'simd', 'plain', 'shared'] as const);
  const steps: Step[] = [];
  for (let times = 1 + random.below(2); times > 0; times--) steps.push(...drawEpoch(random, build));
  if (oneIn(random, 8)) random.shuffle(steps as unknown as number[]);
  return { build, way: random.below(4), steps };
}

function drawEpoch(random: Random, build: Program['build']): Step[] {
  const counts = drawCounts(random);
  const rows = oneIn(random, 4) ? pick(random, HUGE) : counts[0];
  const place: Step = { call: 'place', counts, manner: pick(random, MANNERS), salt: random.next() };
  const parts = build === 'shared' && oneIn(random, 2);
  const steps: Step[] = [];
  if (oneIn(random, 4)) steps.push({ call: 'sizes', counts: drawCounts(random), rows });
  if (oneIn(random, 8)) steps.push({ call: 'grow', pages: random.below(4) });
  steps.push(parts || oneIn(random, 2) ? place : { call: 'prepare', counts, rows });
  steps.push({ call: 'fill', with: pick(random, ['rows', 'rows', 'odd', 'bytes'] as const), salt: random.next() });
  for (let times = random.below(3); times > 0; times--) steps.push(drawPoke(random));
  if (parts) for (const call of ['tilesPart', 'dividendsPart', 'finish'] as const) steps.push({ call });
  else steps.push({ call: 'run' });
  return steps;
}

function drawPoke(random: Random): Step {
  const word = oneIn(random, 3) ? random.next() : pick(random, WORDS);
  return { call: 'poke', field: pick(random, FIELDS), at: random.below(26), word };
}

function drawCounts(random: Random): Counts {
  if (oneIn(random, 12)) return [pick(random, HUGE), pick(random, HUGE), pick(random, HUGE)];
  const n = oneIn(random, 12) ? random.below(80) : random.below(9);
  const entries = () => (oneIn(random, 6) ? random.below(4) : random.below(n * n + 2));
  return [n, entries(), entries()];
}
