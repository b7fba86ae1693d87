/**
 * Rows: opinions that many share, in any order, with explicit zeros.
 * PERF   straight into two buffers that are kept, and copied out once
 */
import type { SparseRows } from '#yuma/epoch/input.js';
import type { Random } from '#yuma/sample/random.js';
import { oneIn, pick, u16 } from './integers.js';

/** How the rows of a matrix look. */
export interface RowStyle {
  /** Also duplicate columns, columns >= n, more or fewer rows than n. */
  readonly odd: boolean;
  /** Columns ascend in every row, as the core's lanes need it. */
  readonly sorted: boolean;
  /** One row in so many has entries. */
  readonly everyNth: number;
}

const VALUES = [0, 1, 2, 30_000, 32_768, 65_534, 65_535];

let columns = new Uint16Array(4_096);
let values = new Uint16Array(4_096);
let end = 0;

export function drawRows(random: Random, n: number, style: RowStyle): SparseRows {
  const count = style.odd && oneIn(random, 7) ? random.below(n + 3) : n;
  const offsets = new Uint32Array(count + 1);
  makeRoom((count + 1) * (n + 5));
  drawRow(random, n, style); // the shared opinion lies first
  const shared = end;
  for (let row = 0; row < count; row++) {
    if (style.everyNth === 1 || oneIn(random, style.everyNth)) {
      const kind = random.below(10);
      if (kind < 7) {
        const from = end;
        columns.copyWithin(end, 0, shared);
        values.copyWithin(end, 0, shared);
        end += shared;
        if (kind >= 4 && end > from) values[from + random.below(end - from)] = drawValue(random);
      } else if (kind < 9) drawRow(random, n, style);
    }
    offsets[row + 1] = end - shared;
  }
  const rows = { offsets, columns: columns.slice(shared, end), values: values.slice(shared, end) };
  end = 0;
  return rows;
}

function makeRoom(entries: number): void {
  if (columns.length >= entries) return;
  columns = new Uint16Array(entries);
  values = new Uint16Array(entries);
}

const drawValue = (random: Random): number => (oneIn(random, 2) ? pick(random, VALUES) : u16(random));

function drawRow(random: Random, n: number, { odd, sorted }: RowStyle): void {
  const from = end;
  if (odd && oneIn(random, 4)) {
    for (let left = random.below(n + 5); left > 0; left--) {
      const outside = n === 0 || oneIn(random, 7);
      columns[end++] = outside ? pick(random, [n, n + 1, 65_535]) : random.below(n);
    }
  } else {
    const density = pick(random, [1, 1, 0.5, random.uniform(), 2 / (n + 1)]);
    for (let column = 0; column < n; column++) if (density === 1 || random.chance(density)) columns[end++] = column;
    if (!sorted && oneIn(random, 2)) random.shuffle(columns, from, end);
  }
  for (let at = from; at < end; at++) values[at] = drawValue(random);
}
