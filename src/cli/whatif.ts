/** `yuma whatif`: replays a series of real epochs with something changed, and says who would have been paid what. */
import { type Command, Option } from 'commander';
import { type CaseSource, type EpochCase, readCases } from '../formats/index.js';
import { createEngine, YumaError } from '../index.js';
import { collectWhatIf, paymentTable, replay, type WhatIf } from '../replay/index.js';
import { count } from '../text/numbers.js';
import { plain, wrap } from '../text/wrap.js';
import { caseSources, createCommand } from './command.js';
import { interruptible } from './interruptible.js';
import { type Io, print } from './io.js';
import { adapterOption, backendOption, type EngineChoice } from './options.js';
import { checkNewOut, writeCsv } from './out.js';
import { aboutOf, checkPage, writePage } from './pages/page.js';
import { progressOn } from './progress.js';
import {
  copyChange,
  lateChange,
  SETTING_NAMES,
  setChange,
  stakeChange,
  type TypedChange,
  weightsChange,
} from './whatif-changes.js';
import { whatIfLines } from './whatif-data.js';
import { whatIfText } from './whatif-text.js';

interface Options extends EngineChoice {
  readonly set?: readonly TypedChange[];
  readonly copy?: readonly TypedChange[];
  readonly late?: readonly TypedChange[];
  readonly stake?: readonly TypedChange[];
  readonly weights?: readonly TypedChange[];
  readonly chainBonds?: true;
  readonly lenient?: true;
  readonly json?: true;
  readonly csv?: string;
  readonly report?: string;
  readonly force?: true;
}

export const whatifCommand = (io: Io): Command =>
  createCommand(io, 'yuma whatif')
    .description('Replay a series of epochs with something changed, and show who would have earned what.')
    .argument('<files...>', 'case files of consecutive epochs of one subnet, in order; - is stdin')
    .addOption(changeOption('--set <name=value>', 'a hyperparameter: kappa=0.6, bondsPenalty=50%', setChange))
    .addOption(changeOption('--copy <uid[:what]>', 'it copies: consensus (default), mean, or a uid', copyChange))
    .addOption(changeOption('--late <uid[:epochs]>', 'its weights come so many epochs late (default 1)', lateChange))
    .addOption(changeOption('--stake <uid=alpha>', 'its stake weight', stakeChange))
    .addOption(changeOption('--weights <uid=row>', 'its weights: 25=3:65535,4:20000', weightsChange))
    .option('--chain-bonds', 'carry the bonds of each run on, whatever the later files hold')
    .addOption(backendOption())
    .addOption(adapterOption())
    .option('--lenient', "take odd input and give what the chain's code makes of it")
    .option('--json', 'a line a neuron, amounts in rao over the whole series')
    .option('--csv <file>', 'also write what each neuron got in each epoch; gzipped if it ends in .gz')
    .option('--report <file>', 'also write a page with charts (.html)')
    .option('--force', 'replace the files of --csv and --report if they are there')
    .addHelpText('after', '\nChanges may be given several times; they hold in every epoch.')
    .addHelpText('after', wrap(`Hyperparameters: ${SETTING_NAMES.join(', ')}.`, io.columns).join('\n'))
    .addHelpText('after', '\nExample:\n  yuma whatif sn31-*.jsonl.gz --set bondsPenalty=0.5\n')
    .action(async (files: string[], options: Options) => {
      const { set = [], copy = [], late = [], stake = [], weights = [], csv } = options;
      const typed = [...set, ...copy, ...late, ...stake, ...weights];
      if (typed.length === 0) {
        const reason = 'nothing is changed. Take one of --set, --copy, --late, --stake, --weights.';
        throw new YumaError('BAD_USAGE', { reason });
      }
      const sources = caseSources(files, io);
      const { force } = options;
      const instead = 'To print the sums, use --json.';
      if (csv !== undefined) await checkNewOut(csv, { flag: '--csv', instead, inputs: files, force });
      if (options.report !== undefined) await checkPage(options.report, { inputs: files, force });
      await using engine = await createEngine({ backend: options.backend, adapter: options.adapter, warm: false });
      const bonds = options.chainBonds ? 'chained' : 'filed';
      const changes = typed.map(({ change }) => change);
      const replayed = replay(casesOf(sources, io), changes, { engine, lenient: options.lenient, bonds });
      const whatIf = await collected(io, replayed);
      if (csv !== undefined) await writePayments(io, csv, whatIf);
      const says = typed.map((change) => change.says);
      if (options.report !== undefined) {
        const { whatIfPage } = await import('./pages/whatif-page.js');
        await writePage(io, options.report, whatIfPage(whatIf, files, says, aboutOf(io, engine.backend)));
      }
      if (options.json) for (const line of whatIfLines(whatIf)) await print(io, `${line}\n`);
      else await print(io, whatIfText(whatIf, { ...io, says, backend: engine.backend }));
    });

function changeOption(flags: string, description: string, parse: (text: string) => TypedChange): Option {
  const collect = (text: string, before: readonly TypedChange[] | undefined) => [...(before ?? []), parse(text)];
  return new Option(flags, description).argParser(collect).helpGroup('Changes:');
}

async function* casesOf(sources: readonly CaseSource[], io: Io): AsyncGenerator<EpochCase> {
  for (const source of sources) yield* interruptible(readCases(source), io.signal);
}

async function collected(io: Io, replayed: ReturnType<typeof replay>): Promise<WhatIf> {
  const progress = progressOn(io.stderr);
  try {
    return await collectWhatIf(replayed, (done, { name }) => progress.say(`${count(done, 'epoch')}: ${plain(name)}`));
  } finally {
    progress.clear();
  }
}

async function writePayments(io: Io, csv: string, whatIf: WhatIf): Promise<void> {
  await writeCsv(io, csv, paymentTable(whatIf));
  io.stderr.write(`${count(whatIf.epochs.length, 'epoch')} written to ${plain(csv)}\n`);
}
