/**
 * Weights: the rows that count, without the masked entries, each over its own sum.
 * Room   assembly (numeric core). Also in src/epoch/reference/weights.ts
 * Spec   docs/spec/yuma-epoch.md 6
 * Layout rows: offsets u32[n + 1], columns u16, values u16 in; values raw i64 out, entries in stored order
 * Exact  v * 2^32 < 2^48 and the row sum R < 2^31: a quotient that is no integer lies at least 1 / R below the next one,
 *        more than half a unit in the last place of a number up to 2^48 / R, so one f64 division and a floor are exact
 */

/** Appends the entries that no mask removes, row by row, and divides each row by the sum of what is left. */
export function weights(
  n: i32,
  offsets: usize,
  columns: usize,
  values: usize,
  permit: usize,
  lastUpdate: usize,
  registeredAt: usize,
  commitBlock: usize,
  commitReveal: bool,
  owner: i32,
  outOffsets: usize,
  outColumns: usize,
  outValues: usize,
): void {
  let end: u32 = 0;
  for (let i = 0; i < n; i++) {
    store<u32>(outOffsets + ((<usize>i) << 2), end);
    if (load<u8>(permit + i) === 0) continue;
    // An entry towards j is void if j registered at or after the row's last update, or after its open commit.
    const updated = load<u64>(lastUpdate + ((<usize>i) << 3));
    const committed = commitReveal ? load<u64>(commitBlock + ((<usize>i) << 3)) : u64.MAX_VALUE;
    const rowStart = end;
    let sum: u64 = 0;
    const stop = load<u32>(offsets + ((<usize>i) << 2), 4);
    for (let at = load<u32>(offsets + ((<usize>i) << 2)); at < stop; at++) {
      const column = <i32>load<u16>(columns + ((<usize>at) << 1));
      if (column >= n || (column === i && i !== owner)) continue;
      const registered = load<u64>(registeredAt + ((<usize>column) << 3));
      if (updated <= registered || committed < registered) continue;
      const value = <u64>load<u16>(values + ((<usize>at) << 1));
      sum += value;
      store<u16>(outColumns + ((<usize>end) << 1), <u16>column);
      store<u64>(outValues + ((<usize>end) << 3), value);
      end += 1;
    }
    // The chain's sum is sum * 2^32 modulo 2^64 and divides only if positive: else values stay as they are stored. Only
    // rows of more than 32 768 entries, which name columns twice, get there; and rows of zeros, which stay zeros.
    const divisor = sum & 0xffff_ffff;
    const divides = divisor !== 0 && divisor < 0x8000_0000;
    for (let at = rowStart; at < end; at++) {
      const slot = outValues + ((<usize>at) << 3);
      const value = load<u64>(slot) << 32;
      store<u64>(slot, divides ? <u64>(<f64>value / <f64>divisor) : value);
    }
  }
  store<u32>(outOffsets + ((<usize>n) << 2), end);
}
