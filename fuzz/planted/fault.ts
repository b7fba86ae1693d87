/** A fault in the source of the core or of a kernel: data, so that a test can see that it still fits its file. */

/** What it is, the text to find, which stands in the file exactly once, and the text to put there. */
export type FaultText = readonly [is: string, find: string, put: string];

/** By file without its ending: the stages. */
export type FaultsByFile = { readonly [file: string]: readonly FaultText[] };

export interface Fault {
  readonly file: string;
  readonly is: string;
  readonly find: string;
  readonly put: string;
}

export const listed = (faults: FaultsByFile): Fault[] =>
  Object.entries(faults).flatMap(([file, texts]) => texts.map(([is, find, put]) => ({ file, is, find, put })));

/** The text with the fault. @throws Error where it does not stand there exactly once */
export function planted(text: string, { file, is, find, put }: Fault): string {
  const parts = text.split(find);
  if (parts.length !== 2) throw new Error(`${file}, "${is}": ${parts.length - 1} places to plant it`);
  return parts.join(put);
}
