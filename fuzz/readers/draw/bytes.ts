/** Changes of bytes, for any format: bits, cuts, repeats, pieces of another input, text that is no UTF-8. */
import type { Random } from '#yuma/sample/random.js';
import { pick } from '../../draw/integers.js';

const PIECES: readonly Uint8Array[] = [
  [0x00],
  [0xff],
  [0x0a],
  [0x0d, 0x0a],
  [0x22],
  [0x5c],
  [0xef, 0xbb, 0xbf], // byte order mark
  [0xc0, 0x80], // overlong NUL
  [0xed, 0xa0, 0x80], // half of a surrogate pair
  [0xf4, 0x90, 0x80, 0x80], // beyond U+10FFFF
  [0xe2, 0x80, 0xa8], // line separator
  [0x1b, 0x5b, 0x32, 0x4a], // clears a terminal
  [0xc2, 0x9b], // the same, as one control character
  [0x1f, 0x8b, 0x08],
].map((bytes) => Uint8Array.from(bytes));

/** A place up to and including the end; few inputs are longer than 2^21 bytes, of those the start. */
const place = (random: Random, length: number): number => random.below(Math.min(length, 2 ** 21 - 1) + 1);

type Change = (random: Random, bytes: Uint8Array, other: Uint8Array) => Uint8Array;

const flipped: Change = (random, bytes) => {
  const copy = bytes.slice();
  if (copy.length > 0) copy[place(random, copy.length - 1)]! ^= 1 << random.below(8);
  return copy;
};

const replaced: Change = (random, bytes) => {
  const copy = bytes.slice();
  if (copy.length > 0) copy[place(random, copy.length - 1)] = random.below(256);
  return copy;
};

const inserted: Change = (random, bytes) => {
  const at = place(random, bytes.length);
  return joined(bytes.subarray(0, at), pick(random, PIECES), bytes.subarray(at));
};

const cut: Change = (random, bytes) => bytes.slice(0, place(random, bytes.length));

const without: Change = (random, bytes) => {
  const [start, end] = range(random, bytes.length);
  return joined(bytes.subarray(0, start), bytes.subarray(end));
};

const repeated: Change = (random, bytes) => {
  const [start, end] = range(random, bytes.length);
  return joined(bytes.subarray(0, end), bytes.subarray(start));
};

const spliced: Change = (random, bytes, other) =>
  joined(bytes.subarray(0, place(random, bytes.length)), other.subarray(place(random, other.length)));

const CHANGES: readonly Change[] = [flipped, replaced, inserted, cut, without, repeated, spliced];

/** The bytes changed at one to three places. */
export function changedBytes(random: Random, bytes: Uint8Array, other: Uint8Array): Uint8Array {
  let changed = bytes;
  for (let times = 1 + random.below(3); times > 0; times--) changed = pick(random, CHANGES)(random, changed, other);
  return changed;
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** From, and up to but not including; at most 64 bytes. */
function range(random: Random, length: number): [number, number] {
  const start = place(random, length);
  return [start, Math.min(length, start + 1 + random.below(64))];
}
