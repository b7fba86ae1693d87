/** Describes a parsed JSON value in an error: short, on one line, without control characters. */
import { isLosslessNumber } from 'lossless-json';

const MOST_CHARACTERS = 60;

export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (isLosslessNumber(value)) return printable(value.toString());
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  return printable(typeof value === 'string' ? JSON.stringify(value) : String(value));
}

/** Text of a file, fit for a terminal. */
export function printable(text: string): string {
  const plain = text.replace(/\p{Cc}/gu, '?');
  return plain.length <= MOST_CHARACTERS ? plain : `${plain.slice(0, MOST_CHARACTERS)}...`;
}
