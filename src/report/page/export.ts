/** Export: a drawing as a file of its own, light, at the width of a page of a paper. */
import type { Chart } from '../page-data.js';
import { draw } from './draw.js';
import { element } from './drawing.js';
import { LIGHT } from './theme.js';

/** Pixels. */
const PAPER_WIDTH = 860;

/** The chart as the text of an SVG file. @param source named in its description: what makes it again */
export function svgFile(chart: Chart, frame: number, source: string, document: Document): string {
  const canvas = { document, width: PAPER_WIDTH, theme: LIGHT, interactive: false, frame };
  const { svg } = draw(chart, canvas);
  const title = element(canvas, 'title', {}, chart.title);
  const words = element(canvas, 'desc', {}, `${chart.caption} ${chart.note ?? ''} ${source}`);
  svg.insertBefore(words, svg.firstChild);
  svg.insertBefore(title, words);
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return `<?xml version="1.0" encoding="utf-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}

/** Has the browser save a text as a file. */
export function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // the browser reads the blob after the click has returned
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
