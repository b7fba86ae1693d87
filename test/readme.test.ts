/**
 * Every snippet of the README is run as it stands, in its order. A `text` block is what the snippet before it prints; a
 * line of `…` stands for any lines. The two commands of a fresh clone install and test, so here they run without that:
 * .ci/run runs them whole.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const snippets = [...readFileSync('README.md', 'utf8').matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, kind, text]) => ({
  kind: kind!,
  text: text!,
}));

const environment = { ...process.env, COLUMNS: '80', NO_COLOR: '1' };
const bash = (script: string) =>
  execFileSync('bash', ['-eo', 'pipefail', '-c', script], { encoding: 'utf8', env: environment });
const node = (script: string) =>
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });

/** Without installing and building, which is done, and without running this very test. */
const RUN_BY_CI: Record<string, string> = {
  'npm ci && npm start\n': 'npm start --silent --ignore-scripts',
  'npm ci && npm test\n': 'grep -q "npm ci" .ci/run && grep -q "npm test" .ci/run',
};

function run({ kind, text }: { kind: string; text: string }): string {
  if (kind === 'js') return node(text);
  if (kind === 'sh') return bash(RUN_BY_CI[text] ?? text);
  throw new Error(`the README holds a block of kind "${kind}", which this test cannot run`);
}

/** "a\n…\nb" as an expression in which `…` is any number of lines. */
const pattern = (text: string) =>
  new RegExp(
    `^${text
      .split('\n')
      .map((line) => (line === '…' ? '[^]*?' : line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('\n')
      .replaceAll('\n[^]*?\n', '\n[^]*?')}`,
  );

test('the snippets of the README run and print what it says', () => {
  mkdirSync('build', { recursive: true });
  let printed = '';
  let ran = 0;
  for (const snippet of snippets) {
    if (snippet.kind === 'text') {
      expect(printed).toMatch(pattern(snippet.text));
      continue;
    }
    printed = run(snippet);
    ran += 1;
  }
  expect(ran).toBe(9);
});

test('every link of the README and of docs/ leads to a file that is there', () => {
  const pages = [
    'README.md',
    'CHANGELOG.md',
    ...readdirSync('docs')
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  for (const page of pages) {
    for (const [, target] of readFileSync(page, 'utf8').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
      expect(existsSync(join(dirname(page), target!)), `${page}: ${target}`).toBe(true);
    }
  }
});
