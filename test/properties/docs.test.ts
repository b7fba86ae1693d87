/** Tables of docs/properties.md are made from the catalogue; `npx vitest run test/properties/docs -u` writes them anew. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BELIEFS, FAMILIES, INFLUENCE, type MayChange, PROPERTIES } from '../../src/properties/index.js';
import { COPYING } from './copying.js';

const PAGE = '../../docs/properties.md';

const cell = (text: string): string => text.replaceAll('|', '\\|');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const mayChange = ({ own, all }: MayChange): string =>
  [own.length > 0 ? `its own ${own.join(', ')}` : '', all.join(', ')].filter((part) => part !== '').join('; ') ||
  'nothing';

const TABLES: { readonly [name: string]: string } = {
  catalogue: FAMILIES.map((family) => {
    const rows = PROPERTIES.filter((property) => property.family === family).map(
      ({ name, statement, formula, spec, requires }) => [
        `\`${name}\``,
        `${statement}<br>\`${formula}\``,
        spec,
        requires.map(({ says, without }) => `${says} *(else: ${without})*`).join('; ') || 'none',
      ],
    );
    return `### ${family}\n\n${table(['property', 'statement', 'section', 'requires'], rows)}`;
  }).join('\n\n'),
  influence: table(
    ['the neuron', 'Yuma2', 'Yuma3', 'liquid alpha'],
    Object.entries(INFLUENCE).map(([why, { yuma2, yuma3, liquid }]) => [why, ...[yuma2, yuma3, liquid].map(mayChange)]),
  ),
  beliefs: table(
    ['belief', 'it says', 'why it is false', 'section'],
    BELIEFS.map(({ name, statement, why, spec }) => [`[\`${name}\`](beliefs/${name}.jsonl)`, statement, why, spec]),
  ),
  copying: table(
    ['drift', 'noise', 'mode', 'delay', 'least', 'median', 'most'],
    COPYING.map(({ drift, noise, mode, delay, least, median, most }) => [
      ...[drift, noise].map((thousandths) => `${thousandths / 10} %`),
      mode,
      String(delay),
      ...[least, median, most].map((percent) => `${percent.toFixed(2)} %`),
    ]),
  ),
};

test('the tables of docs/properties.md say what the code says', async () => {
  let page = readFileSync(new URL(PAGE, import.meta.url), 'utf8');
  for (const [name, text] of Object.entries(TABLES)) {
    const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
    expect(page.split(start)).toHaveLength(2);
    page = `${page.split(start)[0]}${start}\n${text}\n${end}${page.split(end)[1]}`;
  }
  await expect(page).toMatchFileSnapshot(PAGE);
});
