/**
 * Asks the registry for known holes in the runtime dependencies: `npm audit --omit=dev`. Fails on one that is moderate or
 * worse. A registry that gives no answer is no finding: then it prints the reason and passes.
 */
import { spawnSync } from 'node:child_process';

const ASKING_MS = 120_000;
const GRAVE = ['moderate', 'high', 'critical'];

const { stdout, error } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
  timeout: ASKING_MS,
});

function answer() {
  if (error !== undefined) return { reason: error.message };
  try {
    const { vulnerabilities, message } = JSON.parse(stdout);
    return vulnerabilities === undefined ? { reason: message ?? 'no list in the answer' } : { vulnerabilities };
  } catch {
    return { reason: 'the answer is no JSON' };
  }
}

const { vulnerabilities, reason } = answer();
if (reason !== undefined) console.log(`audit: not done: ${reason}`);
else {
  const found = Object.values(vulnerabilities);
  const grave = found.filter(({ severity }) => GRAVE.includes(severity));
  for (const { name, severity, range } of found) console.log(`audit: ${name} ${range}: ${severity}`);
  console.log(`audit: ${found.length} found, ${grave.length} of them moderate or worse`);
  if (grave.length > 0) process.exitCode = 1;
}
