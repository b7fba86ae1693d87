/** Table: rows of plain cells under named columns, for files that pandas, DuckDB and Observable read as they are. */

export interface Column {
  readonly name: string;
  /** `whole` = an integer below 2^53 in amount, `number` = float64. */
  readonly type: 'text' | 'whole' | 'number' | 'flag';
  /** What it holds, with its unit. */
  readonly says: string;
}

/** `null` = there is none. */
export type Cell = string | number | boolean | null;

export interface Table {
  readonly columns: readonly Column[];
  /** Cells in the order of the columns. Read once. */
  readonly rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>;
}
