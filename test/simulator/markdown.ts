/** Markdown: tables of the pages. */

const cell = (text: string): string => text.replaceAll('|', '\\|');

export const markdown = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** The page with a text between `<!-- name -->` and `<!-- end of name -->`, each of which it holds once. */
export function filled(page: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [before, rest] = page.split(start);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`the page has no ${start} ... ${end}`);
  return `${before}${start}\n${text}\n${end}${after}`;
}
