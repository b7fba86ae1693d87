/** `yuma epoch`: computes the epochs of case files. */
import type { Command } from 'commander';
import type { Engine } from '../engine/engine.js';
import { createEngine } from '../engine/node.js';
import { YumaError } from '../epoch/errors.js';
import type { EpochOutput } from '../epoch/output.js';
import {
  type CaseSource,
  caseFault,
  type EpochCase,
  intermediatesToJson,
  outputToJson,
  readCases,
} from '../formats/index.js';
import { caseSources, createCommand } from './command.js';
import { EpochTable } from './epoch-table.js';
import { interruptible } from './interruptible.js';
import { type Io, print, printLines } from './io.js';
import { adapterOption, backendOption, type EngineChoice } from './options.js';
import { checkOut, writeCases } from './out.js';

interface Options extends EngineChoice {
  readonly json?: true;
  readonly intermediates?: true;
  readonly lenient?: true;
  readonly out?: string;
}

export const epochCommand = (io: Io): Command =>
  createCommand(io, 'yuma epoch')
    .description('Compute the epochs of case files and show who earned what.')
    .argument('<files...>', 'case files, plain or gzipped; - is stdin')
    .addOption(backendOption())
    .addOption(adapterOption())
    .option('--json', 'a line a case: {"name": ..., "out": {...}}')
    .option('--intermediates', 'also the raw I32F32 vectors, as "mid"; with --json or --out')
    .option('--lenient', "take odd input and give what the chain's code makes of it")
    .option('--out <file>', 'write the JSON lines there, whole or not at all')
    .addHelpText('after', '\nExample:\n  yuma epoch --json net.jsonl.gz | jq .out.incentive\n')
    .action(async (files: string[], options: Options) => {
      if (options.intermediates && !options.json && options.out === undefined) {
        throw new YumaError('BAD_USAGE', { reason: '--intermediates goes with --json or --out.' });
      }
      const { out } = options;
      const sources = caseSources(files, io);
      if (out !== undefined) await checkOut(out, 'To print the lines, use --json.', files);
      await using engine = await createEngine({ backend: options.backend, adapter: options.adapter, warm: false });
      const results = computed(io, engine, sources, options);
      if (out !== undefined) await writeCases(io, out, jsonLines(results));
      else if (options.json) await printLines(io, jsonLines(results));
      else await printTables(io, engine.backend, results);
    });

interface Computed {
  readonly given: EpochCase;
  readonly output: EpochOutput;
}

async function* computed(
  io: Io,
  engine: Engine,
  sources: readonly CaseSource[],
  { lenient, intermediates }: Options,
): AsyncGenerator<Computed, void, undefined> {
  for (const source of sources) {
    for await (const given of interruptible(readCases(source), io.signal)) {
      const output = await engine.runEpoch(given.input, { lenient, intermediates }).catch((fault: unknown) => {
        throw caseFault(fault, given);
      });
      yield { given, output };
    }
  }
}

async function* jsonLines(results: AsyncIterable<Computed>): AsyncGenerator<string> {
  for await (const { given, output } of results) {
    const mid = output.intermediates && { mid: intermediatesToJson(output.intermediates) };
    yield JSON.stringify({ name: given.name, out: outputToJson(output), ...mid });
  }
}

async function printTables(io: Io, backend: string, results: AsyncIterable<Computed>): Promise<void> {
  const tables = new EpochTable(io);
  for await (const { given, output } of results) await print(io, tables.epoch(given, output));
  await print(io, tables.summary(backend));
}
