/** Heat: cells by colour, over numbers or names. */
import * as Plot from '@observablehq/plot';
import type { HeatChart, HeatPanel } from '../page-data.js';
import { type Canvas, type Drawing, fxOf, fyOf, gridOf, type PlotSvg, type Point } from './drawing.js';
import { exact, grouped, onAxis, shortened, textWidth } from './format.js';
import { addRamp, addTitles, common, LINE, titleHeight } from './furniture.js';
import { ticksFor } from './scales.js';
import { tag } from './tags.js';
import { colourAt } from './theme.js';
import { tipOf } from './tips.js';

interface Cell {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  readonly column: number | string;
  readonly row: number | string;
  readonly value: number;
  readonly panel: number;
  readonly fill: string;
}

export function drawHeat(chart: HeatChart, canvas: Canvas): Drawing {
  const numericX = chart.panels.some(({ columns }) => typeof columns[0] === 'number');
  const numericY = chart.panels.some(({ rows }) => typeof rows[0] === 'number');
  const rowNames = numericY ? [] : [...new Set(chart.panels.flatMap(({ rows }) => rows as readonly string[]))];
  const columnNames = numericX ? [] : [...new Set(chart.panels.flatMap(({ columns }) => columns as readonly string[]))];
  const mostText = canvas.width < 500 ? 22 : 30;
  const marginLeft = numericY
    ? 40
    : Math.max(40, 12 + Math.max(0, ...rowNames.map((name) => textWidth(shortened(name, mostText)))));
  const scale = scaleOf(chart, canvas);
  const rowHeight = rowNames.length <= 12 ? 24 : rowNames.length <= 30 ? 16 : 13;
  const head = LINE + titleHeight(canvas, chart.y);
  const grid = gridOf(canvas, {
    panels: chart.panels,
    leastWidth: numericX && numericY ? 230 : 240,
    panelHeight: numericY ? 240 : Math.max(60, rowNames.length * rowHeight),
    marginLeft,
    marginRight: 8,
    head,
  });
  const cells = chart.panels.flatMap((panel, at) => cellsOf(chart, panel, at, canvas.frame, scale.colour));
  const facets = { fx: (cell: Cell) => fxOf(grid, cell.panel), fy: (cell: Cell) => fyOf(grid, cell.panel) };
  const most = (of: 'rows' | 'columns'): number => Math.max(0, ...chart.panels.map((panel) => panel[of].length));
  const beside = most('columns') > 24 ? 0 : 0.5;
  const above = most('rows') > 24 ? 0 : 0.5;
  const insets = { insetLeft: beside, insetRight: beside, insetTop: above, insetBottom: above };
  const look = { ...facets, ...insets, shapeRendering: 'crispEdges', fill: 'fill', ariaDescription: 'cells' } as const;
  const mark = numericY
    ? Plot.rect(cells, { ...look, x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2' })
    : numericX
      ? Plot.barX(cells, { ...look, x1: 'x1', x2: 'x2', y: 'row' })
      : Plot.cell(cells, { ...look, x: 'column', y: 'row' });
  const points = pointsOf(chart, canvas.frame);
  const xs = numericX ? chart.panels.flatMap(({ columns }) => columns as readonly number[]) : [];
  const svg = Plot.plot({
    ...common(canvas, grid),
    color: { type: 'identity' },
    x: numericX
      ? { label: null, domain: extent(cells, 'x1', 'x2'), ...ticksFor(xs, grid.panelWidth) }
      : { label: null, domain: columnNames, padding: 0, ...bandTicks(columnNames, grid.panelWidth) },
    y: numericY
      ? { label: null, domain: extent(cells, 'y1', 'y2') }
      : {
          label: null,
          domain: rowNames,
          padding: 0,
          tickSize: 0,
          ...everyTick(rowNames, rowHeight, 13),
          tickFormat: (name: string) => shortened(name, mostText),
        },
    marks: [mark, ...linesOf(chart, canvas, facets), ...tipOf(canvas, grid, points)],
  }) as unknown as PlotSvg;
  tag(svg, 'cells', cells, ({ panel, row, column, value }) => ({ panel, row, column, value }));
  const drawing = { svg, grid, points };
  addTitles(canvas, drawing, chart, head);
  addRamp(canvas, svg, scale.stops, scale.ends, chart.difference ?? chart.value.label);
  return drawing;
}

interface Scale {
  readonly stops: readonly string[];
  readonly ends: readonly [string, string];
  colour(value: number, pivot: number): string;
}

/** Colours of a chart, alike in all its panels and frames. */
function scaleOf(chart: HeatChart, { theme }: Canvas): Scale {
  let most = 0;
  for (const { frames, pivot = 0 } of chart.panels) {
    for (const frame of frames) {
      for (const value of frame) {
        if (value !== null) most = Math.max(most, Math.abs(onAxis(value - pivot, chart.value)));
      }
    }
  }
  const end = chart.value.most ?? (most === 0 ? 1 : most);
  const shown = grouped(Number(end.toPrecision(2)));
  if (chart.difference === undefined) {
    return { stops: theme.ramp, ends: ['0', shown], colour: (value) => colourAt(theme.ramp, value / end) };
  }
  return {
    stops: theme.diverging,
    ends: [`−${shown}`, `+${shown}`],
    colour: (value, pivot) => colourAt(theme.diverging, 0.5 + (value - pivot) / end / 2),
  };
}

/** Bounds of cells round these numbers: halfway to their neighbours. */
export function edges(values: readonly number[]): [low: number, high: number][] {
  return values.map((value, at) => {
    const before = values[at - 1];
    const after = values[at + 1];
    const below = before === undefined ? (after === undefined ? 1 : after - value) : value - before;
    const above = after === undefined ? below : after - value;
    return [value - below / 2, value + above / 2];
  });
}

function cellsOf(
  chart: HeatChart,
  panel: HeatPanel,
  at: number,
  frame: number,
  colour: (value: number, pivot: number) => string,
): Cell[] {
  const xs = typeof panel.columns[0] === 'number' ? edges(panel.columns as readonly number[]) : [];
  const ys = typeof panel.rows[0] === 'number' ? edges(panel.rows as readonly number[]) : [];
  const values = panel.frames[frame] ?? [];
  return values.flatMap((raw, index) => {
    if (raw === null) return [];
    const x = index % panel.columns.length;
    const y = Math.floor(index / panel.columns.length);
    const [x1, x2] = xs[x] ?? [0, 0];
    const [y1, y2] = ys[y] ?? [0, 0];
    const value = onAxis(raw, chart.value);
    const fill = colour(value, panel.pivot ?? 0);
    return [{ x1, x2, y1, y2, column: panel.columns[x]!, row: panel.rows[y]!, value, panel: at, fill }];
  });
}

function extent(cells: readonly Cell[], low: 'x1' | 'y1', high: 'x2' | 'y2'): [number, number] {
  if (cells.length === 0) return [0, 1];
  return [
    cells.reduce((least, cell) => Math.min(least, cell[low]), Infinity),
    cells.reduce((most, cell) => Math.max(most, cell[high]), -Infinity),
  ];
}

function linesOf(chart: HeatChart, canvas: Canvas, facets: object): Plot.Markish[] {
  if (chart.line === undefined) return [];
  const rows = chart.panels.flatMap(({ line = [] }, panel) => line.map(([x, y]) => ({ x, y, panel })));
  const look = { x: 'x', y: 'y', z: 'panel', ...facets, clip: true } as const;
  return [
    Plot.line(rows, { ...look, stroke: canvas.theme.paper, strokeWidth: 4 }),
    Plot.line(rows, { ...look, stroke: canvas.theme.ink, strokeWidth: 2, ariaDescription: 'retention' }),
  ];
}

/** Names that have room: all of them, or one of so many. */
function everyTick(names: readonly string[], room: number, needed: number): { ticks: string[] } {
  const step = Math.max(1, Math.ceil(needed / room));
  return { ticks: names.filter((_, at) => at % step === 0) };
}

/** Names below columns: all of them where there is room, else one of so many. */
export function bandTicks(names: readonly string[], width: number): object {
  const room = width / Math.max(1, names.length);
  const most = Math.max(6, Math.floor((room - 10) / textWidth('n')));
  const longest = Math.max(0, ...names.map((name) => textWidth(shortened(name, Math.max(most, 12)))));
  const step = Math.max(1, Math.ceil((longest + 10) / room));
  return {
    ticks: names.filter((_, at) => at % step === 0),
    tickSize: step === 1 ? 0 : 3,
    tickFormat: (name: string) => shortened(name, Math.max(most, 12)),
  };
}

function pointsOf(chart: HeatChart, frame: number): Point[] {
  const xAxis = chart.x;
  const name = (value: number | string): string => (typeof value === 'number' ? grouped(value) : value);
  return chart.panels.flatMap((panel, at) =>
    (panel.frames[frame] ?? []).flatMap((value, index) => {
      if (value === null) return [];
      const x = panel.columns[index % panel.columns.length]!;
      const y = panel.rows[Math.floor(index / panel.columns.length)]!;
      const low = panel.low?.[index];
      const band =
        typeof low === 'number'
          ? `\nfrom ${exact(low, chart.value)} to ${exact(panel.high?.[index], chart.value)}`
          : '';
      const text = `${panel.name === '' ? '' : `${panel.name}\n`}${chart.y.label} ${name(y)}\n${xAxis.label} ${name(x)}\n${chart.value.label} ${exact(value, chart.value)}${band}`;
      return [{ x, y, panel: at, of: String(y), text }];
    }),
  );
}
