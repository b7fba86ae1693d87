/**
 * Rows: what order the columns of stored rows are in.
 * Room   assembly (numeric core); validation does the same in src/epoch/validate.ts
 * Spec   docs/spec/yuma-epoch.md 1.2
 */

/** Whether no row names a column twice or one that is no neuron. `seen` is scratch u32[n]. */
export function rowsAreProper(n: i32, offsets: usize, columns: usize, seen: usize): bool {
  let marked = false;
  for (let i = 0; i < n; i++) {
    const start = load<u32>(offsets + ((<usize>i) << 2));
    const length = <i32>(load<u32>(offsets + ((<usize>i) << 2), 4) - start);
    const row = columns + ((<usize>start) << 1);
    if (ascending(row, length, n)) continue;
    if (!marked) memory.fill(seen, 0, (<usize>n) << 2);
    marked = true;
    for (let k = 0; k < length; k++) {
      const column = <i32>load<u16>(row + ((<usize>k) << 1));
      if (column >= n) return false;
      const slot = seen + ((<usize>column) << 2);
      if (load<i32>(slot) === i + 1) return false;
      store<i32>(slot, i + 1);
    }
  }
  return true;
}

/** Whether columns ascend strictly and stay below n: then none is there twice. */
export function ascending(columns: usize, length: i32, n: i32): bool {
  let k = 0;
  if (ASC_FEATURE_SIMD) {
    for (; k + 9 <= length; k += 8) {
      const here = v128.load(columns + ((<usize>k) << 1));
      const next = v128.load(columns + ((<usize>k) << 1), 2);
      if (!i16x8.all_true(i16x8.lt_u(here, next))) return false;
    }
  }
  for (; k + 1 < length; k++) {
    if (load<u16>(columns + ((<usize>k) << 1)) >= load<u16>(columns + ((<usize>k) << 1), 2)) return false;
  }
  return length === 0 || <i32>load<u16>(columns + ((<usize>(length - 1)) << 1)) < n;
}
