/** Options of `npm run fuzz`. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ADAPTERS, type AdapterChoice } from '#yuma/backends/webgpu/source.js';
import type { Settings } from './open.js';
import { PLANTS } from './plants.js';

export const USAGE = `npm run fuzz -- [options]
  --minutes M        run so long (default 1)
  --cases N          or up to so many cases in all
  --seed S           which cases (default 1)
  --workers W        threads (default 1)
  --resume FILE      go on where FILE left off, and keep the state there
  --against CMD      also a command: cases a line on its stdin, {"name","out"} a line on its stdout
  --gpu ADAPTER      also webgpu, on ${ADAPTERS.join(', ')}
  --reference K      the reference computes one case in K (default 1), 0 = none: then the plain build is the oracle
  --pool K           two worker threads compute one case in K (default 64), 0 = none
  --plant NAME       test of the fuzzer: ${Object.keys(PLANTS).join(', ')}
  --out FOLDER       where the case of a difference goes (default counterexamples)`;

export interface Options {
  readonly settings: Settings;
  readonly minutes: number;
  readonly cases: number;
  readonly workers: number;
  /** `null` where it was not given: then a state file says it. */
  readonly seed: number | null;
  readonly resume: string | null;
  readonly out: string;
}

/** Bad usage, in words. */
export class UsageError extends Error {}

const LAST_CASE = 2 ** 32;
const USUAL_SEED = 1;

/** @throws UsageError, or what `parseArgs` throws */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: text,
      cases: text,
      seed: text,
      workers: text,
      resume: text,
      against: text,
      gpu: text,
      reference: text,
      pool: text,
      plant: text,
      out: text,
    },
  });
  const { gpu = null, plant = null } = values;
  if (gpu !== null && !ADAPTERS.includes(gpu as AdapterChoice))
    throw new UsageError(`--gpu: one of ${ADAPTERS.join(', ')}`);
  if (plant !== null && !Object.hasOwn(PLANTS, plant)) {
    throw new UsageError(`--plant: one of ${Object.keys(PLANTS).join(', ')}`);
  }
  const seed = values.seed === undefined ? null : whole('seed', values.seed, Number.MAX_SAFE_INTEGER);
  return {
    settings: {
      seed: seed ?? USUAL_SEED,
      referenceEvery: whole('reference', values.reference ?? '1', LAST_CASE),
      poolEvery: whole('pool', values.pool ?? '64', LAST_CASE),
      gpu: gpu as AdapterChoice | null,
      against: values.against ?? null,
      plant,
    },
    seed,
    minutes: positive('minutes', values.minutes ?? (values.cases === undefined ? '1' : 'Infinity')),
    cases: whole('cases', values.cases ?? String(LAST_CASE), LAST_CASE),
    workers: Math.max(1, whole('workers', values.workers ?? '1', 4 * availableParallelism())),
    resume: values.resume ?? null,
    out: values.out ?? 'counterexamples',
  };
}

export function whole(name: string, value: string, most: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number <= most) return number;
  throw new UsageError(`--${name}: a whole number up to ${most}`);
}

export function positive(name: string, value: string): number {
  const number = Number(value);
  if (number > 0) return number;
  throw new UsageError(`--${name}: a number above 0`);
}
