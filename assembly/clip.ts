/**
 * Clip: weights above the consensus are cut down to it; what is left of a row is its validator's trust.
 * Room   assembly (numeric core). Also in src/epoch/reference/clip.ts
 * Spec   docs/spec/yuma-epoch.md 7.2, 7.3
 */

/** An entry above a consensus of 0 is dropped; an entry that is 0 itself stays. trust[i] = sum of row i. */
export function clip(
  n: i32,
  offsets: usize,
  columns: usize,
  values: usize,
  consensus: usize,
  outOffsets: usize,
  outColumns: usize,
  outValues: usize,
  trust: usize,
): void {
  let end: u32 = 0;
  for (let i = 0; i < n; i++) {
    store<u32>(outOffsets + ((<usize>i) << 2), end);
    let sum: i64 = 0;
    const stop = load<u32>(offsets + ((<usize>i) << 2), 4);
    for (let at = load<u32>(offsets + ((<usize>i) << 2)); at < stop; at++) {
      const column = load<u16>(columns + ((<usize>at) << 1));
      const limit = load<i64>(consensus + ((<usize>column) << 3));
      let value = load<i64>(values + ((<usize>at) << 3));
      if (limit < value) {
        if (limit <= 0) continue;
        value = limit;
      }
      sum += value;
      store<u16>(outColumns + ((<usize>end) << 1), column);
      store<i64>(outValues + ((<usize>end) << 3), value);
      end += 1;
    }
    store<i64>(trust + ((<usize>i) << 3), sum);
  }
  store<u32>(outOffsets + ((<usize>n) << 2), end);
}
