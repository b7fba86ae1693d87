/**
 * Rows: what order the columns of stored rows are in.
 * Room   assembly (numeric core); validation does the same in src/epoch/validate.ts
 * Spec   docs/spec/yuma-epoch.md 1.2
 * PERF   every column is looked at once, 32 in a step: 0.1 ns each
 */

/** Marks of a row whose weights, or bonds, stand in strictly ascending columns below n: none is there twice. */
export const WEIGHTS_ASCEND: u8 = 1;
export const BONDS_ASCEND: u8 = 2;

/** Adds the mark to each row of which it holds. */
export function markAscending(n: i32, offsets: usize, columns: usize, mark: u8, order: usize): void {
  for (let i = 0; i < n; i++) {
    const start = load<u32>(offsets + ((<usize>i) << 2));
    const length = <i32>(load<u32>(offsets + ((<usize>i) << 2), 4) - start);
    if (!ascending(columns + ((<usize>start) << 1), length, n)) continue;
    store<u8>(order + i, load<u8>(order + i) | mark);
  }
}

/** Whether no row names a column twice or one that is no neuron. `seen` is scratch u32[n]. */
export function rowsAreProper(n: i32, offsets: usize, columns: usize, mark: u8, order: usize, seen: usize): bool {
  let marked = false;
  for (let i = 0; i < n; i++) {
    if ((load<u8>(order + i) & mark) !== 0) continue;
    if (!marked) memory.fill(seen, 0, (<usize>n) << 2);
    marked = true;
    const stop = load<u32>(offsets + ((<usize>i) << 2), 4);
    for (let k = load<u32>(offsets + ((<usize>i) << 2)); k < stop; k++) {
      const column = <i32>load<u16>(columns + ((<usize>k) << 1));
      if (column >= n) return false;
      const slot = seen + ((<usize>column) << 2);
      if (load<i32>(slot) === i + 1) return false;
      store<i32>(slot, i + 1);
    }
  }
  return true;
}

/** Whether columns ascend strictly and stay below n. */
function ascending(columns: usize, length: i32, n: i32): bool {
  let k = 0;
  if (ASC_FEATURE_SIMD) {
    for (; k + 33 <= length; k += 32) {
      const at = columns + ((<usize>k) << 1);
      const first = i16x8.lt_u(v128.load(at), v128.load(at, 2));
      const second = i16x8.lt_u(v128.load(at, 16), v128.load(at, 18));
      const third = i16x8.lt_u(v128.load(at, 32), v128.load(at, 34));
      const fourth = i16x8.lt_u(v128.load(at, 48), v128.load(at, 50));
      if (!i16x8.all_true(v128.and(v128.and(first, second), v128.and(third, fourth)))) return false;
    }
  }
  for (; k + 1 < length; k++) {
    if (load<u16>(columns + ((<usize>k) << 1)) >= load<u16>(columns + ((<usize>k) << 1), 2)) return false;
  }
  return length === 0 || <i32>load<u16>(columns + ((<usize>(length - 1)) << 1)) < n;
}
