/** Table: rows as they come, for a terminal or (`markdown`) for RESULTS.md. */
export class Table {
  constructor(
    private readonly columns: readonly { readonly title: string; readonly width: number }[],
    private readonly markdown: boolean,
  ) {}

  head(): void {
    this.row(this.columns.map(({ title }) => title));
    if (this.markdown) console.log(`|${this.columns.map(() => '---').join('|')}|`);
  }

  row(cells: readonly string[]): void {
    if (this.markdown) console.log(`| ${cells.join(' | ')} |`);
    else console.log(this.columns.map(({ width }, at) => pad(cells[at] ?? '', width, at === 0)).join('  '));
  }
}

const pad = (text: string, width: number, left: boolean): string => (left ? text.padEnd(width) : text.padStart(width));

/** Three digits that count. */
export const rough = (value: number): string => {
  if (value === 0) return '0';
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
};
