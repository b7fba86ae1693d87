/** `yuma explain`: one neuron's story. */
import type { Command } from 'commander';
import { YumaError } from '../epoch/errors.js';
import { type Explanation, explainNeuron, explanationText } from '../explain/index.js';
import { type CaseSource, caseFault, type EpochCase, readCases } from '../formats/index.js';
import { caseSources, createCommand } from './command.js';
import { interruptible } from './interruptible.js';
import { type Io, print } from './io.js';
import { wholeNumber } from './options.js';

interface Options {
  readonly case?: string;
  readonly uid: number;
  readonly json?: true;
}

export const explainCommand = (io: Io): Command =>
  createCommand(io, 'yuma explain')
    .description('Tell why one neuron got what it got: masks, consensus, clipping, trust, bonds, emission.')
    .argument('<file>', 'case file, plain or gzipped; - is stdin')
    .option('--case <name>', 'which case of the file; default the first')
    .requiredOption('--uid <n>', 'which neuron', wholeNumber(0, 65_535))
    .option('--json', 'the same as data: shares as raw I32F32 (2^32 = 1), amounts in rao')
    .addHelpText('after', "\nAlways reads leniently: it explains what the chain's code makes of the input.")
    .addHelpText('after', '\nExample:\n  yuma explain net.jsonl.gz --case sn31/3617640 --uid 17\n')
    .action(async (file: string, options: Options) => {
      const [source] = caseSources([file], io);
      const { found, more } = await findCase(io, source!, options.case);
      const story = explained(found, options.uid);
      if (options.json) {
        await print(io, `${JSON.stringify({ name: found.name, ...story }, decimalBigints)}\n`);
        return;
      }
      await print(io, explanationText(story, { color: io.color, width: io.columns, name: found.name }));
      if (more) await print(io, '\nThe file holds more cases; this is the first. Choose one with --case NAME.\n');
    });

/** Names of a file that an error lists before it breaks off. */
const NAMES_LISTED = 20;

/** The case of that name, or the first. `more`: nobody chose, and there are others. */
async function findCase(
  io: Io,
  source: CaseSource,
  wanted: string | undefined,
): Promise<{ found: EpochCase; more: boolean }> {
  const names: string[] = [];
  let first: EpochCase | undefined;
  for await (const given of interruptible(readCases(source), io.signal)) {
    if (first !== undefined) return { found: first, more: true };
    if (given.name === wanted) return { found: given, more: false };
    if (wanted === undefined) first = given;
    else if (names.length < NAMES_LISTED) names.push(given.name);
    else if (names.length === NAMES_LISTED) names.push('and more');
  }
  if (first !== undefined) return { found: first, more: false };
  const file = typeof source === 'string' ? source : source.name;
  throw new YumaError('NO_SUCH_CASE', { file, wanted: wanted ?? '', names });
}

function explained(given: EpochCase, uid: number): Explanation {
  try {
    return explainNeuron(given.input, uid);
  } catch (fault) {
    throw caseFault(fault, given);
  }
}

const decimalBigints = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
