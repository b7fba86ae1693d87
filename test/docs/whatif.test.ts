/** Every snippet of docs/whatif.md is run as it stands, in its order; a `text` block is what the one before it prints. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HYPERPARAMETERS } from '../../src/index.js';

const PAGE = readFileSync('docs/whatif.md', 'utf8');
const SNIPPETS = [...PAGE.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, kind, text]) => [kind!, text!] as const);

const RUN: Record<string, (script: string) => string> = {
  sh: (script) =>
    execFileSync('bash', ['-eo', 'pipefail', '-c', script], {
      encoding: 'utf8',
      env: { ...process.env, COLUMNS: '80', NO_COLOR: '1' },
    }),
  js: (script) => execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }),
};

/** A line of `…` stands for any lines. */
const matches = (printed: string, text: string): void => {
  let from = 0;
  for (const part of text.split('…\n')) {
    const at = printed.indexOf(part, from);
    expect(at, `${part}\nis not in\n${printed}`).toBeGreaterThanOrEqual(from);
    from = at + part.length;
  }
};

test('the snippets of docs/whatif.md run and print what it says', () => {
  mkdirSync('build', { recursive: true });
  let printed = '';
  let compared = 0;
  for (const [kind, text] of SNIPPETS) {
    if (kind === 'text') {
      matches(printed, text);
      compared += 1;
    } else {
      printed = RUN[kind]!(text);
    }
  }
  expect(compared).toBe(3);
});

test('it names no option or hyperparameter that is none', () => {
  for (const [, name] of PAGE.matchAll(/--set ([a-z]\w+)=/g)) expect(Object.keys(HYPERPARAMETERS)).toContain(name);
});
