/**
 * Snapshots (docs/engine.md) changed at fields of the header, elements of arrays, padding and meta; the length and the
 * checksum are mostly made to fit again, so that the change gets past them.
 */
import { crc32 } from '#yuma/engine/subnet/crc32.js';
import { formatSnapshot } from '#yuma/engine/subnet/snapshot.js';
import { checkEpochInput } from '#yuma/epoch/validate.js';
import type { Random } from '#yuma/sample/random.js';
import { oneIn, pick, u64 } from '../../draw/integers.js';
import { changedBytes, joined } from './bytes.js';
import { changedJson } from './json.js';
import { SEED_CASES, SEED_TREES } from './seeds.js';

const HEADER_BYTES = 176;
const CHECKSUM_BYTES = 4;
/** Counts and lengths of the header: n, weights, bonds, permits, meta. */
const COUNTS_AT = [16, 20, 24, 28, 36];
const LENGTH_AT = 12;
const META_LENGTH_AT = 36;

const SEEDS: readonly Uint8Array[] = SEED_CASES.map(({ input }) => {
  const { commitBlock, permitLength, meta: _, ...checked } = checkEpochInput(input, { lenient: true });
  const owned = { ...checked, commitBlock, validatorPermit: checked.validatorPermit.slice(0, permitLength) };
  const meta = input.meta === undefined || 'large' in input.meta ? {} : { meta: input.meta }; // a bigint is no JSON
  return formatSnapshot({ ...owned, ...fitted(owned), ...meta }, { lenient: true });
});

/** Rows without what lies behind their last offset. */
function fitted({ weights, bonds }: Pick<ReturnType<typeof checkEpochInput>, 'weights' | 'bonds'>) {
  const cut = ({ offsets, columns, values }: typeof weights) => {
    const end = offsets.at(-1)!;
    return { offsets, columns: columns.slice(0, end), values: values.slice(0, end) };
  };
  return { weights: cut(weights), bonds: cut(bonds) };
}

export function drawSnapshot(random: Random): Uint8Array {
  let bytes = pick(random, SEEDS).slice();
  for (let times = 1 + random.below(3); times > 0; times--) bytes = pick(random, CHANGES)(random, bytes);
  return oneIn(random, 5) ? bytes : sealed(bytes);
}

type Change = (random: Random, bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

/** Ends of 32-bit and smaller types, and what is near. */
const WORDS = [0, 1, 2, 7, 255, 32_767, 32_768, 32_769, 65_535, 65_536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1];

const inHeader: Change = (random, bytes) => changedAt(bytes, 4 * random.below(HEADER_BYTES / 4), pick(random, WORDS));

const aCount: Change = (random, bytes) => {
  const at = pick(random, COUNTS_AT);
  if (bytes.length < HEADER_BYTES) return bytes;
  const count = new DataView(bytes.buffer).getUint32(at, true);
  return changedAt(bytes, at, pick(random, [count + 1, count - 1, pick(random, WORDS)]));
};

const aParameter: Change = (random, bytes) => {
  const at = 48 + 8 * random.below((HEADER_BYTES - 48) / 8);
  if (bytes.length < at + 8) return bytes;
  new DataView(bytes.buffer).setBigUint64(at, oneIn(random, 2) ? u64(random) : BigInt(pick(random, WORDS)), true);
  return bytes;
};

const anElement: Change = (random, bytes) => {
  const at = 2 * random.below((bytes.length >> 1) + 1);
  return random.below(2) === 0 ? changedAt(bytes, at, pick(random, WORDS)) : changedAt(bytes, at & ~3, random.below(8));
};

const aByte: Change = (random, bytes) => {
  if (bytes.length > 0) bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
  return bytes;
};

/** Another text as meta, with its length in the header. */
const meta: Change = (random, bytes) => {
  if (bytes.length < HEADER_BYTES) return bytes;
  const had = new DataView(bytes.buffer).getUint32(META_LENGTH_AT, true);
  const hadBytes = had > bytes.length ? 0 : Math.ceil(had / 8) * 8;
  const text = Buffer.from(changedJson(random, pick(random, SEED_TREES), pick(random, SEED_TREES)));
  const given = oneIn(random, 4) ? changedBytes(random, text, text) : text;
  const before = bytes.subarray(0, Math.max(0, bytes.length - CHECKSUM_BYTES - hadBytes));
  const whole = joined(before, given, new Uint8Array(((-given.length & 7) + CHECKSUM_BYTES) as number));
  return changedAt(whole as Uint8Array<ArrayBuffer>, META_LENGTH_AT, given.length);
};

const anything: Change = (random, bytes) =>
  changedBytes(random, bytes, pick(random, SEEDS)).slice() as Uint8Array<ArrayBuffer>;

const CHANGES: readonly Change[] = [inHeader, aCount, aParameter, anElement, anElement, aByte, meta, anything];

function changedAt(bytes: Uint8Array<ArrayBuffer>, at: number, word: number): Uint8Array<ArrayBuffer> {
  if (at + 4 <= bytes.length) new DataView(bytes.buffer).setUint32(at, word, true);
  return bytes;
}

/** With the length and the checksum that fit. */
function sealed(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  const end = bytes.length - CHECKSUM_BYTES;
  if (end < HEADER_BYTES) return bytes;
  changedAt(bytes, LENGTH_AT, bytes.length);
  return changedAt(bytes, end, crc32(bytes.subarray(0, end)));
}
