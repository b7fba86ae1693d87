/** State file: what a campaign has counted, so that another run goes on from there. Beside it first, then in its place. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { noHits } from './branches/index.js';
import { newProgress, type Progress } from './campaign.js';
import { UsageError } from './options.js';

/** @param seed asked for; `null` = whichever the file has. @throws UsageError for a file of another seed, or none of ours */
export function loadState(file: string | null, seed: number | null, usualSeed: number): Progress {
  if (file === null || !existsSync(file)) return newProgress(usualSeed);
  const state = JSON.parse(readFileSync(file, 'utf8')) as Progress;
  if (typeof state.seed !== 'number' || typeof state.counter !== 'number') {
    throw new UsageError(`--resume: ${file} is no state file`);
  }
  if (seed !== null && seed !== state.seed) throw new UsageError(`--resume: ${file} is of seed ${state.seed}`);
  return { ...state, hits: { ...noHits(), ...state.hits } };
}

export function saveState(file: string, progress: Progress): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(progress, null, 1)}\n`);
  renameSync(`${file}.new`, file);
}
