/** Pointing: the value under the pointer, or under the arrow keys, as text beside the chart. */
import { type Drawing, type PlotSvg, type Point, pixels } from './drawing.js';

/** Keys that move, along a line and from line to line. */
const MOVES: Record<string, readonly [line: number, step: number]> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

export class Pointing {
  private lines: Point[][] = [];
  private line = 0;
  private step = -1;
  private drawing: Drawing | undefined;

  constructor(
    holder: HTMLElement,
    private readonly readout: HTMLElement,
  ) {
    holder.addEventListener('keydown', (event) => this.move(event));
  }

  /** A new drawing, in the place of the one before. */
  take(drawing: Drawing): void {
    this.drawing = drawing;
    const lines = new Map<string, Point[]>();
    for (const point of drawing.points) {
      const name = `${point.panel}/${point.of}`;
      if (!lines.has(name)) lines.set(name, []);
      lines.get(name)!.push(point);
    }
    this.lines = [...lines.values()];
    this.line = 0;
    this.step = -1;
    const { svg } = drawing;
    svg.addEventListener('input', () => {
      const point = (svg as PlotSvg & { value: Point | null }).value;
      this.say(point);
      highlight(svg, point);
    });
  }

  private move(event: KeyboardEvent): void {
    const move = MOVES[event.key];
    if (move === undefined || this.lines.length === 0 || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    this.line = (this.line + move[0] + this.lines.length) % this.lines.length;
    const points = this.lines[this.line]!;
    this.step = Math.max(0, Math.min(points.length - 1, this.step + move[1]));
    const point = points[this.step]!;
    const { svg, grid } = this.drawing!;
    const [x, y] = pixels(svg, grid, point.panel, point.x, point.y);
    const box = svg.getBoundingClientRect();
    const scale = box.width / grid.width;
    const at = { clientX: box.left + x * scale, clientY: box.top + y * scale, pointerType: 'mouse', bubbles: true };
    svg.dispatchEvent(new PointerEvent('pointermove', at));
    this.say(point);
    highlight(svg, point);
  }

  private say(point: Point | null): void {
    this.readout.textContent = point === null ? '' : point.text.replaceAll('\n', ' · ');
  }
}

/** Dims the lines that the point is not of. */
function highlight(svg: SVGSVGElement, point: Point | null): void {
  for (const path of svg.querySelectorAll<SVGPathElement>('path[data-series]')) {
    path.style.opacity = point === null || path.dataset.series === point.of ? '' : '0.25';
  }
}
