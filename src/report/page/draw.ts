/** Draw: a chart by its kind. */
import type { Chart, Frames } from '../page-data.js';
import { drawAreas } from './areas.js';
import { drawBars } from './bars.js';
import { drawDots } from './dots.js';
import type { Canvas, Drawing } from './drawing.js';
import { drawHeat } from './heat.js';
import { drawLines } from './lines.js';

export function draw(chart: Chart, canvas: Canvas): Drawing {
  switch (chart.kind) {
    case 'lines':
      return drawLines(chart, canvas);
    case 'areas':
      return drawAreas(chart, canvas);
    case 'heat':
      return drawHeat(chart, canvas);
    case 'dots':
      return drawDots(chart, canvas);
    case 'bars':
      return drawBars(chart, canvas);
  }
}

/** Numbers of the frames of a chart; none = it has one picture only. */
export const framesOf = (chart: Chart): Frames | undefined => ('frames' in chart ? chart.frames : undefined);
