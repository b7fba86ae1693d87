/** Arbitrary rows of weights or bonds: opinions that many share, in any order, with explicit zeros. */
import fc from 'fast-check';

export type Rows = [column: number, value: number][][];

const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, 1, 2, 30_000, 32_768, 65_534, 65_535) },
  fc.nat(65_535),
);

/**
 * @param odd also duplicate columns, columns >= n, more or fewer rows than n
 * @param sorted columns ascend in every row, and many rows name them all, or a single one
 */
export function rows(n: number, odd: boolean, sorted = false): fc.Arbitrary<Rows> {
  const proper = sorted ? sortedRow(n) : properRow(n);
  const row = odd ? fc.oneof({ weight: 3, arbitrary: proper }, oddRow(n)) : proper;
  const count = odd ? fc.oneof({ weight: 6, arbitrary: fc.constant(n) }, fc.nat(n + 2)) : fc.constant(n);
  return fc.tuple(row, count).chain(([shared, length]) => {
    const similar = fc.tuple(fc.nat(), value).map(([at, changed]) => changeOne(shared, at, changed));
    const any = fc.oneof(
      { weight: 4, arbitrary: fc.constant(shared) },
      { weight: 3, arbitrary: similar },
      { weight: 2, arbitrary: row },
      fc.constant<Rows[number]>([]),
    );
    return fc.array(any, { minLength: length, maxLength: length });
  });
}

/** Distinct columns below n, sorted or in any order. */
function properRow(n: number): fc.Arbitrary<Rows[number]> {
  const all = Array.from({ length: n }, (_, column) => column);
  return fc
    .oneof(fc.subarray(all), fc.shuffledSubarray(all))
    .chain((columns) => fc.tuple(...columns.map((column) => fc.tuple(fc.constant(column), value))));
}

function sortedRow(n: number): fc.Arbitrary<Rows[number]> {
  const all = Array.from({ length: n }, (_, column) => column);
  const some = fc.oneof(fc.constant(all), fc.subarray(all), fc.subarray(all, { maxLength: Math.min(2, n) }));
  return some.chain((columns) => fc.tuple(...columns.map((column) => fc.tuple(fc.constant(column), value))));
}

function oddRow(n: number): fc.Arbitrary<Rows[number]> {
  const column = fc.oneof({ weight: 6, arbitrary: fc.nat(Math.max(0, n - 1)) }, fc.constantFrom(n, n + 1, 65_535));
  return fc.array(fc.tuple(column, value), { maxLength: n + 4 });
}

function changeOne(row: Rows[number], at: number, value: number): Rows[number] {
  return row.map(([column, old], entry) => [column, entry === at % row.length ? value : old]);
}
