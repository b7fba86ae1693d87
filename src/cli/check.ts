/** `yuma check`: holds cases, and perturbations of them, against the properties of Yuma Consensus. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import {
  type CaseSource,
  caseFault,
  type EpochCase,
  formatCase,
  readCases,
  writeAtomically,
} from '../formats/index.js';
import { type BackendChoice, createEngine, type EpochInput, YumaError } from '../index.js';
import {
  type CheckedRun,
  checkInput,
  failingCase,
  PROPERTIES,
  type Property,
  type Run,
  startCommand,
} from '../properties/index.js';
import { CheckText, type PropertyReport } from './check-text.js';
import { caseSources, createCommand } from './command.js';
import { interruptible } from './interruptible.js';
import { type Io, print } from './io.js';
import { backendOption, wholeNumber } from './options.js';
import { progressOn } from './progress.js';

interface Options {
  readonly backend: BackendChoice;
  readonly case?: string;
  readonly property?: string;
  readonly runs: number;
  readonly seed?: number;
  readonly against?: string;
  readonly out: string;
  readonly json?: true;
}

const LARGEST_SEED = 2 ** 31 - 1;

export const checkCommand = (io: Io): Command =>
  createCommand(io, 'yuma check')
    .description('Check a subnet, and perturbations of it, against the properties of Yuma Consensus.')
    .argument('<file>', 'case file, plain or gzipped; - is stdin')
    .option('--case <name>', 'only this case of the file')
    .option('--property <name>', 'only this property')
    .option('--runs <n>', 'perturbations a case', wholeNumber(0, 10_000_000), 20)
    .option('--seed <n>', 'of the perturbations (default: another one each time)', wholeNumber(0, LARGEST_SEED))
    .addOption(backendOption())
    .option('--against <command>', 'check this command: cases on its stdin, results on its stdout')
    .option('--out <folder>', 'where failing cases are written', 'counterexamples')
    .option('--json', 'a line a property')
    .addHelpText('after', '\nA command answers each line with one: {"name": ..., "out": {...}, "mid": {...}}.')
    .addHelpText('after', 'Properties are listed in docs/properties.md. Exits 1 if one failed.')
    .addHelpText('after', '\nExample:\n  yuma check net.jsonl.gz --case sn31/3617640 --runs 100 --seed 7\n')
    .action(async (file: string, options: Options) => {
      const properties = chosen(options.property);
      const [source] = caseSources([file], io);
      const seed = options.seed ?? Math.floor(Math.random() * LARGEST_SEED);
      const subject = await startSubject(options);
      try {
        await checkFile(io, source!, subject, { ...options, properties, seed });
      } finally {
        await subject.close();
      }
    });

function chosen(name: string | undefined): readonly Property[] {
  if (name === undefined) return PROPERTIES;
  const found = PROPERTIES.filter((property) => property.name === name);
  if (found.length > 0) return found;
  const known = PROPERTIES.map((property) => property.name).join(', ');
  throw new YumaError('BAD_USAGE', { reason: `there is no property "${name}". Known: ${known}.` });
}

/** What is checked. */
interface Subject {
  readonly name: string;
  readonly run: Run;
  close(): Promise<void>;
}

async function startSubject({ against, backend }: Options): Promise<Subject> {
  if (against !== undefined) return { name: against, ...startCommand(against) };
  const engine = await createEngine({ backend, warm: false });
  return {
    name: engine.backend,
    run: (input) => engine.runEpoch(input, { lenient: true, intermediates: true }),
    close: () => engine.close(),
  };
}

interface CheckOptions extends Options {
  readonly properties: readonly Property[];
  readonly seed: number;
}

async function checkFile(io: Io, source: CaseSource, subject: Subject, options: CheckOptions): Promise<void> {
  const { properties, seed, json } = options;
  const reports = properties.map((property) => new Tally(property));
  const progress = progressOn(io.stderr);
  let cases = 0;
  try {
    for await (const given of casesOf(io, source, options.case)) {
      cases += 1;
      for await (const checked of interruptible(checkedRuns(given, subject.run, options), io.signal)) {
        const tally = reports[properties.indexOf(checked.property)]!;
        if (tally.add(given, checked)) io.exitCode = 1;
        progress.say(`${given.name}: ${checked.at} of ${options.runs} perturbations`);
      }
    }
  } finally {
    progress.clear();
  }
  const text = new CheckText(io, { cases, runs: options.runs, seed, subject: subject.name });
  if (!json) await print(io, text.head());
  for (const tally of reports) {
    const report = await tally.report(io, subject.run, options);
    await print(io, json ? `${JSON.stringify({ ...report, seed })}\n` : text.line(report));
  }
  if (!json) await print(io, text.end());
}

async function* checkedRuns(given: EpochCase, run: Run, options: CheckOptions): AsyncGenerator<CheckedRun> {
  try {
    // Cases of one file are not all perturbed in the same way, and each alone as within its file.
    const seed = (options.seed + given.line - 1) % (LARGEST_SEED + 1);
    yield* checkInput(given.input, run, { ...options, seed });
  } catch (fault) {
    throw caseFault(fault, given);
  }
}

/** The case of that name, or all. */
async function* casesOf(io: Io, source: CaseSource, wanted: string | undefined): AsyncGenerator<EpochCase> {
  const names: string[] = [];
  for await (const given of interruptible(readCases(source), io.signal)) {
    names.push(given.name);
    if (wanted === undefined) yield given;
    else if (given.name === wanted) return yield given;
  }
  if (wanted === undefined) return;
  const file = typeof source === 'string' ? source : source.name;
  throw new YumaError('NO_SUCH_CASE', { file, wanted, names: names.slice(0, 20) });
}

/** Counts what became of one property. */
class Tally {
  private readonly counts = { ok: 0, failed: 0, outside: 0 };
  private outsideReason = '';
  private failure: { readonly checked: CheckedRun; readonly name: string } | undefined;

  constructor(private readonly property: Property) {}

  /** @returns whether it failed */
  add({ name }: EpochCase, checked: CheckedRun): boolean {
    const { finding } = checked;
    this.counts[finding.status] += 1;
    if (finding.status === 'outside') this.outsideReason ||= finding.reason;
    if (finding.status !== 'failed') return false;
    this.failure ??= { checked, name };
    return true;
  }

  /** Writes the smallest failing case, if there is one. */
  async report(io: Io, run: Run, { out, seed }: CheckOptions): Promise<PropertyReport> {
    const { name: property, family, statement } = this.property;
    const base = { property, family, statement, ...this.counts, outsideReason: this.outsideReason };
    if (this.failure === undefined) return base;
    const { checked, name } = this.failure;
    io.signal.throwIfAborted();
    const guarded: Run = (input: EpochInput) => {
      io.signal.throwIfAborted();
      return run(input);
    };
    const smallest = await failingCase(this.property, guarded, checked.input, checked.picks);
    const reason = checked.finding.status === 'failed' ? checked.finding.reason : '';
    const file = join(out, `${property}-${seed}.jsonl`);
    await mkdir(out, { recursive: true });
    await writeAtomically(file, [formatCase({ name: `${property}/${seed}`, input: smallest })], { signal: io.signal });
    return { ...base, failure: { case: name, perturbation: checked.at, reason, file, neurons: smallest.n } };
  }
}
