/** Areas: amounts on top of each other. */
import * as Plot from '@observablehq/plot';
import type { AreasChart } from '../page-data.js';
import { type Canvas, type Drawing, fxOf, fyOf, gridOf, type PlotSvg, type Point, pixels } from './drawing.js';
import { onAxis, shortened } from './format.js';
import { addTitles, common, titleHeight } from './furniture.js';
import { addEndsOf, endsWidth, pointsOf } from './lines.js';
import { leftFor, ticksFor, xDomain } from './scales.js';
import { tag } from './tags.js';
import { toneColour } from './theme.js';
import { tipOf } from './tips.js';

interface Row {
  readonly x: number;
  readonly low: number;
  readonly high: number;
  readonly panel: number;
  readonly tone: number;
  readonly label: string;
}

export function drawAreas(chart: AreasChart, canvas: Canvas): Drawing {
  const rows = rowsOf(chart);
  const inset = endsWidth(
    chart.panels.flatMap(({ series }) => series.map(({ label }) => label)),
    canvas,
  );
  const largest = rows.reduce((most, { high }) => Math.max(most, high), 0);
  const domain: [number, number] = [0, largest === 0 ? 1 : largest];
  const head = titleHeight(canvas, chart.y);
  const grid = gridOf(canvas, {
    panels: chart.panels,
    leastWidth: 250,
    panelHeight: canvas.width < 500 ? 220 : 260,
    marginLeft: leftFor(domain),
    marginRight: 8,
    head,
  });
  const xs = rows.map(({ x }) => x);
  const points = stacked(pointsOf(chart));
  const svg = Plot.plot({
    ...common(canvas, grid),
    x: {
      label: null,
      domain: xDomain(xs, chart.x),
      insetRight: inset,
      ...ticksFor(
        chart.panels.flatMap(({ x }) => x),
        grid.panelWidth - inset,
      ),
    },
    y: { label: null, domain, tickSpacing: 45 },
    marks: [
      Plot.gridY({ tickSpacing: 45, stroke: canvas.theme.grid, strokeOpacity: 1 }),
      ...[...new Set(rows.map(({ tone }) => tone))].map((tone) =>
        Plot.areaY(
          rows.filter((row) => row.tone === tone),
          {
            x: 'x',
            y1: 'low',
            y2: 'high',
            z: 'label',
            fx: (row: Row) => fxOf(grid, row.panel),
            fy: (row: Row) => fyOf(grid, row.panel),
            fill: toneColour(canvas.theme, tone),
            fillOpacity: tone < 0 ? 0.35 : 0.8,
            stroke: canvas.theme.paper,
            strokeWidth: 1,
            ariaDescription: `area ${tone}`,
          },
        ),
      ),
      Plot.ruleY([0], { stroke: canvas.theme.faint, strokeWidth: 0.8 }),
      ...tipOf(canvas, grid, points),
    ],
  }) as unknown as PlotSvg;
  for (const tone of new Set(rows.map((row) => row.tone))) {
    const own = rows.filter((row) => row.tone === tone);
    tag(svg, `area ${tone}`, own, ({ panel, label }) => ({ panel, series: label }));
  }
  const drawing = { svg, grid, points };
  addTitles(canvas, drawing, chart, head);
  for (const panel of chart.panels.keys()) {
    const ends = chart.panels[panel]!.series.flatMap(({ label, tone }) => {
      const row = rows.findLast((one) => one.panel === panel && one.label === label);
      if (row === undefined || row.high === row.low) return [];
      const [x, y] = pixels(svg, grid, panel, row.x, (row.low + row.high) / 2);
      return [{ label: shortened(label, canvas.width < 500 ? 12 : 17), colour: toneColour(canvas.theme, tone), x, y }];
    });
    addEndsOf(canvas, drawing, panel, ends, inset);
  }
  return drawing;
}

/** Bounds of each area; one epoch alone is half an epoch wide to either side. */
function rowsOf(chart: AreasChart): Row[] {
  return chart.panels.flatMap(({ x, series }, panel) => {
    const below = x.map(() => 0);
    return series.flatMap(({ label, tone, values }) =>
      x.flatMap((at, index) => {
        const low = below[index]!;
        const high = low + onAxis(values[index] ?? 0, chart.y);
        below[index] = high;
        const xs = x.length === 1 ? [at - 0.5, at + 0.5] : [at];
        return xs.map((place) => ({ x: place, low, high, panel, tone, label }));
      }),
    );
  });
}

/** Points in the middle of their areas. */
function stacked(points: readonly Point[]): Point[] {
  const below = new Map<string, number>();
  return points.map((point) => {
    const at = `${point.panel}/${point.x}`;
    const low = below.get(at) ?? 0;
    const size = point.y as number;
    below.set(at, low + size);
    return { ...point, y: low + size / 2 };
  });
}
