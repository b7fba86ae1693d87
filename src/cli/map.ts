/** `yuma map`: planes of outcomes; so far `yuma map collusion`, the two-team game of Yuma Consensus. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type CollusionCell,
  type CollusionPlan,
  cellLine,
  cellsOf,
  collusionCells,
  collusionPlan,
  collusionTable,
  GRID,
  gridAxis,
  type MapFile,
  openMapFile,
  planLine,
  STAKES,
} from '../collusion/index.js';
import { type BackendChoice, createEngine, YumaError } from '../index.js';
import { count } from '../text/numbers.js';
import { plain } from '../text/wrap.js';
import { createCommand } from './command.js';
import { interruptible } from './interruptible.js';
import { Interrupted, type Io, print } from './io.js';
import { mapText, progressText } from './map-text.js';
import { backendOption, threadsOption, wholeNumber } from './options.js';
import { checkNewOut, checkOut, writeCsv } from './out.js';
import { aboutOf, checkPage, writePage } from './pages/page.js';
import { progressOn } from './progress.js';

interface Options {
  readonly stakes: readonly number[];
  readonly grid: number;
  readonly repeats: number;
  readonly kappa: number;
  readonly penalty: number;
  readonly sigma: number;
  readonly mode: 'yuma2' | 'yuma3';
  readonly neurons: number;
  readonly validators: number;
  readonly seed: number;
  readonly threads: number | 'auto';
  readonly backend: BackendChoice;
  readonly out?: string;
  readonly report?: string;
  readonly resume?: true;
  readonly force?: true;
  readonly json?: true;
}

const EXAMPLE = '\nExample:\n  yuma map collusion --stakes 0.6,0.7 --grid 21 --out map.jsonl\n';

export const mapCommand = (io: Io): Command =>
  createCommand(io, 'yuma map')
    .description('Map what a mechanism gives over a plane.')
    .addCommand(collusion(io))
    .addHelpText('after', EXAMPLE);

const collusion = (io: Io): Command =>
  createCommand(io, 'yuma map collusion')
    .description('Map what honest stake keeps against a cabal: the two-team game of Yuma Consensus.')
    .addOption(
      new Option('--stakes <shares>', 'honest shares of the stake, set apart by commas')
        .argParser((text) => text.split(',').map(amount))
        .default(STAKES, STAKES.join(',')),
    )
    .option('--grid <n>', 'points of each axis, from 0 to 1', wholeNumber(2, 1_001), GRID)
    .option('--repeats <n>', 'games at each point', wholeNumber(1, 1_000), 3)
    .option('--kappa <share>', 'majority', amount, 0.5)
    .option('--penalty <share>', 'bonds penalty', amount, 1)
    .option('--sigma <deviation>', 'standard deviation of the weights, mean 1', amount, 0.4)
    .addOption(new Option('--mode <name>', 'how bonds are kept').choices(['yuma2', 'yuma3']).default('yuma2'))
    .option('--neurons <n>', 'neurons of the subnet', wholeNumber(4, 4_096), 512)
    .option('--validators <n>', 'how many of the neurons set weights', wholeNumber(2, 4_094), 64)
    .option('--seed <n>', 'any whole number', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .addOption(threadsOption().default('auto'))
    .addOption(backendOption().default('wasm'))
    .option('--out <file>', 'write the points: .jsonl as they are finished, .csv at the end')
    .option('--resume', 'go on with the .jsonl file of a stopped run')
    .option('--report <file>', 'also write a page with charts (.html)')
    .option('--force', 'replace the .csv file and the page if they are there')
    .option('--json', 'print the lines of the .jsonl file instead of the retention lines')
    .addHelpText('after', '\nThe model, and how to read the map: docs/collusion.md.')
    .addHelpText('after', EXAMPLE)
    .action(async (options: Options) => {
      const plan = planOf(options);
      if (options.report !== undefined) await checkPage(options.report, { force: options.force });
      const file = await openOut(options, plan);
      try {
        await run(io, options, plan, file);
      } finally {
        await file?.close();
      }
    });

function planOf(options: Options): CollusionPlan {
  try {
    const { stakes, repeats, kappa, penalty, sigma, neurons, validators, seed } = options;
    const axis = gridAxis(options.grid);
    return collusionPlan({
      ...{ stakes, repeats, kappa, sigma, neurons, validators, seed },
      ...{ honestUtilities: axis, cabalSelfWeights: axis },
      bondsPenalty: penalty,
      yuma3: options.mode === 'yuma3',
    });
  } catch (fault) {
    if (!(fault instanceof YumaError) || fault.data.field === undefined) throw fault;
    const { field } = fault.data;
    const flag = field === 'bondsPenalty' ? '--penalty' : `--${field}`;
    throw new YumaError(fault.code, { ...fault.data, field: flag }, { cause: fault });
  }
}

/** The file of `--out`, unless it is written at the end. */
async function openOut({ out, resume, force }: Options, plan: CollusionPlan): Promise<MapFile | undefined> {
  if (out === undefined) {
    if (resume) throw new YumaError('BAD_USAGE', { reason: '--resume needs --out, the file to go on with.' });
    return undefined;
  }
  await checkOut(out, USE_JSON);
  if (out.endsWith('.jsonl')) return openMapFile(out, plan, { resume: resume ?? false });
  if (!out.endsWith('.csv')) {
    throw new YumaError('BAD_USAGE', { reason: `--out ${out}: the name must end in .jsonl or .csv.` });
  }
  if (resume) throw new YumaError('BAD_USAGE', { reason: '--resume goes on with a .jsonl file, not with .csv.' });
  await checkNewOut(out, { flag: '--out', instead: USE_JSON, force });
  return undefined;
}

const USE_JSON = 'To print the lines, use --json.';

async function run(io: Io, options: Options, plan: CollusionPlan, file: MapFile | undefined): Promise<void> {
  const { out, json } = options;
  const cells: CollusionCell[] = [];
  const of = cellsOf(plan);
  const known = file?.known ?? [];
  const progress = progressOn(io.stderr);
  const start = performance.now();
  const engine = await createEngine({ backend: options.backend, threads: options.threads });
  try {
    if (json) await print(io, `${planLine(plan)}\n`);
    for await (const cell of interruptible(collusionCells(plan, { engine, known }), io.signal)) {
      cells.push(cell);
      if (cells.length > known.length) await file?.add(cell);
      if (json) await print(io, `${cellLine(cell)}\n`);
      const ms = performance.now() - start;
      progress.say(progressText({ done: cells.length, of, before: known.length, repeats: plan.repeats, ms }));
    }
  } finally {
    progress.clear();
    await engine.close();
    if (file !== undefined && cells.length < of && io.signal.reason instanceof Interrupted) {
      io.stderr.write(`${cells.length} of ${count(of, 'point')} are in ${plain(out!)}; --resume goes on.\n`);
    }
  }
  if (out?.endsWith('.csv')) await writeCsv(io, out, collusionTable({ plan, cells }));
  if (options.report !== undefined) {
    const { mapPage } = await import('./pages/map-page.js');
    await writePage(io, options.report, mapPage({ plan, cells }, aboutOf(io, engine.backend)));
  }
  if (!json) await print(io, mapText({ plan, cells }, io));
  if (out !== undefined) io.stderr.write(`${count(of, 'point')} written to ${plain(out)}\n`);
}

/** A decimal number; its range is the plan's to check. */
function amount(text: string): number {
  if (/^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a decimal number.');
}
