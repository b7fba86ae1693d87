/**
 * Drawing: what a chart becomes, and where its panels lie. No renderer measures text or asks the browser for a layout,
 * so a drawing is the same wherever it is drawn.
 */
import type { Theme } from './theme.js';

/** How to draw. */
export interface Canvas {
  readonly document: Document;
  /** Pixels. */
  readonly width: number;
  readonly theme: Theme;
  /** With tips under the pointer; an exported drawing has none. */
  readonly interactive: boolean;
  /** Which frame, of a chart with frames. */
  readonly frame: number;
}

/** Something a reader can point at. */
export interface Point {
  /** Place on the axes of panel `panel`. */
  readonly x: number | string;
  readonly y: number | string;
  readonly panel: number;
  /** Name of its line or row; arrow keys go along it. */
  readonly of: string;
  /** All there is to say, in lines. */
  readonly text: string;
}

export interface PlotScale {
  apply(value: unknown): number;
  invert?(pixel: number): number;
  readonly bandwidth?: number;
}

export type PlotSvg = SVGSVGElement & { scale(name: string): PlotScale };

export interface Drawing {
  readonly svg: PlotSvg;
  readonly points: readonly Point[];
  readonly grid: Grid;
}

/** Panels in columns and rows, and the room round them. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  readonly marginTop: number;
  readonly marginRight: number;
  readonly marginBottom: number;
  readonly marginLeft: number;
  /** Share of a cell of the grid that stays free. */
  readonly fx: { readonly padding: number };
  readonly fy: { readonly padding: number };
  /** Of one panel, without the gaps. */
  readonly panelWidth: number;
}

export interface GridWish {
  readonly panels: readonly { readonly name: string }[];
  /** A panel is no narrower, unless it is alone. */
  readonly leastWidth: number;
  readonly panelHeight: number;
  readonly marginLeft: number;
  readonly marginRight: number;
  /** Above the names of the panels. */
  readonly head: number;
}

const GAP = 28;
const NAME = 20;
const FOOT = 40;

export function gridOf(canvas: Canvas, wish: GridWish): Grid {
  const inner = canvas.width - wish.marginLeft - wish.marginRight;
  const columns = columnsOf(wish.panels.length, Math.floor((inner + GAP) / (wish.leastWidth + GAP)));
  const rows = Math.max(1, Math.ceil(wish.panels.length / columns));
  const name = wish.panels.some((panel) => panel.name !== '') ? NAME : 0;
  const gap = name + 18;
  const panelWidth = (inner - (columns - 1) * GAP) / columns;
  const inside = rows * wish.panelHeight + (rows - 1) * gap;
  return {
    columns,
    rows,
    width: canvas.width,
    height: wish.head + name + inside + FOOT,
    marginTop: wish.head + name,
    marginRight: wish.marginRight,
    marginBottom: FOOT,
    marginLeft: wish.marginLeft,
    fx: { padding: columns === 1 ? 0 : GAP / (panelWidth + GAP) },
    fy: { padding: rows === 1 ? 0 : gap / (wish.panelHeight + gap) },
    panelWidth,
  };
}

/** As many as fit, or down to half of them if that fills the rows; up to four panels always fill them. */
function columnsOf(panels: number, fit: number): number {
  const most = Math.max(1, Math.min(panels, fit));
  const least = panels <= 4 ? 1 : Math.ceil(most / 2);
  for (let columns = most; columns >= least; columns--) if (panels % columns === 0) return columns;
  return most;
}

/** Facet channels of a panel. */
export const fxOf = (grid: Grid, panel: number): number => panel % grid.columns;
export const fyOf = (grid: Grid, panel: number): number => Math.floor(panel / grid.columns);

/** Pixels of a place on the axes of a panel. */
export function pixels(svg: PlotSvg, grid: Grid, panel: number, x: unknown, y: unknown): [x: number, y: number] {
  const middle = (name: 'x' | 'y', value: unknown): number => {
    const scale = svg.scale(name);
    return scale.apply(value) + (scale.bandwidth ?? 0) / 2;
  };
  return [
    middle('x', x) + svg.scale('fx').apply(fxOf(grid, panel)) - grid.marginLeft,
    middle('y', y) + svg.scale('fy').apply(fyOf(grid, panel)) - grid.marginTop,
  ];
}

const SVG = 'http://www.w3.org/2000/svg';

/** A new SVG element. */
export function element(
  canvas: Canvas,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: (Element | string)[]
): SVGElement {
  const made = canvas.document.createElementNS(SVG, name) as SVGElement;
  if (name === 'text') made.setAttribute('text-anchor', 'start'); // Plot centres all text
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  for (const child of children) {
    made.appendChild(typeof child === 'string' ? canvas.document.createTextNode(child) : child);
  }
  return made;
}
