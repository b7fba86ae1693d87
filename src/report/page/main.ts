/** Main: builds the page from the data in it, and draws again when its width or its theme changes. */
import type { FactTable, PageData } from '../page-data.js';
import { Figure } from './figure.js';
import { node } from './node.js';
import { DARK, LIGHT, type Theme } from './theme.js';

const THEMES = ['auto', 'light', 'dark'] as const;

const data = JSON.parse(document.getElementById('data')!.textContent) as PageData;
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
let chosen: (typeof THEMES)[number] = 'auto';

let printing = false;

/** Paper is light whatever the screen is. */
const theme = (): Theme =>
  !printing && (chosen === 'dark' || (chosen === 'auto' && prefersDark.matches)) ? DARK : LIGHT;

const source = data.facts.map(([name, value]) => `${name}: ${value}.`).join(' ');
const figures = data.charts.map((chart) => new Figure(chart, source, theme()));

const toggle = node('button', { type: 'button', class: 'theme' }, 'Theme: auto');
toggle.addEventListener('click', () => {
  chosen = THEMES[(THEMES.indexOf(chosen) + 1) % THEMES.length]!;
  toggle.textContent = `Theme: ${chosen}`;
  document.documentElement.dataset.theme = chosen;
  render();
});

document
  .getElementById('page')!
  .replaceChildren(
    node(
      'header',
      {},
      node('div', { class: 'head' }, node('p', { class: 'kind' }, data.kind), toggle),
      node('h1', {}, data.title),
      ...(data.lead === '' ? [] : [node('p', { class: 'lead' }, data.lead)]),
      node(
        'nav',
        { 'aria-label': 'Charts' },
        ...data.charts.map(({ id, title }) => node('a', { href: `#${id}` }, title.replace(/[,:].*$/, ''))),
      ),
    ),
    ...figures.map(({ element }) => element),
    foot(),
  );

function foot(): HTMLElement {
  const facts = data.facts.flatMap(([name, value]) => [node('dt', {}, name), node('dd', {}, value)]);
  return node(
    'footer',
    {},
    node('h2', {}, 'What this page was made from'),
    node('dl', {}, ...facts),
    ...data.tables.map(tableOfFacts),
    node(
      'p',
      { class: 'note' },
      'Drawn by Observable Plot and D3; their licences stand in this file. Arrow keys go through the values of a chart that has the focus.',
    ),
  );
}

function tableOfFacts({ title, head, rows }: FactTable): HTMLElement {
  const differs = (row: readonly string[]): boolean => row.slice(1).some((value) => value !== row[1]);
  return node(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': title },
    node(
      'table',
      {},
      node('caption', {}, title),
      node('thead', {}, node('tr', {}, ...head.map((name) => node('th', { scope: 'col' }, name)))),
      node(
        'tbody',
        {},
        ...rows.map((row) =>
          node(
            'tr',
            differs(row) ? { class: 'differs' } : {},
            node('th', { scope: 'row' }, row[0]!),
            ...row.slice(1).map((value) => node('td', { class: 'number' }, value)),
          ),
        ),
      ),
    ),
  );
}

function render(): void {
  for (const figure of figures) figure.render(theme());
}

function print(on: boolean): void {
  printing = on;
  render();
}

let width = 0;
new ResizeObserver(([entry]) => {
  const now = Math.floor(entry!.contentRect.width);
  if (now === width) return;
  width = now;
  render();
}).observe(document.getElementById('page')!);
prefersDark.addEventListener('change', () => render());
addEventListener('beforeprint', () => print(true));
addEventListener('afterprint', () => print(false));

render();
width = Math.floor(document.getElementById('page')!.clientWidth);
Object.assign(globalThis, { yumaReport: { data, figures } });
document.documentElement.dataset.ready = 'true';
