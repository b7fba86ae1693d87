/** Bars: differences to either side of 0. */
import * as Plot from '@observablehq/plot';
import type { Bar, BarsChart } from '../page-data.js';
import { type Canvas, type Drawing, fxOf, fyOf, gridOf, type PlotSvg, type Point } from './drawing.js';
import { exact, onAxis, shortened, textWidth } from './format.js';
import { addTitles, common, titleHeight } from './furniture.js';
import { tag } from './tags.js';
import { tipOf } from './tips.js';

interface Row extends Bar {
  readonly change: number;
  readonly panel: number;
}

export function drawBars(chart: BarsChart, canvas: Canvas): Drawing {
  const rows = chart.panels.flatMap(({ bars }, panel) =>
    bars.map((bar): Row => ({ ...bar, change: onAxis(bar.changed - bar.baseline, chart.value), panel })),
  );
  const names = [...new Set(rows.map(({ label }) => label))];
  const mostText = canvas.width < 500 ? 14 : 28;
  const head = titleHeight(canvas, chart.y);
  const grid = gridOf(canvas, {
    panels: chart.panels,
    leastWidth: 240,
    panelHeight: Math.max(60, names.length * 19),
    marginLeft: Math.max(40, 14 + Math.max(0, ...names.map((name) => textWidth(shortened(name, mostText))))),
    marginRight: 12,
    head,
  });
  const facets = {
    fx: (row: { panel: number }) => fxOf(grid, row.panel),
    fy: (row: { panel: number }) => fyOf(grid, row.panel),
  };
  const most = rows.reduce((largest, { change }) => Math.max(largest, Math.abs(change)), 0) || 1;
  const least = rows.some(({ change }) => change < 0) ? -most : 0;
  const largest = rows.some(({ change }) => change > 0) ? most : 0;
  const points = rows.map(
    ({ label, change, panel, baseline, changed }): Point => ({
      x: change,
      y: label,
      panel,
      of: label,
      text: `${label}\n${change > 0 ? '+' : ''}${exact(changed - baseline, chart.value)} ${chart.value.unit}\nfrom ${exact(baseline, chart.value)}\nto ${exact(changed, chart.value)}`,
    }),
  );
  const { diverging } = canvas.theme;
  const svg = Plot.plot({
    ...common(canvas, grid),
    color: { type: 'identity' },
    x: {
      label: null,
      domain: [least, largest],
      nice: true,
      insetLeft: least < 0 ? 56 : 0,
      insetRight: largest > 0 ? 56 : 0,
    },
    y: {
      label: null,
      domain: names,
      padding: 0.25,
      tickSize: 0,
      tickFormat: (name: string) => shortened(name, mostText),
    },
    marks: [
      Plot.gridX({ stroke: canvas.theme.grid, strokeOpacity: 1 }),
      Plot.barX(rows, {
        ...facets,
        x1: 0,
        x2: 'change',
        y: 'label',
        fill: ({ change }: Row) => diverging.at(change < 0 ? 1 : -2)!,
        ariaDescription: 'bars',
      }),
      ...[-1, 1].map((side) =>
        Plot.text(
          rows.filter(({ change }) => Math.sign(change) === side),
          {
            ...facets,
            x: 'change',
            y: 'label',
            text: ({ change }: Row) => `${side > 0 ? '+' : '−'}${amount(Math.abs(change))}`,
            textAnchor: side > 0 ? 'start' : 'end',
            dx: 4 * side,
            fill: canvas.theme.ink,
            ariaDescription: 'amounts',
          },
        ),
      ),
      Plot.ruleX([0], { stroke: canvas.theme.ink, strokeWidth: 1 }),
      ...tipOf(canvas, grid, points),
    ],
  }) as unknown as PlotSvg;
  tag(svg, 'bars', rows, ({ panel, label, change }) => ({ panel, row: label, value: change }));
  const drawing = { svg, grid, points };
  addTitles(canvas, drawing, { x: chart.value, y: chart.y, panels: chart.panels }, head);
  return drawing;
}

/** Three digits, or all before the point. */
const amount = (size: number): string => (size >= 1_000 ? String(Math.round(size)) : size.toPrecision(3));
