/** Tables of docs/simulator.md and of docs/scenarios are made here; `npx vitest run test/simulator/docs -u` writes them anew. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../src/index.js';
import {
  type Definition,
  EVALUATIONS,
  LIBRARY,
  METRICS,
  MINERS,
  type Parameter,
  type Parameters,
  TIDY_COLUMNS,
  VALIDATORS,
} from '../../src/simulator/index.js';
import { figuresOf } from './figures.js';
import { filled, markdown } from './markdown.js';

const DOCS = new URL('../../docs/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, DOCS), 'utf8');

function range(parameter: Parameter): string {
  if ('is' in parameter) return 'JSON';
  if ('oneOf' in parameter) return parameter.oneOf.map((value) => `\`${value}\``).join(', ');
  if ('least' in parameter) {
    return `${parameter.least} to ${parameter.largest}${parameter.whole === true ? ', whole' : ''}`;
  }
  return 'true, false';
}

const parameterRows = (parameters: Parameters): string[][] =>
  Object.entries(parameters).map(([name, parameter]) => [
    `\`${name}\``,
    range(parameter),
    `\`${JSON.stringify(parameter.default)}\``,
    parameter.says,
  ]);

const definitions = (table: Readonly<Record<string, Definition<unknown>>>): string =>
  Object.entries(table)
    .map(([name, { says, parameters }]) => {
      const rows = parameterRows(parameters);
      const list = rows.length === 0 ? '' : `\n\n${markdown(['parameter', 'range', 'default', 'meaning'], rows)}`;
      return `**\`${name}\`** ${says}.${list}`;
    })
    .join('\n\n');

const TABLES: Readonly<Record<string, string>> = {
  validators: definitions(VALIDATORS),
  miners: definitions(MINERS),
  evaluations: definitions(EVALUATIONS),
  metrics: markdown(
    ['metric', 'unit', 'meaning'],
    Object.entries(METRICS).map(([name, { unit, says }]) => [`\`${name}\``, unit, says]),
  ),
  columns: markdown(
    ['column', 'meaning'],
    TIDY_COLUMNS.map(({ name, says }) => [`\`${name}\``, says]),
  ),
};

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine();
});
afterAll(() => engine.close());

test('the tables of docs/simulator.md say what the code says', async () => {
  let page = read('simulator.md');
  for (const [name, text] of Object.entries(TABLES)) page = filled(page, name, text);
  await expect(page).toMatchFileSnapshot('../../docs/simulator.md');
});

test('docs/scenarios.md lists the library', async () => {
  const rows = Object.entries(LIBRARY).map(([name, { says }]) => [`[\`${name}\`](scenarios/${name}.md)`, says]);
  const page = filled(read('scenarios.md'), 'scenarios', markdown(['scenario', 'what happens'], rows));
  await expect(page).toMatchFileSnapshot('../../docs/scenarios.md');
});

test('every scenario has a page, and every page is of one', () => {
  const pages = readdirSync(new URL('scenarios', DOCS)).sort();
  expect(pages).toEqual(Object.keys(LIBRARY).map((name) => `${name}.md`).sort()); // biome-ignore format: one line
});

test.each(Object.entries(LIBRARY))('the page of %s has its parameters and figures of real runs', async (name, made) => {
  const page = read(`scenarios/${name}.md`);
  expect(page).toContain(`yuma simulate ${name}`);
  const parameters = markdown(['parameter', 'range', 'default', 'meaning'], parameterRows(made.parameters));
  const whole = filled(filled(page, 'parameters', parameters), 'figures', await figuresOf(engine, name));
  await expect(whole).toMatchFileSnapshot(`../../docs/scenarios/${name}.md`);
});

test('the snippets of docs/simulator.md run, and print what they give', () => {
  const snippets = [...read('simulator.md').matchAll(/^```js\n(.*?)^```$/gms)].map(([, text]) => text!);
  const printed = snippets.map((text) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8' }),
  );
  expect(printed).toHaveLength(3);
  expect(printed[0]).toMatch(/^[0-9a-f]{16} honest 1, honest 2, honest 3, honest 4, copier\n$/);
  expect(printed[1]).toMatch(/^[0-9a-f]{16}\n$/);
  expect(printed[2]).toMatch(/^60 [0-9a-f]{16}\n$/);
});
