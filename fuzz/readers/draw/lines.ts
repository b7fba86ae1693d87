/** Lines: a case file of one to three lines, each a case or what became of it. */
import type { Random } from '#yuma/sample/random.js';
import { oneIn, pick } from '../../draw/integers.js';
import { changedBytes } from './bytes.js';
import { changedJson } from './json.js';
import { SEED_LINES, SEED_TREES } from './seeds.js';

const ENDS = ['\n', '\n', '\r\n', '\n\n', '\n \t\r\n', '', '\r', '\0'];

export function drawLines(random: Random): Uint8Array {
  const lines = Array.from({ length: 1 + random.below(3) }, () => drawLine(random));
  const text = `${oneIn(random, 32) ? '\ufeff' : ''}${lines.map((line) => line + pick(random, ENDS)).join('')}`;
  const bytes = Buffer.from(text);
  return oneIn(random, 6) ? changedBytes(random, bytes, Buffer.from(pick(random, SEED_LINES))) : bytes;
}

function drawLine(random: Random): string {
  if (oneIn(random, 4)) return pick(random, SEED_LINES);
  return changedJson(random, pick(random, SEED_TREES), pick(random, SEED_TREES));
}
