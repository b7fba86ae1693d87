/**
 * Fuzzing of every reader of bytes from outside: mutations that know the structure, read in a process of their own.
 * docs/verification.md says what is held to be true.
 * Exits   0 no finding; 1 a finding, its input written to a file; 2 bad usage
 *
 *   npm run fuzz:readers -- --minutes 10 --seed 7 [--reader snapshot]
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../options.js';
import { type Finding, fuzzReader, type ReaderRecord } from './campaign.js';
import { inputOf } from './child.js';
import { type Options, readOptions, USAGE } from './options.js';
import { outcomeOf } from './reader.js';
import { READERS } from './readers.js';

/** A block has so many times the patience that an input has. */
const PATIENCE_OF_BLOCK = 6;
/** Ways that inputs went, listed for each reader. */
const LISTED = 12;

async function main(options: Options): Promise<number> {
  if (options.input !== null) return readOne(options.readers[0]!, options.input);
  const { seed, plant, patience, inputs } = options;
  let [read, found] = [0, 0];
  for (const reader of options.readers) {
    const end = performance.now() + (options.minutes * 60_000) / options.readers.length;
    const record = await fuzzReader({
      reader,
      seed,
      plant,
      patience: { block: PATIENCE_OF_BLOCK * patience, input: patience },
      goOn: (next) => next < inputs && performance.now() < end,
    });
    console.log(textOf(record));
    for (const finding of record.findings) console.log(report(record, finding, options));
    read += record.inputs;
    found += record.findings.length;
  }
  console.log(`${read} inputs, ${found} findings`);
  return found === 0 ? 0 : 1;
}

async function readOne(name: string, file: string): Promise<number> {
  const reader = READERS.find((one) => one.name === name)!;
  const outcome = await outcomeOf(reader, readFileSync(file));
  await reader.close?.();
  console.log('went' in outcome ? outcome.went : outcome.finding);
  return 'went' in outcome ? 0 : 1;
}

function textOf({ reader, inputs, seconds, went, held }: ReaderRecord): string {
  const ways = Object.entries(went).sort(([, a], [, b]) => b - a);
  const listed = ways.slice(0, LISTED).map(([outcome, times]) => `${times} ${outcome}`);
  if (ways.length > LISTED) listed.push(`${ways.length - LISTED} more ways`);
  const megabytes = (bytes: number | null) => (bytes === null ? '?' : (bytes / 2 ** 20).toFixed(1));
  const memory = `held ${megabytes(held.warm)} MiB when warm, ${megabytes(held.last)} at the end`;
  return `${reader}: ${inputs} inputs in ${Math.round(seconds)} s, ${memory}\n  ${listed.join(', ')}`;
}

function report({ reader }: ReaderRecord, { index, what }: Finding, { seed, out }: Options): string {
  if (index === null) return `finding in ${reader}: ${what}`;
  mkdirSync(out, { recursive: true });
  const file = join(out, `reader-${reader}-${seed}-${index}`);
  writeFileSync(file, inputOf(reader, seed, index));
  return `finding in ${reader}, input ${index}: ${what}\n  again: npm run fuzz:readers -- --reader ${reader} --input ${file}`;
}

try {
  process.exitCode = await main(readOptions(process.argv.slice(2)));
} catch (fault) {
  process.exitCode = 2;
  const { code, message } = fault as { code?: string; message: string };
  if (fault instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS')) console.error(`${message}\n\n${USAGE}`);
  else throw fault;
}
