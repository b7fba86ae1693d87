/** Furniture: titles of the axes, names of the panels, keys and ramps, inside the drawing so that an export has them. */
import type { Axis, KeyEntry } from '../page-data.js';
import { type Canvas, type Drawing, element, type Grid } from './drawing.js';
import { axisTitle, FONT, shortened, textWidth } from './format.js';
import { colourAt, toneColour, toneDash } from './theme.js';

/** Heights of the lines at the head. */
export const LINE = 18;

const bold = { 'font-weight': 600 };

/** The title of the upright axis in lines that fit. */
function titleLines(canvas: Canvas, y: Axis): string[] {
  const lines: string[] = [];
  for (const word of `↑ ${axisTitle(y)}`.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer) <= canvas.width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Height of the title of the upright axis. */
export const titleHeight = (canvas: Canvas, y: Axis): number => titleLines(canvas, y).length * (FONT + 3) + 11;

/** Titles of both axes and names of the panels. */
export function addTitles(
  canvas: Canvas,
  { svg, grid }: Drawing,
  { x, y, panels }: { readonly x: Axis; readonly y: Axis; readonly panels: readonly { readonly name: string }[] },
  head: number,
): void {
  const text = (attributes: Record<string, string | number>, words: string) =>
    svg.appendChild(element(canvas, 'text', { fill: canvas.theme.ink, 'font-size': FONT, ...attributes }, words));
  const lines = titleLines(canvas, y);
  for (const [at, line] of lines.entries()) {
    const above = (lines.length - 1 - at) * (FONT + 3);
    text({ x: 0, y: head - 10 - above, class: 'axis-title', fill: canvas.theme.faint }, line);
  }
  const right = grid.width - grid.marginRight;
  text(
    { x: right, y: grid.height - 5, 'text-anchor': 'end', class: 'axis-title', fill: canvas.theme.faint },
    `${axisTitle(x)} →`,
  );
  for (const [panel, { name }] of panels.entries()) {
    if (name === '') continue;
    const left = svg.scale('fx').apply(panel % grid.columns);
    const top = svg.scale('fy').apply(Math.floor(panel / grid.columns));
    text(
      { x: left, y: top - 7, class: 'panel-name', 'font-size': FONT + 1, ...bold },
      shortened(name, Math.floor(grid.panelWidth / textWidth('n', FONT + 2))),
    );
  }
}

interface Placed extends KeyEntry {
  readonly x: number;
  readonly line: number;
}

/** Places of a key's entries in lines of this width. */
function placeKey(entries: readonly KeyEntry[], width: number): { placed: Placed[]; lines: number } {
  const placed: Placed[] = [];
  let x = 0;
  let line = 0;
  for (const given of entries) {
    const entry = { ...given, label: shortened(given.label, 28) };
    const needed = 30 + textWidth(entry.label) + 14;
    if (x > 0 && x + needed > width) {
      x = 0;
      line += 1;
    }
    placed.push({ ...entry, x, line });
    x += needed;
  }
  return { placed, lines: entries.length === 0 ? 0 : line + 1 };
}

export const keyHeight = (entries: readonly KeyEntry[], width: number): number => placeKey(entries, width).lines * LINE;

/** A key at the top: a stroke or a dot of each colour, and what it stands for. */
export function addKey(
  canvas: Canvas,
  svg: SVGSVGElement,
  entries: readonly KeyEntry[],
  shape: 'line' | 'dot' | 'box',
): void {
  for (const { label, tone, x, line } of placeKey(entries, canvas.width).placed) {
    const y = line * LINE + 9;
    const colour = toneColour(canvas.theme, tone);
    const marks = {
      line: () =>
        element(canvas, 'path', {
          d: `M${x},${y}h22`,
          stroke: colour,
          'stroke-width': 2.4,
          'stroke-dasharray': toneDash(tone),
        }),
      dot: () => element(canvas, 'circle', { cx: x + 14, cy: y, r: 4.5, fill: colour }),
      box: () => element(canvas, 'rect', { x: x + 6, y: y - 5, width: 14, height: 10, fill: colour }),
    };
    svg.appendChild(marks[shape]());
    svg.appendChild(element(canvas, 'text', { x: x + 27, y: y + 4, fill: canvas.theme.ink, 'font-size': FONT }, label));
  }
}

const STEPS = 40;

/** A ramp at the top: colours from one number to another. */
export function addRamp(
  canvas: Canvas,
  svg: SVGSVGElement,
  stops: readonly string[],
  ends: readonly [least: string, largest: string],
  title: string,
): void {
  const width = Math.min(160, canvas.width * 0.3);
  const words = (x: number, text: string) =>
    svg.appendChild(element(canvas, 'text', { x, y: 13, fill: canvas.theme.ink, 'font-size': FONT }, text));
  words(0, title);
  let x = textWidth(title) + 12;
  words(x, ends[0]);
  x += textWidth(ends[0]) + 6;
  for (let step = 0; step < STEPS; step++) {
    const fill = colourAt(stops, step / (STEPS - 1));
    svg.appendChild(
      element(canvas, 'rect', { x: x + (step * width) / STEPS, y: 4, width: width / STEPS + 0.5, height: 10, fill }),
    );
  }
  words(x + width + 6, ends[1]);
}

/** Options that every plot of a page has. */
export const common = (canvas: Canvas, grid: Grid) => ({
  document: canvas.document,
  width: grid.width,
  height: grid.height,
  marginTop: grid.marginTop,
  marginRight: grid.marginRight,
  marginBottom: grid.marginBottom,
  marginLeft: grid.marginLeft,
  style: {
    background: canvas.theme.paper,
    color: canvas.theme.ink,
    fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
    fontSize: `${FONT}px`,
    overflow: 'visible',
  },
  fx: { ...grid.fx, axis: null, round: false, domain: Array.from({ length: grid.columns }, (_, at) => at) },
  fy: { ...grid.fy, axis: null, round: false, domain: Array.from({ length: grid.rows }, (_, at) => at) },
});
