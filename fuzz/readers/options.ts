/** Options of `npm run fuzz:readers`. */
import { parseArgs } from 'node:util';
import { positive, UsageError, whole } from '../options.js';
import { PLANTS } from './plants.js';
import { READERS } from './readers.js';

const NAMES = READERS.map(({ name }) => name);

export const USAGE = `npm run fuzz:readers -- [options]
  --minutes M      run so long, the same for each reader (default 1)
  --inputs N       or so many inputs a reader
  --seed S         which inputs (default 1)
  --reader NAME    one of ${NAMES.join(', ')} (default all)
  --input FILE     read this one input, with --reader
  --plant NAME     test of the fuzzer: ${Object.keys(PLANTS).join(', ')}
  --patience MS    that one input may take (default 10000)
  --out FOLDER     where inputs of findings go (default counterexamples)`;

export interface Options {
  readonly minutes: number;
  readonly inputs: number;
  readonly seed: number;
  readonly readers: readonly string[];
  readonly input: string | null;
  readonly plant: string | null;
  readonly patience: number;
  readonly out: string;
}

/** Streams of `Random` are told apart by 32 bits. */
const LAST_INPUT = 2 ** 32;

/** @throws UsageError, or what `parseArgs` throws */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ minutes: text, inputs: text, seed: text, reader: text },
      ...{ input: text, plant: text, patience: text, out: text },
    },
  });
  const { reader, plant = null, input = null } = values;
  if (reader !== undefined && !NAMES.includes(reader)) throw new UsageError(`--reader: one of ${NAMES.join(', ')}`);
  if (plant !== null && !Object.hasOwn(PLANTS, plant)) {
    throw new UsageError(`--plant: one of ${Object.keys(PLANTS).join(', ')}`);
  }
  if (input !== null && reader === undefined) throw new UsageError('--input: needs --reader');
  return {
    minutes: positive('minutes', values.minutes ?? (values.inputs === undefined ? '1' : 'Infinity')),
    inputs: whole('inputs', values.inputs ?? String(LAST_INPUT), LAST_INPUT),
    seed: whole('seed', values.seed ?? '1', Number.MAX_SAFE_INTEGER),
    readers: reader === undefined ? NAMES : [reader],
    input,
    plant,
    patience: positive('patience', values.patience ?? '10000'),
    out: values.out ?? 'counterexamples',
  };
}
