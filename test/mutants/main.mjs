/**
 * npm run check:mutants [-- PART...]: changes src/epoch and src/formats in every way that Stryker knows, one at a time, and
 * says how many changes the tests notice. Exits 1 where they notice less than 85 % in a part. Takes the better part of an
 * hour on two idle cores.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PARTS } from './parts.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STRYKER = 'test/mutants/node_modules/@stryker-mutator/core/bin/stryker.js';
const NOTICED = ['Killed', 'Timeout'];
const UNNOTICED = ['Survived', 'NoCoverage'];

const install = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: HERE, stdio: 'inherit' });
if (install.status !== 0) process.exit(2);

const parts = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PARTS);
for (const part of parts) {
  const env = { RUNS: '20', SEED: '7', ...process.env, MUTATE: part }; // of properties, the same for every mutant
  const { status } = spawnSync(process.execPath, [STRYKER, 'run', 'test/mutants/stryker.config.mjs'], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}

const mutants = parts.flatMap((part) => {
  const { files } = JSON.parse(readFileSync(`${ROOT}/build/mutants/${part}.json`, 'utf8'));
  return Object.values(files).flatMap((file) => file.mutants);
});
console.log(`of all mutants, ${score(mutants)} are noticed`);
console.log(`without changed texts, ${score(mutants.filter(({ mutatorName }) => mutatorName !== 'StringLiteral'))}`);

function score(mutants) {
  const noticed = mutants.filter(({ status }) => NOTICED.includes(status)).length;
  const unnoticed = mutants.filter(({ status }) => UNNOTICED.includes(status)).length;
  return `${noticed} of ${noticed + unnoticed} (${((100 * noticed) / (noticed + unnoticed)).toFixed(2)} %)`;
}
