/** `yuma simulate`: runs a scenario, of the library or of one's own, and says what it came to. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { type Command, Option } from 'commander';
import type { BackendChoice } from '../engine/engine.js';
import { createEngine } from '../engine/node.js';
import { YumaError } from '../epoch/errors.js';
import { fileFault } from '../formats/file-fault.js';
import { writeAtomically } from '../formats/index.js';
import {
  LIBRARY,
  type RunRecord,
  runToEnd,
  type Scenario,
  Simulation,
  summarise,
  tidyTable,
} from '../simulator/index.js';
import { type ScenarioSource, scenarioOf } from '../sweep/index.js';
import { count } from '../text/numbers.js';
import { plain } from '../text/wrap.js';
import { createCommand } from './command.js';
import { type Io, print } from './io.js';
import { backendOption, threadsOption, wholeNumber } from './options.js';
import { checkNewOut, writeCsv } from './out.js';
import { aboutOf, checkPage, writePage } from './pages/page.js';
import { progressOn } from './progress.js';
import { SCENARIO_HELP, settingsOf, sourceOf } from './scenario-source.js';
import { SimulateText } from './simulate-text.js';

interface Options {
  readonly set: readonly string[];
  readonly epochs?: number;
  readonly seed?: number;
  readonly csv?: string;
  readonly report?: string;
  readonly json?: true;
  readonly list?: true;
  readonly backend: BackendChoice;
  readonly threads: number | 'auto';
  readonly force?: true;
  readonly save?: string;
  readonly resume?: string;
  readonly until?: number;
}

const MOST_EPOCHS = 10_000_000;

export const simulateCommand = (io: Io): Command =>
  createCommand(io, 'yuma simulate')
    .description('Run a scenario of validators and miners epoch by epoch, and show who earned what.')
    .argument('[scenario]', SCENARIO_HELP)
    .option('--list', 'the scenarios that come with the package')
    .addOption(
      new Option('--set <name=value>', 'a parameter of the scenario, or a hyperparameter of all its subnets')
        .argParser((text: string, before: readonly string[]) => [...before, text])
        .default([], 'none'),
    )
    .option('--epochs <n>', 'how many (default: as the scenario says)', wholeNumber(1, MOST_EPOCHS))
    .option('--seed <n>', 'any whole number (default: as the scenario says)', wholeNumber(0, Number.MAX_SAFE_INTEGER))
    .option('--csv <file>', 'write every value that was kept as a row, whole or not at all')
    .option('--report <file>', 'write a page with charts (.html), which opens without a network')
    .option('--force', 'replace the files of --csv, --report and --save if they are there')
    .option('--json', 'a line a subnet; the last one is of the run')
    .addOption(backendOption())
    .addOption(threadsOption())
    .option('--save <file>', 'write the state there at the end, also after Ctrl-C')
    .option('--resume <file>', 'go on from a state of the same scenario, settings and seed')
    .option('--until <n>', 'stop when so many epochs were run, in all', wholeNumber(0, MOST_EPOCHS))
    .addHelpText('after', '\nScenarios, agents and the columns of --csv are described in docs/simulator.md.')
    .addHelpText('after', '\nExample:\n  yuma simulate kappa-second --set penalty=0.5 --set kappa=0.6\n')
    .action(async (name: string | undefined, options: Options) => {
      if (options.list) return print(io, list());
      if (name === undefined) throw new YumaError('BAD_USAGE', { reason: 'name a scenario, or see --list.' });
      const source = await sourceOf(name);
      await checkOuts(source.kind === 'library' ? [] : [name], options);
      const { epochs, seed } = options;
      const scenario = await scenarioOf(source, { set: settingsOf(options.set, source), epochs, seed });
      const record = await ran(io, scenario, options);
      await report(io, record, options, saysOf(source));
    });

const NAME_WIDTH = Math.max(...Object.keys(LIBRARY).map((name) => name.length));

const list = (): string =>
  Object.entries(LIBRARY)
    .map(([name, { says }]) => `${name.padEnd(NAME_WIDTH)}  ${says}\n`)
    .join('');

const saysOf = (source: ScenarioSource): string | undefined =>
  source.kind === 'library' ? LIBRARY[source.name]!.says : undefined;

/** Outputs, before anything is computed. A state may be saved where it was resumed from. */
async function checkOuts(files: readonly string[], { csv, report, save, resume, force }: Options): Promise<void> {
  const inputs = [...files, ...(resume === undefined ? [] : [resume])];
  if (csv !== undefined) {
    await checkNewOut(csv, { flag: '--csv', instead: 'To print figures, use --json.', inputs, force });
  }
  if (report !== undefined) await checkPage(report, { inputs, force });
  if (save === undefined) return;
  const instead = 'Leave it away to save nothing.';
  await checkNewOut(save, { flag: '--save', instead, inputs: files, force: force ?? save === resume });
  if (csv === save) throw new YumaError('BAD_USAGE', { reason: '--csv and --save name one file.' });
}

/** Runs it to its end, or to where it is stopped. */
async function ran(io: Io, scenario: Scenario, options: Options): Promise<RunRecord> {
  const { backend, threads, save, resume, until } = options;
  const saved = resume === undefined ? undefined : await stateOf(resume);
  const record = options.report === undefined ? {} : { frames: framesFor(scenario) };
  await using engine = await createEngine({ backend, threads, warm: false });
  using simulation =
    saved === undefined
      ? await Simulation.open(engine, scenario, { record })
      : await Simulation.resume(engine, scenario, saved, { record }).catch((fault: unknown) => {
          throw fault instanceof YumaError && fault.code === 'BAD_SNAPSHOT' ? fault.within({ file: resume }) : fault;
        });
  const progress = progressOn(io.stderr);
  const onProgress = (done: number, of: number): void => progress.say(`epoch ${done} of ${of}`);
  let stopped: unknown;
  try {
    await runToEnd(simulation, { signal: io.signal, onProgress, until });
  } catch (fault) {
    if (!(fault instanceof YumaError && fault.code === 'ABORTED')) throw fault;
    stopped = io.signal.reason;
  } finally {
    progress.clear();
  }
  if (save !== undefined) {
    await writeAtomically(save, [new TextDecoder().decode(simulation.save())]); // also after Ctrl-C
    io.stderr.write(`state after ${count(simulation.epoch, 'epoch')} written to ${plain(save)}\n`);
  }
  if (stopped !== undefined) throw stopped;
  return simulation.record();
}

/** Cells of weights and bonds that a page is worth keeping. */
const MOST_CELLS = 20_000_000;

/** Every how many epochs matrices are kept for a page. */
function framesFor({ epochs, subnets }: Scenario): number {
  const cells = subnets.reduce((sum, { neurons }) => {
    const count = (of: typeof neurons) => of.reduce((total, neuron) => total + (neuron.count ?? 1), 0);
    return sum + 2 * count(neurons) * count(neurons.filter(({ validator }) => validator !== undefined));
  }, 0);
  return Math.max(1, Math.ceil((epochs * cells) / MOST_CELLS));
}

async function stateOf(file: string): Promise<Uint8Array> {
  try {
    const bytes = await readFile(file);
    return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  } catch (fault) {
    throw new YumaError('UNREADABLE', { file, reason: fileFault(fault) }, { cause: fault });
  }
}

/** Everything that is made of a record: files first, then what is printed. */
async function report(io: Io, record: RunRecord, options: Options, says: string | undefined): Promise<void> {
  const { csv, json, report: page } = options;
  if (csv !== undefined) {
    await writeCsv(io, csv, tidyTable(record));
    io.stderr.write(`${count(record.epochs, 'epoch')} written to ${plain(csv)}\n`);
  }
  if (page !== undefined) {
    const { reportHtml } = await import('../report/index.js');
    await writePage(io, page, reportHtml(record, aboutOf(io, undefined, says)));
  }
  const summaries = summarise(record);
  if (!json) return print(io, new SimulateText(io).run(record, summaries));
  for (const { name, ...summary } of summaries) await print(io, `${JSON.stringify({ subnet: name, ...summary })}\n`);
  const { scenario, title, seed, epochs, digest } = record;
  await print(io, `${JSON.stringify({ scenario, title, seed, epochs, digest })}\n`);
}
