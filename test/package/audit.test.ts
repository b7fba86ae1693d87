/** The audit of CI, with a made-up npm in place of the real one. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

/** @param says what `npm audit --json` prints */
function audit(says: string) {
  const folder = mkdtempSync(join(tmpdir(), 'yuma-audit-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const npm = join(folder, 'npm');
  writeFileSync(npm, `#!/bin/sh\n[ "$*" = "audit --omit=dev --json" ] && cat <<'END'\n${says}\nEND\nexit 1\n`);
  chmodSync(npm, 0o755);
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const { status, stdout } = spawnSync(process.execPath, ['scripts/audit.mjs'], { encoding: 'utf8', env });
  return { status, last: stdout.trim().split('\n').at(-1) };
}

const found = (severity: string): string =>
  JSON.stringify({ vulnerabilities: { x: { name: 'x', severity, range: '<2' } }, metadata: {} });

test.each([
  ['moderate', 1, 'audit: 1 found, 1 of them moderate or worse'],
  ['critical', 1, 'audit: 1 found, 1 of them moderate or worse'],
  ['low', 0, 'audit: 1 found, 0 of them moderate or worse'],
])('a finding that is %s ends with %i', (severity, status, last) =>
  expect(audit(found(severity))).toEqual({ status, last }),
);

test('nothing found passes', () =>
  expect(audit('{"vulnerabilities": {}}')).toEqual({ status: 0, last: 'audit: 0 found, 0 of them moderate or worse' }));

test.each([
  ['{"message": "405 Method Not Allowed", "error": {}}', 'audit: not done: 405 Method Not Allowed'],
  ['<html>', 'audit: not done: the answer is no JSON'],
])('a registry without an answer (%s) passes, and the reason is printed', (says, last) =>
  expect(audit(says)).toEqual({ status: 0, last }),
);
