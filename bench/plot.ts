/** Plot: lines of points on two logarithmic axes, as SVG text. A faint diagonal shows what slope 1 looks like. */

export interface Point {
  /** Both above 0. */
  readonly x: number;
  readonly y: number;
}

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
}

export interface Labels {
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

const WIDTH = 760;
const HEIGHT = 500;
const LEFT = 70;
const RIGHT = 190;
const TOP = 50;
const BOTTOM = 60;

/** Colours that people who see red and green alike can tell apart, and marks that need no colour (Okabe, Ito). */
const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00'] as const;

interface Axis {
  readonly from: number;
  readonly to: number;
  /** Pixel of a value. */
  readonly at: (value: number) => number;
}

export function plot(lines: readonly Series[], { title, x, y }: Labels): string {
  const points = lines.flatMap((line) => line.points);
  const across = axis(
    points.map((point) => point.x),
    LEFT,
    WIDTH - RIGHT,
  );
  const up = axis(
    points.map((point) => point.y),
    HEIGHT - BOTTOM,
    TOP,
  );
  const middle = (LEFT + WIDTH - RIGHT) / 2;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(LEFT, 26, title, 'font-size="14" font-weight="bold"'),
    ...gridOf(across, up),
    text(middle, HEIGHT - 14, x, 'text-anchor="middle"'),
    text(18, (TOP + HEIGHT - BOTTOM) / 2, y, 'text-anchor="middle"'),
    slopeOne(across, up),
    ...lines.flatMap((line, at) => drawn(line, at, across, up)),
    '</svg>',
  ].join('\n')}\n`;
}

/** Whole decades around the values. */
function axis(values: readonly number[], start: number, end: number): Axis {
  const from = Math.floor(Math.log10(Math.min(...values)));
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values))));
  return { from, to, at: (value) => start + ((Math.log10(value) - from) / (to - from)) * (end - start) };
}

function gridOf(across: Axis, up: Axis): string[] {
  const lines: string[] = [];
  for (let decade = across.from; decade <= across.to; decade++) {
    const x = pixel(across.at(10 ** decade));
    lines.push(`<path d="M${x} ${TOP}V${HEIGHT - BOTTOM}" stroke="#ddd"/>`);
    lines.push(text(x, HEIGHT - BOTTOM + 20, decadeText(decade), 'text-anchor="middle"'));
  }
  for (let decade = up.from; decade <= up.to; decade++) {
    const y = pixel(up.at(10 ** decade));
    lines.push(`<path d="M${LEFT} ${y}H${WIDTH - RIGHT}" stroke="#ddd"/>`);
    lines.push(text(LEFT - 8, y + 4, decadeText(decade), 'text-anchor="end"'));
  }
  return lines;
}

/** Through the middle of the picture, as far as the axes go. */
function slopeOne(across: Axis, up: Axis): string {
  const offset = (up.from + up.to - across.from - across.to) / 2;
  const from = Math.max(across.from, up.from - offset);
  const to = Math.min(across.to, up.to - offset);
  const end = (exponent: number): string =>
    `${pixel(across.at(10 ** exponent))} ${pixel(up.at(10 ** (exponent + offset)))}`;
  const line = `<path d="M${end(from)}L${end(to)}" stroke="#999" stroke-dasharray="4 4" fill="none"/>`;
  const legend = text(WIDTH - RIGHT + 40, HEIGHT - BOTTOM, 'slope 1', 'fill="#777"');
  const sample = `<path d="M${WIDTH - RIGHT + 10} ${HEIGHT - BOTTOM - 4}h22" stroke="#999" stroke-dasharray="4 4"/>`;
  return [line, sample, legend].join('\n');
}

function drawn({ name, points }: Series, at: number, across: Axis, up: Axis): string[] {
  const color = COLORS[at % COLORS.length]!;
  const places = points.map((point) => [pixel(across.at(point.x)), pixel(up.at(point.y))] as const);
  const y = TOP + 16 + 24 * at;
  return [
    `<polyline points="${places.map(([px, py]) => `${px},${py}`).join(' ')}" fill="none" stroke="${color}" stroke-width="1.5"/>`,
    ...places.map(([px, py]) => mark(px, py, at, color)),
    `<path d="M${WIDTH - RIGHT + 10} ${y}h22" stroke="${color}" stroke-width="1.5"/>`,
    mark(WIDTH - RIGHT + 21, y, at, color),
    text(WIDTH - RIGHT + 40, y + 4, name),
  ];
}

/** Circle, square, diamond, triangle, in turn. */
function mark(x: number, y: number, at: number, color: string): string {
  const shapes = [
    `<circle cx="${x}" cy="${y}" r="3.5" fill="${color}"/>`,
    `<rect x="${x - 3}" y="${y - 3}" width="6" height="6" fill="${color}"/>`,
    `<path d="M${x} ${y - 4.5}l4.5 4.5l-4.5 4.5l-4.5 -4.5z" fill="${color}"/>`,
    `<path d="M${x} ${y - 4.5}l4.5 8h-9z" fill="${color}"/>`,
  ];
  return shapes[at % shapes.length]!;
}

/** Least squares through the logarithms: 1 where cost grows as the number of weights does. */
export function slopeOf(points: readonly Point[]): number {
  const logs = points.map(({ x, y }) => [Math.log(x), Math.log(y)] as const);
  const mean = (part: 0 | 1): number => logs.reduce((sum, log) => sum + log[part], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const both = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return both / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

/** `0.001` to `1000`; beyond that the power. */
function decadeText(decade: number): string {
  if (decade < -3 || decade > 3) return `10${superscript(decade)}`;
  return decade < 0 ? (10 ** decade).toFixed(-decade) : String(10 ** decade);
}

const superscript = (exponent: number): string =>
  String(exponent).replace(/./g, (digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]!));

const text = (x: number, y: number, content: string, attributes = ''): string =>
  `<text x="${x}" y="${y}"${attributes === '' ? '' : ` ${attributes}`}>${escaped(content)}</text>`;

const escaped = (content: string): string => content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const pixel = (value: number): number => Math.round(value * 10) / 10;
