/**
 * Changes: which parts of an array have to be written again.
 * Cost   a comparison a word, 1 ns
 */

/** From one word up to another. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** Fewer equal words than this between two changes are written again with them: a call costs more. */
const GAP = 64;
/** More parts are not worth their calls. */
const MOST_PARTS = 32;

/** Parts of `words`, in order, outside of which it is as `known`; all of it where nothing like it is known. */
export function changesOf(known: Uint32Array | undefined, words: Uint32Array): Part[] {
  const all = [{ from: 0, to: words.length }];
  if (known === undefined || known.length !== words.length) return all;
  const parts: { from: number; to: number }[] = [];
  for (let at = 0; at < words.length; at++) {
    if (words[at] === known[at]) continue;
    const last = parts.at(-1);
    if (last !== undefined && at - last.to < GAP) last.to = at + 1;
    else if (parts.length === MOST_PARTS) return all;
    else parts.push({ from: at, to: at + 1 });
  }
  return parts;
}
