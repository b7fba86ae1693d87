/**
 * Differential fuzzing: every backend at hand, and commands from outside, held against the executable spec on cases without
 * end. docs/verification.md says how to read it.
 * Exits   0 no difference; 1 a difference, or a branch of the spec that no case took; 2 bad usage, or no such GPU
 *
 *   npm run fuzz -- --minutes 10 --seed 7 [--workers 2] [--resume state.json] [--against "other-yuma --json"]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Progress, runCampaign } from './campaign.js';
import type { Finding } from './fuzzer.js';
import { type Options, readOptions, USAGE, UsageError } from './options.js';
import { overdue, recordOf } from './record.js';
import { loadState, saveState } from './state.js';

/** Between two lines of progress, and two states saved. */
const EVERY_MS = 10_000;

async function main(options: Options): Promise<number> {
  const { resume, minutes, cases, workers, out } = options;
  const progress = loadState(resume, options.seed, options.settings.seed);
  const settings = { ...options.settings, seed: progress.seed };
  const before = progress.seconds;
  const start = performance.now();
  let told = start;
  let asked = false;
  process.once('SIGINT', () => {
    asked = true; // blocks under way are finished and counted
  });
  const finding = await runCampaign(progress, {
    settings,
    workers,
    goOn: (next) => !asked && next < cases && performance.now() - start < minutes * 60_000,
    onProgress: () => {
      const now = performance.now();
      progress.seconds = before + (now - start) / 1_000;
      if (now - told < EVERY_MS) return;
      told = now;
      console.error(`${progress.cases} cases, ${Math.round(progress.cases / progress.seconds)} a second`);
      if (resume !== null) saveState(resume, progress);
    },
  });
  if (resume !== null) saveState(resume, progress);
  return report(progress, finding, out);
}

function report(progress: Progress, finding: Finding | null, folder: string): number {
  console.log(recordOf(progress));
  if (finding !== null) {
    const { index, contender, what, odd, line } = finding;
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `fuzz-${progress.seed}-${index}.jsonl`);
    writeFileSync(file, `${line}\n`);
    console.log(`case ${index} of seed ${progress.seed}: ${contender} is not the reference: ${what}`);
    console.log(`the smallest such case: yuma verify ${file}; yuma epoch ${odd ? '--lenient ' : ''}${file}`);
  }
  const without = overdue(progress);
  for (const name of without) console.log(`no case took the branch "${name}"`);
  console.log(`${progress.cases} cases, ${finding === null ? 0 : 1} differences`);
  return finding === null && without.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(readOptions(process.argv.slice(2)));
} catch (fault) {
  process.exitCode = 2;
  const { code, message } = fault as { code?: string; message: string };
  if (code === 'GPU_UNAVAILABLE') console.error(message);
  else if (fault instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS')) console.error(`${message}\n\n${USAGE}`);
  else throw fault;
}
