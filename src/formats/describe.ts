/** Describes a parsed JSON value in an error: short, on one line, without control characters. */
import { isLosslessNumber } from 'lossless-json';

const MOST_CHARACTERS = 60;
const MOST_OF_A_MESSAGE = 160;

export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (isLosslessNumber(value)) return printable(value.toString());
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  return printable(typeof value === 'string' ? JSON.stringify(value) : String(value));
}

/** Text of a file, fit for a terminal. */
export function printable(text: string): string {
  const plain = withoutControls(text);
  return plain.length <= MOST_CHARACTERS ? plain : `${plain.slice(0, MOST_CHARACTERS)}...`;
}

/** A parser's message likewise. Of a long one the middle is left out: its end says where. */
export function printableMessage(text: string): string {
  const plain = withoutControls(text);
  const end = MOST_OF_A_MESSAGE - MOST_CHARACTERS;
  return plain.length <= MOST_OF_A_MESSAGE ? plain : `${plain.slice(0, MOST_CHARACTERS)}...${plain.slice(-end)}`;
}

const withoutControls = (text: string): string => text.replace(/\p{Cc}/gu, '?');
