/** Figure: a chart with its title, what to look at, its slider, its exports and its table. */
import type { Chart } from '../page-data.js';
import { draw, framesOf } from './draw.js';
import type { Drawing } from './drawing.js';
import { save, svgFile } from './export.js';
import { grouped } from './format.js';
import { node } from './node.js';
import { Pointing } from './pointing.js';
import { csvOf, tableOf } from './table.js';
import type { Theme } from './theme.js';

/** Most rows of a table on the page; the CSV has all. */
const MOST_ROWS = 1_000;

export class Figure {
  readonly element: HTMLElement;
  /** What is drawn now. */
  drawing: Drawing | undefined;
  private readonly holder: HTMLElement;
  private readonly pointing: Pointing;
  private readonly table: HTMLElement;
  private readonly details: HTMLDetailsElement;
  private frame: number;

  constructor(
    readonly chart: Chart,
    private readonly source: string,
    private theme: Theme,
  ) {
    const frames = framesOf(chart);
    this.frame = frames?.first ?? Math.max(0, (frames?.at.length ?? 1) - 1);
    const words = `${chart.id}-words`;
    this.holder = node('div', {
      class: 'holder',
      role: 'group',
      'aria-labelledby': `${chart.id}-title`,
      'aria-describedby': words,
    });
    const readout = node('output', { class: 'readout', 'aria-live': 'polite' });
    this.pointing = new Pointing(this.holder, readout);
    this.table = node('div', {
      class: 'scroll',
      tabindex: '0',
      role: 'region',
      'aria-label': `Values: ${chart.title}`,
    });
    this.details = node('details', {}, node('summary', {}, 'Values as a table'), this.table) as HTMLDetailsElement;
    this.details.addEventListener('toggle', () => this.fillTable());
    const drawn = chart.empty === undefined;
    if (drawn) this.holder.tabIndex = 0;
    this.element = node(
      'figure',
      { id: chart.id },
      node(
        'div',
        { class: 'head' },
        node('h2', { id: `${chart.id}-title` }, chart.title),
        ...(drawn ? [node('div', { class: 'tools' }, this.button('SVG'), this.button('CSV'))] : []),
      ),
      node('p', { class: 'caption', id: words }, chart.caption),
      ...(drawn
        ? [...this.slider(), this.holder, readout]
        : [node('p', { class: 'empty' }, `Nothing to draw: ${chart.empty}`)]),
      ...(chart.note === undefined ? [] : [node('p', { class: 'note' }, chart.note)]),
      ...(drawn ? [this.details] : []),
    );
  }

  /** Draws it as wide as there is room. */
  render(theme: Theme = this.theme): void {
    this.theme = theme;
    const width = Math.floor(this.holder.clientWidth);
    if (this.chart.empty !== undefined || width === 0) return;
    this.drawing = draw(this.chart, { document, width, theme, interactive: true, frame: this.frame });
    const { svg } = this.drawing;
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', `${this.chart.title}. ${this.chart.caption}`);
    this.holder.replaceChildren(svg);
    this.pointing.take(this.drawing);
  }

  private slider(): Node[] {
    const frames = framesOf(this.chart);
    if (frames === undefined || frames.at.length < 2) return [];
    const last = frames.at.length - 1;
    const shown = node('output', {}, `${frames.label} ${grouped(frames.at[this.frame]!)}`);
    const range = node('input', {
      type: 'range',
      min: '0',
      max: String(last),
      step: '1',
      value: String(this.frame),
      'aria-label': `${frames.label} of: ${this.chart.title}`,
    }) as HTMLInputElement;
    range.setAttribute('aria-valuetext', shown.textContent);
    range.addEventListener('input', () => {
      this.frame = Number(range.value);
      shown.textContent = `${frames.label} ${grouped(frames.at[this.frame]!)}`;
      range.setAttribute('aria-valuetext', shown.textContent);
      this.render();
      this.fillTable();
    });
    return [node('div', { class: 'slider' }, range, shown)];
  }

  private button(kind: 'SVG' | 'CSV'): HTMLElement {
    const says = `Save as ${kind}: ${this.chart.title}`;
    const button = node('button', { type: 'button', 'aria-label': says, title: `Save as ${kind}` }, kind);
    button.addEventListener('click', () => {
      if (kind === 'SVG') save(`${this.chart.id}.svg`, 'image/svg+xml', this.svg());
      else save(`${this.chart.id}.csv`, 'text/csv', csvOf(tableOf(this.chart, this.frame)));
    });
    return button;
  }

  /** The chart as the text of a file. */
  svg(): string {
    return svgFile(this.chart, this.frame, this.source, document);
  }

  private fillTable(): void {
    if (!this.details.open) return;
    const { head, rows } = tableOf(this.chart, this.frame);
    const alone = new Set(rows.map(([subnet]) => subnet)).size < 2;
    const cells = <T>(row: readonly T[]): readonly T[] => (alone ? row.slice(1) : row);
    const body = rows
      .slice(0, MOST_ROWS)
      .map((row) =>
        node(
          'tr',
          {},
          ...cells(row).map((value) =>
            node('td', typeof value === 'number' ? { class: 'number' } : {}, value === null ? '–' : String(value)),
          ),
        ),
      );
    this.table.replaceChildren(
      node(
        'table',
        {},
        node('thead', {}, node('tr', {}, ...cells(head).map((name) => node('th', { scope: 'col' }, name)))),
        node('tbody', {}, ...body),
      ),
      ...(rows.length > MOST_ROWS
        ? [node('p', { class: 'note' }, `The first ${MOST_ROWS} of ${rows.length} rows; the CSV has all.`)]
        : []),
    );
  }
}
