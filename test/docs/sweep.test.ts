/**
 * docs/sweep.md: its tables of columns are made here (`npx vitest run test/docs/sweep -u` writes them anew), its `sh` and
 * `js` snippets are run, a `text` block is what the one before it prints, and what a `console` block types is known.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { collusionTable } from '../../src/collusion/index.js';
import { paymentTable } from '../../src/replay/index.js';
import { TIDY_COLUMNS } from '../../src/simulator/index.js';
import { sweepTable } from '../../src/sweep/index.js';
import type { Column } from '../../src/tables/index.js';
import { yuma } from '../cli/yuma.js';
import { filled, markdown } from '../simulator/markdown.js';

const PAGE = readFileSync('docs/sweep.md', 'utf8');
const SNIPPETS = [...PAGE.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, kind, text]) => [kind!, text!] as const);

const columnsOf = (columns: readonly Column[]): string =>
  markdown(
    ['column', 'type', 'meaning'],
    columns.map(({ name, type, says }) => [`\`${name}\``, type, says]),
  );

const SWEEP = sweepTable({ source: { kind: 'library', name: 'weight-copying' }, vary: { reveal: [0, 1] } }, []).columns;

test('the tables of columns say what the code says', async () => {
  let page = PAGE;
  for (const [name, columns] of Object.entries({
    'sweep columns': SWEEP,
    'simulate columns': TIDY_COLUMNS,
    'whatif columns': paymentTable({ epochs: [] } as never).columns,
    'map columns': collusionTable({ cells: [] } as never).columns,
  })) {
    page = filled(page, name, columnsOf(columns));
  }
  await expect(page).toMatchFileSnapshot('../../docs/sweep.md');
});

const RUN: Record<string, (script: string) => string> = {
  sh: (script) =>
    execFileSync('bash', ['-eo', 'pipefail', '-c', script], {
      encoding: 'utf8',
      env: { ...process.env, COLUMNS: '80', NO_COLOR: '1' },
    }),
  js: (script) => execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }),
};

test('the snippets run and print what it says', () => {
  mkdirSync('build', { recursive: true });
  let printed = '';
  let compared = 0;
  for (const [kind, text] of SNIPPETS) {
    if (kind in RUN) printed = RUN[kind]!(text);
    if (kind !== 'text') continue;
    expect(printed).toBe(text);
    compared += 1;
  }
  expect(compared).toBe(2);
}, 60_000);

test('snippets for other programs name columns that are there', () => {
  const head = SWEEP.map(({ name }) => name);
  const others = SNIPPETS.filter(([kind]) => ['python', 'sql', 'ojs'].includes(kind));
  expect(others).toHaveLength(3);
  for (const [kind, text] of others) {
    for (const name of ['metric', 'uid', 'value', 'reveal', 'subnet']) {
      expect(head).toContain(name);
      expect(text, kind).toContain(name);
    }
  }
});

test('commands for several machines have options that are there, and install the versions that are tested', async () => {
  const typed = SNIPPETS.filter(([kind]) => kind === 'console').map(([, text]) => text);
  const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(typed[0]).toBe(`npm install bullmq@${peerDependencies.bullmq} ioredis@${peerDependencies.ioredis}\n`);
  expect(typed).toHaveLength(3);
  for (const text of typed.slice(1)) {
    const { stdout } = await yuma(`${text.split(' ')[1]} --help`);
    for (const [option] of text.matchAll(/--\w+/g)) expect(stdout).toContain(`${option} `);
  }
});
