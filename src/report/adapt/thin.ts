/**
 * Thin: what a chart leaves out so that a page stays handy. Nothing is averaged but the rest of the series, and a note
 * on the chart says each time what was done.
 */

/** Most points of a line. */
export const MOST_EPOCHS = 500;

/** Most lines of a panel. */
export const MOST_SERIES = 64;

/** Most numbers of one chart of lines, all panels together; beyond it lines get fewer points, down to `LEAST_EPOCHS`. */
export const MOST_POINTS = 60_000;
export const LEAST_EPOCHS = 60;

/** Most rows and columns of a matrix. */
export const MOST_ROWS = 64;

/** Most cells of one chart of matrices, all frames and panels together. */
export const MOST_CELLS = 100_000;

/** Indices of at most `most` of `count` things, evenly apart, the first and the last among them. */
export function evenly(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, at) => at);
  if (most <= 1) return count > 0 ? [count - 1] : [];
  return Array.from({ length: most }, (_, at) => Math.round((at * (count - 1)) / (most - 1)));
}

/** The `most` of `items` with the largest totals, in their old order. Of equal totals the first ones stay. */
export function largest<T>(items: readonly T[], total: (item: T) => number, most: number): T[] {
  if (items.length <= most) return [...items];
  const ranked = items.map((item, at) => ({ item, at, total: total(item) }));
  ranked.sort((a, b) => b.total - a.total || a.at - b.at);
  return ranked
    .slice(0, most)
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Notes as one text, `undefined` for none. */
export const notes = (...texts: readonly (string | false | undefined)[]): { note?: string } => {
  const said = texts.filter(Boolean).join(' ');
  return said === '' ? {} : { note: said };
};
