/** Text from files and paragraphs, fit for a terminal of a given width. */
import { stripVTControlCharacters } from 'node:util';

/** Columns that a text takes on the terminal, colours aside. */
export const widthOf = (text: string): number => stripVTControlCharacters(text).length;

/** A text from a file without what a terminal would obey: control and formatting characters become `?`. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');

/** At most `most` characters, from the start on. */
export const cutEnd = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;

/** At most `most` characters, up to the end: of a path it says most. */
export const cutStart = (text: string, most: number): string =>
  text.length <= most ? text : `…${text.slice(text.length - most + 1)}`;

/** At most `most` characters; what is left out of the middle becomes `..`. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = Math.ceil((most - 2) / 2);
  return `${text.slice(0, head)}..${text.slice(text.length - (most - 2 - head))}`;
}

/** A paragraph as lines of at most `width`, each behind `indent` spaces; a longer word gets a line of its own. */
export function wrap(paragraph: string, width: number, indent = 0): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width - indent) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines.map((text) => ' '.repeat(indent) + text);
}
