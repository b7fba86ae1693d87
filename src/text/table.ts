/** Table: cells in columns as wide as they need to be. Numbers stand to the right; a column without a cell is left out. */
import { type Paint, paint } from './paint.js';
import { widthOf, wrap } from './wrap.js';

export interface Column {
  readonly title: string;
  /** Default right. */
  readonly align?: 'left' | 'right';
}

export interface TableOptions {
  /** Default 2. */
  readonly indent?: number;
  readonly colors?: Paint;
  /** A last column that stands to the left is wrapped within it. Default: as wide as it comes. */
  readonly width?: number;
}

const GAP = '  ';
/** A last column is not wrapped to less than this. */
const NARROWEST = 16;

/** Lines of the table, its titles first; cells may be coloured. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { indent = 2, colors = paint(false), width = Number.POSITIVE_INFINITY }: TableOptions = {},
): string[] {
  const used = [...columns.keys()].filter((at) => rows.some((row) => (row[at] ?? '') !== ''));
  const widths = used.map((at) => Math.max(columns[at]!.title.length, ...rows.map((row) => widthOf(row[at] ?? ''))));
  const wraps = columns[used.at(-1) ?? 0]?.align === 'left';
  const before = widths.slice(0, -1).reduce((sum, size) => sum + size + GAP.length, indent);
  const room = Math.max(NARROWEST, width - before);

  const line = (cells: readonly string[]): string[] => {
    const padded = used.map((at, place) => {
      const cell = cells[at] ?? '';
      if (wraps && place === used.length - 1) return cell;
      const space = ' '.repeat(widths[place]! - widthOf(cell));
      return columns[at]!.align === 'left' ? cell + space : space + cell;
    });
    const [first, ...more] = wraps ? wrap(padded.pop()!, room) : [''];
    const whole = ' '.repeat(indent) + [...padded, ...(wraps ? [first] : [])].join(GAP);
    return [whole.trimEnd(), ...more.map((text) => ' '.repeat(before) + text)];
  };
  return [...line(columns.map(({ title }) => title)).map(colors.faint), ...rows.flatMap(line)];
}
