/** Tips: the exact value under the pointer. */
import * as Plot from '@observablehq/plot';
import { type Canvas, fxOf, fyOf, type Grid, type Point } from './drawing.js';
import { FONT } from './format.js';

/** Marks that show the text of the point nearest to the pointer. */
export const tipOf = (canvas: Canvas, grid: Grid, points: readonly Point[]): Plot.Markish[] =>
  canvas.interactive
    ? [
        Plot.tip(
          points,
          Plot.pointer({
            x: 'x',
            y: 'y',
            fx: (point: Point) => fxOf(grid, point.panel),
            fy: (point: Point) => fyOf(grid, point.panel),
            title: 'text',
            fill: canvas.theme.paper,
            stroke: canvas.theme.faint,
            lineWidth: canvas.width < 500 ? 11 : 24,
            lineHeight: 1.25,
            fontSize: FONT,
          }),
        ),
      ]
    : [];
