/** `yuma sweep`: many runs of a scenario over a grid of settings, into one tidy table. */
import { rm } from 'node:fs/promises';
import type { Command } from 'commander';
import { YumaError } from '../index.js';
import { listTexts, METRIC_NAMES, type Metric, parseValue } from '../simulator/index.js';
import {
  pointCount,
  redisQueue,
  type Setting,
  type SweepPlan,
  sweep,
  sweepTable,
  threadQueue,
} from '../sweep/index.js';
import { tableFormat, writeTable } from '../tables/index.js';
import { count } from '../text/numbers.js';
import { plain } from '../text/wrap.js';
import { createCommand } from './command.js';
import { Interrupted, type Io, print } from './io.js';
import { wholeNumber } from './options.js';
import { checkNewOut } from './out.js';
import { aboutOf, checkPage, writePage } from './pages/page.js';
import { progressOn } from './progress.js';
import { rateOf } from './rate.js';
import { nameAndText, parametersOf, SCENARIO_HELP, settingsOf, sourceOf } from './scenario-source.js';

interface Options {
  readonly vary: readonly string[];
  readonly set: readonly string[];
  readonly repeat: number;
  readonly epochs?: number;
  readonly seed: number;
  readonly keep: number;
  readonly metric?: string;
  readonly out: string;
  readonly report?: string;
  readonly resume?: true;
  readonly force?: true;
  readonly threads?: number;
  readonly redis?: string;
}

const gathered = (value: string, before: readonly string[]): string[] => [...before, value];

export const sweepCommand = (io: Io): Command =>
  createCommand(io, 'yuma sweep')
    .description('Run a scenario over a grid of settings, and write one tidy table.')
    .argument('<scenario>', SCENARIO_HELP)
    .option('--vary <name=values>', 'values between commas, or first:last:step; again for another', gathered, [])
    .option('--set <name=value>', 'holds at every point; again for another', gathered, [])
    .option('--repeat <n>', 'runs of each combination, each with a seed of its own', wholeNumber(1, 100_000), 1)
    .option('--epochs <n>', "epochs a run (default: the scenario's own)", wholeNumber(1, 10_000_000))
    .option('--seed <n>', 'of the first repeat', wholeNumber(0, Number.MAX_SAFE_INTEGER), 0)
    .option('--keep <n>', 'every how many epochs metrics are kept; 0: only the last', wholeNumber(0, 10_000_000), 0)
    .option('--metric <names>', `which, between commas (default all): ${METRIC_NAMES.join(', ')}`)
    .requiredOption('--out <file>', 'the table: .csv, .jsonl (also .gz) or .parquet')
    .option('--report <file>', 'also write a page with charts (.html)')
    .option('--resume', 'go on where a sweep into this file was stopped')
    .option('--force', 'replace the files of --out and --report if they are there')
    .option('--threads <n>', 'runs at a time (default: one a core)', wholeNumber(1, 1_024))
    .option('--redis <url>', 'let `yuma worker --redis URL` run the points, on any number of machines')
    .addHelpText(
      'after',
      '\nFinished points stand in FILE.progress until the table is written: a sweep that was stopped',
    )
    .addHelpText('after', 'loses none of them. Shares are written as such: kappa=0.4,0.5 or kappa=0.4:0.6:0.05.')
    .addHelpText('after', '\nExample:\n  yuma sweep cabal --vary kappa=0.4:0.6:0.05 --repeat 5 --out cabal.parquet\n')
    .action(async (scenario: string, options: Options) => {
      const plan = await planOf(scenario, options);
      const points = pointCount(plan);
      tableFormat(options.out);
      const { force } = options;
      await checkNewOut(options.out, { flag: '--out', instead: 'A table is not printed.', force });
      if (options.report !== undefined) await checkPage(options.report, { force });
      const queue = options.redis === undefined ? threadQueue(options.threads) : await redisQueue(options.redis);
      const journal = `${options.out}.progress`;
      const progress = progressOn(io.stderr);
      const rate = rateOf(points);
      let finished = 0;
      try {
        const { resume = false } = options;
        const onProgress = (done: number) => {
          finished = done;
          progress.say(rate(done, 'points'));
        };
        const results = await sweep(plan, queue, { journal, resume, signal: io.signal, onProgress });
        progress.clear();
        await writeTable(options.out, sweepTable(plan, results), { signal: io.signal });
        if (options.report !== undefined) {
          const { sweepPage } = await import('./pages/sweep-page.js');
          await writePage(io, options.report, sweepPage(plan, results, `Sweep of ${scenario}`, aboutOf(io)));
        }
      } catch (fault) {
        progress.clear();
        if (io.signal.reason instanceof Interrupted) {
          io.stderr.write(`${finished} of ${count(points, 'point')} are in ${plain(journal)}; --resume goes on.\n`);
        }
        io.signal.throwIfAborted(); // who stopped it says how it ends
        throw fault;
      } finally {
        progress.clear();
        await queue.close();
      }
      await rm(journal, { force: true });
      await print(io, `${count(points, 'point')} written to ${plain(options.out)}\n`);
    });

async function planOf(scenario: string, options: Options): Promise<SweepPlan> {
  const source = await sourceOf(scenario);
  const parameters = parametersOf(source);
  const vary: Record<string, Setting[]> = {};
  for (const given of options.vary) {
    const [name, text] = nameAndText('--vary', given);
    if (Object.hasOwn(vary, name)) throw new YumaError('BAD_USAGE', { reason: `--vary ${name} is given twice` });
    vary[name] = listTexts(text).map((value) => parseValue(name, value, parameters));
  }
  const set = settingsOf(options.set, source);
  const both = Object.keys(set).find((name) => Object.hasOwn(vary, name));
  if (both !== undefined) throw new YumaError('BAD_USAGE', { reason: `${both} is varied, and set to one value too` });
  return {
    source,
    vary,
    set,
    repeat: options.repeat,
    epochs: options.epochs,
    seed: options.seed,
    keep: options.keep,
    metrics: options.metric?.split(',') as Metric[] | undefined,
  };
}
