/** Rows: a sparse matrix of float64 in compressed rows, and what all stages of the peer do with one. */

export interface Rows {
  /** Length n + 1. */
  readonly offsets: Uint32Array;
  readonly columns: Uint16Array;
  readonly values: Float64Array;
}

/** The least proportion that the chain can hold: what is below counts as nothing. */
export const LEAST = 2 ** -32;

/** Rows are appended one after the other; those without entries are empty. */
export class RowsBuilder {
  private readonly offsets: Uint32Array;
  private readonly columns: Uint16Array;
  private readonly values: Float64Array;
  private end = 0;

  /** @param most entries at most */
  constructor(
    private readonly n: number,
    most: number,
  ) {
    this.offsets = new Uint32Array(n + 1);
    this.columns = new Uint16Array(most);
    this.values = new Float64Array(most);
  }

  add(column: number, value: number): void {
    this.columns[this.end] = column;
    this.values[this.end] = value;
    this.end += 1;
  }

  endRow(uid: number): void {
    this.offsets[uid + 1] = this.end;
  }

  /** Values of the row that is being built. */
  row(uid: number): Float64Array {
    return this.values.subarray(this.offsets[uid]!, this.end);
  }

  build(): Rows {
    return {
      offsets: this.offsets.subarray(0, this.n + 1),
      columns: this.columns.subarray(0, this.end),
      values: this.values.subarray(0, this.end),
    };
  }
}

/** Sum of each row. */
export function rowSums({ offsets, values }: Rows): Float64Array {
  const sums = new Float64Array(offsets.length - 1);
  for (let uid = 0; uid < sums.length; uid++) {
    let sum = 0;
    for (let at = offsets[uid]!; at < offsets[uid + 1]!; at++) sum += values[at]!;
    sums[uid] = sum;
  }
  return sums;
}

export function columnSums({ columns, values, offsets }: Rows): Float64Array {
  const sums = new Float64Array(offsets.length - 1);
  for (let at = 0; at < columns.length; at++) sums[columns[at]!]! += values[at]!;
  return sums;
}

/** Each entry over its column's divisor, in place; columns whose divisor is 0 stay as they are. */
export function divideColumns({ columns, values }: Rows, divisors: Float64Array): void {
  for (let at = 0; at < columns.length; at++) {
    const divisor = divisors[columns[at]!]!;
    if (divisor > 0) values[at]! /= divisor;
  }
}

/** Over its sum, in place; unchanged where that is 0. */
export function normalize(vector: Float64Array): Float64Array {
  const sum = vector.reduce((held, value) => held + value, 0);
  if (sum > 0) for (let at = 0; at < vector.length; at++) vector[at]! /= sum;
  return vector;
}
