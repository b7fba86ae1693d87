/** Lines: values over a number, with bands, a level to compare with, and names at their ends. */
import * as Plot from '@observablehq/plot';
import { type Axis, type LinesChart, type Series, type SeriesPanel, TONES } from '../page-data.js';
import {
  type Canvas,
  type Drawing,
  fxOf,
  fyOf,
  type Grid,
  gridOf,
  type PlotSvg,
  type Point,
  pixels,
} from './drawing.js';
import { addEnds, type End } from './ends.js';
import { exact, grouped, onAxis, shortened, textWidth } from './format.js';
import { addKey, addTitles, common, keyHeight, titleHeight } from './furniture.js';
import { domainOf, leftFor, ticksFor, xDomain } from './scales.js';
import { tag } from './tags.js';
import { toneColour, toneDash } from './theme.js';
import { tipOf } from './tips.js';

interface Row {
  readonly x: number;
  /** On the axis; NaN = a gap. */
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly panel: number;
  readonly key: string;
}

/** Few enough for a dot at each. */
const FEW = 12;

export function drawLines(chart: LinesChart, canvas: Canvas): Drawing {
  const named = chart.panels.flatMap(({ series }) => series.filter((one) => one.named).map((one) => one.label));
  const mostNamed = Math.max(0, ...chart.panels.map(({ series }) => series.filter((one) => one.named).length));
  const inset = endsWidth(named, canvas);
  const keys = chart.key ?? [];
  const domain = domainOf(chart);
  const y = domain[0] > 0 ? { ...chart.y, unit: `${chart.y.unit} (axis not from 0)` } : chart.y;
  const head = keyHeight(keys, canvas.width) + titleHeight(canvas, y);
  const grid = gridOf(canvas, {
    panels: chart.panels,
    leastWidth: 250,
    panelHeight: Math.max(canvas.width < 500 ? 210 : 250, mostNamed * 15 + 10),
    marginLeft: leftFor(domain),
    marginRight: 8,
    head,
  });
  const rows = chart.panels.flatMap((panel, at) =>
    panel.series.flatMap((series) => rowsOf(chart.y, panel, at, series)),
  );
  const xs = chart.panels.flatMap(({ x }) => x);
  const facets = {
    fx: (row: { panel: number }) => fxOf(grid, row.panel),
    fy: (row: { panel: number }) => fyOf(grid, row.panel),
  };
  const points = pointsOf(chart);
  const many = chart.panels.some(({ series }) => series.length > 2 * TONES);
  const svg = Plot.plot({
    ...common(canvas, grid),
    x: {
      label: null,
      domain: xDomain(xs, chart.x),
      insetRight: inset,
      insetLeft: 4,
      ...ticksFor(xs, grid.panelWidth - inset),
    },
    y: { label: null, domain, nice: chart.y.most === undefined, tickSpacing: 45 },
    marks: [
      Plot.gridY({ tickSpacing: 45, stroke: canvas.theme.grid, strokeOpacity: 1 }),
      Plot.ruleY(domain[0] <= 0 ? [0] : [], { stroke: canvas.theme.faint, strokeWidth: 0.8 }),
      ...(chart.level === undefined
        ? []
        : [
            Plot.ruleY([onAxis(chart.level.value, chart.y)], {
              stroke: canvas.theme.ink,
              strokeDasharray: '3 3',
              strokeWidth: 1.2,
            }),
          ]),
      ...tones(chart).flatMap((tone) => {
        const own = rows.filter(({ key }) => toneOfKey(chart, key) === tone);
        const stroke = toneColour(canvas.theme, tone, chart.ordered);
        const few = Math.max(...chart.panels.map(({ x }) => x.length)) <= FEW;
        return [
          ...(own.some(({ low }) => !Number.isNaN(low))
            ? [
                Plot.areaY(own, {
                  x: 'x',
                  y1: 'low',
                  y2: 'high',
                  z: 'key',
                  ...facets,
                  fill: stroke,
                  fillOpacity: 0.16,
                  ariaDescription: 'band',
                }),
              ]
            : []),
          Plot.line(own, {
            x: 'x',
            y: 'y',
            z: 'key',
            ...facets,
            stroke,
            strokeWidth: tone < 0 || many ? 1.2 : 2,
            strokeOpacity: tone < 0 ? 0.65 : 1,
            strokeDasharray: toneDash(tone),
            ariaDescription: `series ${tone}`,
          }),
          ...(few
            ? [
                Plot.dot(own, {
                  x: 'x',
                  y: 'y',
                  ...facets,
                  fill: stroke,
                  r: tone < 0 ? 1.6 : 2.6,
                  ariaDescription: 'dots',
                }),
              ]
            : []),
        ];
      }),
      ...tipOf(canvas, grid, points),
    ],
  }) as unknown as PlotSvg;
  for (const tone of tones(chart)) {
    const own = rows.filter(({ key }) => toneOfKey(chart, key) === tone);
    tag(svg, `series ${tone}`, own, ({ panel, key }) => ({ panel, series: key.slice(String(panel).length + 1) }));
  }
  const drawing = { svg, grid, points };
  addTitles(canvas, drawing, { ...chart, y }, head);
  addKey(canvas, svg, keys, 'line');
  addAllEnds(chart, canvas, drawing, inset);
  return drawing;
}

/** Room for names at the ends. */
export function endsWidth(labels: readonly string[], canvas: Canvas): number {
  if (labels.length === 0) return 8;
  const most = canvas.width < 500 ? 12 : 17;
  return Math.min(130, 16 + Math.max(...labels.map((label) => textWidth(shortened(label, most)))));
}

const keyOf = (panel: number, label: string): string => `${panel}/${label}`;

function rowsOf(y: Axis, panel: SeriesPanel, at: number, series: Series): Row[] {
  const scaled = (value: number | null | undefined): number =>
    value === null || value === undefined ? Number.NaN : onAxis(value, y);
  return panel.x.map((x, index) => ({
    x,
    y: scaled(series.values[index]),
    low: scaled(series.low?.[index]),
    high: scaled(series.high?.[index]),
    panel: at,
    key: keyOf(at, series.label),
  }));
}

/** Grey first, so that colours lie on top. */
const tones = (chart: LinesChart): number[] =>
  [...new Set(chart.panels.flatMap(({ series }) => series.map(({ tone }) => tone)))].sort((a, b) => a - b);

function toneOfKey(chart: LinesChart, key: string): number {
  const [panel] = key.split('/', 1);
  const label = key.slice(panel!.length + 1);
  return chart.panels[Number(panel)]!.series.find((series) => series.label === label)!.tone;
}

export function pointsOf(chart: { x: Axis; y: Axis; panels: readonly SeriesPanel[] }): Point[] {
  return chart.panels.flatMap((panel, at) =>
    panel.series.flatMap((series) =>
      series.values.flatMap((value, index) => {
        if (value === null) return [];
        const band =
          typeof series.low?.[index] === 'number'
            ? `\nfrom ${exact(series.low[index], chart.y)} to ${exact(series.high?.[index], chart.y)}`
            : '';
        const text = `${panel.name === '' ? '' : `${panel.name}: `}${series.label}\n${chart.x.label} ${grouped(panel.x[index]!)}\n${exact(value, chart.y)} ${chart.y.unit}${band}`;
        return [{ x: panel.x[index]!, y: onAxis(value, chart.y), panel: at, of: series.label, text }];
      }),
    ),
  );
}

function addAllEnds(chart: LinesChart, canvas: Canvas, drawing: Drawing, inset: number): void {
  for (const [panel, { x, series }] of chart.panels.entries()) {
    const ends = series.flatMap((one): End[] => {
      const last = one.values.findLastIndex((value) => value !== null);
      if (!one.named || last < 0) return [];
      const [px, py] = pixels(drawing.svg, drawing.grid, panel, x[last], onAxis(one.values[last]!, chart.y));
      const label = shortened(one.label, canvas.width < 500 ? 12 : 17);
      return [{ label, colour: toneColour(canvas.theme, one.tone, chart.ordered), x: px, y: py }];
    });
    addEndsOf(canvas, drawing, panel, ends, inset);
  }
}

/** Labels in the room at the right of a panel. */
export function addEndsOf(canvas: Canvas, drawing: Drawing, panel: number, ends: readonly End[], inset: number): void {
  const { svg, grid } = drawing;
  const right = svg.scale('fx').apply(fxOf(grid, panel)) + grid.panelWidth - inset;
  const top = svg.scale('fy').apply(fyOf(grid, panel));
  addEnds(canvas, svg, ends, right, top + 4, top + panelHeight(svg, grid) - 4);
}

const panelHeight = (svg: PlotSvg, grid: Grid): number => svg.scale('fy').bandwidth ?? grid.height;
