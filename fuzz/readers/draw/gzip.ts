/** Gzip data: members of a text with what a gzip header may hold, and what goes wrong with them. */
import { crc32, deflateRawSync } from 'node:zlib';
import type { Random } from '#yuma/sample/random.js';
import { oneIn, pick } from '../../draw/integers.js';
import { changedBytes, joined } from './bytes.js';
import { SEED_LINES } from './seeds.js';

/** Flags of a header, and the first that is none. */
const FLAG = { checksum: 2, extra: 4, name: 8, comment: 16, reserved: 32 };
const TAILS = [[], [], [], [0], new Array(40).fill(0), [0x1f], [0x1f, 0x8b], [0x20], [0, 0x1f, 0x8b, 8], [0xff, 0xff]];

/** Bytes that a bomb unpacks to; more than the limit under which it is read. */
const BOMB = 4 * 2 ** 20;

export function drawGzip(random: Random): Uint8Array {
  const members = Array.from({ length: 1 + random.below(3) }, () => drawMember(random));
  const whole = joined(...members, Uint8Array.from(pick(random, TAILS)));
  return oneIn(random, 2) ? changedBytes(random, whole, members[0]!) : whole;
}

function drawMember(random: Random): Uint8Array {
  if (oneIn(random, 400)) return member(random, bomb(random));
  const line = Buffer.from(pick(random, SEED_LINES));
  return member(random, oneIn(random, 8) ? line.subarray(0, 0) : Buffer.concat([line, Buffer.from('\n')]));
}

const bomb = (random: Random): Buffer => Buffer.alloc(BOMB, pick(random, ['\n', ' ', '[', '\0', '{}\n']));

/** A header with any flags, data packed in any way, and a trailer that seldom lies. */
function member(random: Random, text: Buffer): Uint8Array {
  const level = pick(random, [0, 1, 6, 9]);
  const packed = deflateRawSync(text, { level, memLevel: pick(random, [1, 8]) });
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(oneIn(random, 12) ? random.next() : crc32(text));
  trailer.writeUInt32LE(oneIn(random, 12) ? random.next() : text.length, 4);
  return joined(header(random), packed, trailer);
}

function header(random: Random): Uint8Array {
  const flags = oneIn(random, 2) ? 0 : random.below(oneIn(random, 8) ? 256 : FLAG.reserved);
  const method = oneIn(random, 40) ? random.below(256) : 8;
  const bytes = [0x1f, 0x8b, method, flags, ...Array.from({ length: 6 }, () => random.below(256))];
  if (flags & FLAG.extra) bytes.push(4, 0, 1, 2, 3, 4);
  if (flags & FLAG.name) bytes.push(0x61, 0x00);
  if (flags & FLAG.comment) bytes.push(0x62, 0x63, 0x00);
  if (flags & FLAG.checksum) {
    const check = crc32(Uint8Array.from(bytes)) & 0xffff;
    bytes.push(check & 0xff, check >> 8);
  }
  return Uint8Array.from(bytes);
}
