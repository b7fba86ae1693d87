/** Dots: what each validator gives each miner, and the bar of consensus that cuts it. */
import * as Plot from '@observablehq/plot';
import type { Axis, DotsChart } from '../page-data.js';
import { type Canvas, type Drawing, element, fxOf, fyOf, gridOf, type PlotSvg, type Point } from './drawing.js';
import { exact, FONT, grouped, textWidth } from './format.js';
import { addKey, addTitles, common, keyHeight, LINE, titleHeight } from './furniture.js';
import { bandTicks } from './heat.js';
import { leftFor } from './scales.js';
import { tag } from './tags.js';
import { toneColour } from './theme.js';
import { tipOf } from './tips.js';

interface Dot {
  readonly column: string;
  readonly row: string;
  readonly share: number;
  readonly raw: number;
  readonly sum: number;
  /** u16. */
  readonly consensus: number;
  readonly clipped: boolean;
  readonly tone: number;
  readonly panel: number;
  /** Pixels beside the middle of the column. */
  readonly dx: number;
}

const CONSENSUS: Axis = { label: 'consensus', unit: '', divisor: 65_535, raw: 'of 65535' };

/** Half a unit of u16: consensus is rounded to it, so a weight that near is not above it. */
const NEAR = 1 / 65_535;

export function drawDots(chart: DotsChart, canvas: Canvas): Drawing {
  const names = [...new Set(chart.panels.flatMap(({ columns }) => columns))];
  const keys = chart.key.length > 1 ? chart.key : [];
  const head = keyHeight(keys, canvas.width) + LINE + titleHeight(canvas, chart.y);
  const most = chart.panels
    .flatMap(({ frames }) => frames)
    .reduce((largest, frame) => {
      if (frame === null) return largest;
      const columns = frame.consensus.length;
      const shares = frame.weights.map((weight, at) => share(weight, frame.sums[Math.floor(at / columns)]!));
      return [...shares, ...frame.consensus.map((value) => value / 65_535)].reduce((a, b) => Math.max(a, b), largest);
    }, 0);
  const domain: [number, number] = [0, most === 0 ? 1 : Math.min(1, most * 1.06)];
  const grid = gridOf(canvas, {
    panels: chart.panels,
    leastWidth: 250,
    panelHeight: canvas.width < 500 ? 210 : 250,
    marginLeft: leftFor(domain),
    marginRight: 8,
    head,
  });
  const room = grid.panelWidth / Math.max(1, names.length);
  const dots = dotsOf(chart, canvas.frame, Math.min(room * 0.7, 60));
  const bars = chart.panels.flatMap((panel, at) =>
    (panel.frames[canvas.frame]?.consensus ?? []).map((value, index) => ({
      column: panel.columns[index]!,
      y: value / 65_535,
      panel: at,
    })),
  );
  const facets = {
    fx: (row: { panel: number }) => fxOf(grid, row.panel),
    fy: (row: { panel: number }) => fyOf(grid, row.panel),
  };
  const points = pointsOf(chart, dots);
  const groups = alike(dots);
  const svg = Plot.plot({
    ...common(canvas, grid),
    x: { label: null, domain: names, padding: 0.1, ...bandTicks(names, grid.panelWidth) },
    y: { label: null, domain, tickSpacing: 45 },
    marks: [
      Plot.gridY({ tickSpacing: 45, stroke: canvas.theme.grid, strokeOpacity: 1 }),
      Plot.ruleY([0], { stroke: canvas.theme.faint, strokeWidth: 0.8 }),
      Plot.tickY(bars, {
        ...facets,
        x: 'column',
        y: 'y',
        stroke: canvas.theme.ink,
        strokeWidth: 3,
        ariaDescription: 'consensus',
      }),
      ...groups.map((group, at) =>
        Plot.dot(group, {
          ...facets,
          x: 'column',
          y: 'share',
          dx: group[0]!.dx,
          symbol: group[0]!.clipped ? 'triangle' : 'circle',
          r: room < 30 ? 2.4 : 3.8,
          fill: (dot: Dot) => toneColour(canvas.theme, dot.tone),
          stroke: canvas.theme.paper,
          strokeWidth: 0.8,
          ariaDescription: `dots ${at}`,
        }),
      ),
      ...tipOf(canvas, grid, points),
    ],
    color: { type: 'identity' },
  }) as unknown as PlotSvg;
  for (const [at, group] of groups.entries()) {
    tag(svg, `dots ${at}`, group, ({ panel, row, column, share, clipped }) => {
      return { panel, row, column, value: share, clipped: String(clipped) };
    });
  }
  tag(svg, 'consensus', bars, ({ panel, column, y }) => ({ panel, column, value: y }));
  const drawing = { svg, grid, points };
  addTitles(canvas, drawing, chart, head);
  addKey(canvas, svg, keys, 'dot');
  addShapes(canvas, svg, keyHeight(keys, canvas.width));
  return drawing;
}

const share = (weight: number, sum: number): number => (sum === 0 ? 0 : weight / sum);

function dotsOf(chart: DotsChart, frame: number, spread: number): Dot[] {
  return chart.panels.flatMap((panel, at) => {
    const shown = panel.frames[frame];
    if (shown === null || shown === undefined) return [];
    const rows = panel.rows.length;
    return shown.weights.flatMap((raw, index) => {
      if (raw === 0) return [];
      const column = index % panel.columns.length;
      const row = Math.floor(index / panel.columns.length);
      const sum = shown.sums[row]!;
      const consensus = shown.consensus[column]!;
      const place = rows === 1 ? 0 : row / (rows - 1) - 0.5;
      return [
        {
          column: panel.columns[column]!,
          row: panel.rows[row]!,
          share: share(raw, sum),
          raw,
          sum,
          consensus,
          clipped: share(raw, sum) > consensus / 65_535 + NEAR,
          tone: panel.tones[row]!,
          panel: at,
          dx: Math.round(place * spread),
        },
      ];
    });
  });
}

/** Dots of one place beside the middle and one shape, which a mark can have one of only. */
function alike(dots: readonly Dot[]): Dot[][] {
  const groups = new Map<string, Dot[]>();
  for (const dot of dots) {
    const key = `${dot.dx} ${dot.clipped}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key)!.push(dot);
  }
  return [...groups.values()];
}

function pointsOf(chart: DotsChart, dots: readonly Dot[]): Point[] {
  return dots.map((dot) => {
    const name = chart.panels[dot.panel]!.name;
    const text = [
      `${name === '' ? '' : `${name}: `}${dot.row} → ${dot.column}`,
      `${grouped(Number(dot.share.toPrecision(5)))} of its weights (${dot.raw} of ${dot.sum})`,
      `consensus ${exact(dot.consensus, CONSENSUS)}`,
      dot.clipped ? 'clipped to consensus' : 'counts in full',
    ].join('\n');
    return { x: dot.column, y: dot.share, panel: dot.panel, of: dot.row, text };
  });
}

/** What the three shapes mean. */
function addShapes(canvas: Canvas, svg: SVGSVGElement, y: number): void {
  const { ink } = canvas.theme;
  let x = 8;
  const add = (d: string, words: string): void => {
    svg.appendChild(element(canvas, 'path', { d, fill: ink, transform: `translate(${x},${y + 7})` }));
    svg.appendChild(element(canvas, 'text', { x: x + 12, y: y + 11, fill: ink, 'font-size': FONT }, words));
    x += 34 + textWidth(words);
  };
  add('M-7,-1.5h14v3h-14z', 'consensus');
  add('M0,-4.5L4.5,3.5L-4.5,3.5Z', 'above, clipped');
  add('M-3.6,0a3.6,3.6 0 1,0 7.2,0a3.6,3.6 0 1,0 -7.2,0', 'counts in full');
}
