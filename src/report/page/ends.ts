/** Ends: labels at the ends of lines, moved apart where they would lie on each other. */
import { apart } from './apart.js';
import { type Canvas, element, type PlotSvg } from './drawing.js';
import { FONT } from './format.js';

export interface End {
  readonly label: string;
  readonly colour: string;
  /** Where the line ends. */
  readonly x: number;
  readonly y: number;
}

const HEIGHT = 14;

/** Pixels from which a label is so far from its line that the way to it must not look like the line. */
const FAR = 12;

/** Labels to the right of `x`, each joined to the end of its line. */
export function addEnds(
  canvas: Canvas,
  svg: PlotSvg,
  ends: readonly End[],
  x: number,
  top: number,
  bottom: number,
): void {
  const places = apart(
    ends.map(({ y }) => y),
    HEIGHT,
    top,
    Math.max(top, bottom),
  );
  for (const [at, end] of ends.entries()) {
    const y = places[at]!;
    const path = `M${end.x + 2},${end.y}L${x + 3},${end.y}L${x + 9},${y}`;
    svg.appendChild(
      element(canvas, 'path', {
        d: path,
        fill: 'none',
        stroke: end.colour,
        'stroke-width': 1,
        'stroke-opacity': 0.7,
        'stroke-dasharray': x - end.x > FAR ? '1 4' : 'none',
        class: 'leader',
      }),
    );
    svg.appendChild(
      element(
        canvas,
        'text',
        {
          x: x + 12,
          y: y + 4,
          fill: canvas.theme.ink,
          'font-size': FONT,
          class: 'end',
          stroke: canvas.theme.paper,
          'stroke-width': 4,
          'paint-order': 'stroke',
        },
        end.label,
      ),
    );
  }
}
