/** `yuma-engine/tables`: tidy tables as CSV, JSON Lines and Apache Parquet. */
export { csvLines, jsonLines } from './lines.js';
export type { Cell, Column, Table } from './table.js';
export { TABLE_FORMATS, tableFormat, type WriteTableOptions, writeTable } from './write.js';
