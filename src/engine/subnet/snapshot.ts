/**
 * Snapshots: a held subnet as bytes, and back. The format is docs/engine.md, byte for byte.
 * Exact   every array as it is stored; little-endian
 * Checks  magic, version, length and checksum first, so a cut or a changed byte is never taken for data. What is taken
 *         gives the same bytes again: padding is zero, and every value has one form
 */
import { YumaError } from '../../epoch/errors.js';
import { HYPERPARAMETERS, type HyperparameterName, type Hyperparameters } from '../../epoch/hyperparameters.js';
import { type EpochInput, type EpochMeta, MAX_NEURONS } from '../../epoch/input.js';
import { RULES } from '../../epoch/rules.js';
import type { CheckOptions } from '../../epoch/validate.js';
import { crc32 } from './crc32.js';

const MAGIC = 'YUMASUBN';
const VERSION = 1;
const HEADER_BYTES = 176;
const CHECKSUM_BYTES = 4;
const NO_META = 0xffff_ffff;
const NO_OWNER = -1;
const LENIENT_FLAG = 1;
const HYPERPARAMETERS_AT = 72;
const NAMES = Object.keys(HYPERPARAMETERS) as HyperparameterName[];

/** @param input vectors of length n, permits at most that, `commitBlock` given */
export function formatSnapshot(input: EpochInput, check: CheckOptions): Uint8Array {
  const meta = metaBytes(input.meta);
  const parts = sections({
    n: input.n,
    w: input.weights.columns.length,
    b: input.bonds.columns.length,
    permits: input.validatorPermit.length,
    meta: meta?.length ?? 0,
  });
  const bytes = new Uint8Array(parts.end + CHECKSUM_BYTES);
  const block = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  block.setUint32(8, VERSION, true);
  block.setUint32(12, bytes.length, true);
  block.setUint32(16, input.n, true);
  block.setUint32(20, input.weights.columns.length, true);
  block.setUint32(24, input.bonds.columns.length, true);
  block.setUint32(28, input.validatorPermit.length, true);
  block.setUint32(32, check.lenient ? LENIENT_FLAG : 0, true);
  block.setUint32(36, meta?.length ?? NO_META, true);
  block.setUint32(40, RULES.indexOf(input.rules), true);
  block.setInt32(44, input.ownerUid ?? NO_OWNER, true);
  block.setBigUint64(48, input.currentBlock, true);
  block.setBigUint64(56, input.lastStep, true);
  block.setBigUint64(64, input.emission, true);
  for (const [at, name] of NAMES.entries()) {
    block.setBigInt64(HYPERPARAMETERS_AT + 8 * at, BigInt(input.hyperparameters[name]), true);
  }
  const put = (at: number, array: ArrayBufferView) =>
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
  put(parts.stake, input.stake);
  put(parts.lastUpdate, input.lastUpdate);
  put(parts.registeredAt, input.registeredAt);
  put(parts.commitBlock, input.commitBlock!);
  put(parts.validatorPermit, input.validatorPermit);
  put(parts.weightOffsets, input.weights.offsets);
  put(parts.weightColumns, input.weights.columns);
  put(parts.weightValues, input.weights.values);
  put(parts.bondOffsets, input.bonds.offsets);
  put(parts.bondColumns, input.bonds.columns);
  put(parts.bondValues, input.bonds.values);
  if (meta !== undefined) put(parts.meta, meta);
  block.setUint32(parts.end, crc32(bytes.subarray(0, parts.end)), true);
  return bytes;
}

/**
 * What a snapshot holds; the input is still to be checked as any other.
 * @throws YumaError BAD_SNAPSHOT for bytes that are cut, changed, of another version, or none at all
 */
export function parseSnapshot(given: Uint8Array): { readonly input: EpochInput; readonly check: CheckOptions } {
  if (!(given instanceof Uint8Array)) refuse('it is no Uint8Array');
  const bytes = new Uint8Array(given); // aligned, and nobody else's; `slice` of a Buffer would be neither
  const block = new DataView(bytes.buffer);
  if (bytes.length < HEADER_BYTES + CHECKSUM_BYTES) refuse(`${bytes.length} bytes are too few`);
  if (new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length)) !== MAGIC)
    refuse(`it does not begin with ${MAGIC}`);
  const version = block.getUint32(8, true);
  if (version !== VERSION) refuse(`version ${version} is not known, only ${VERSION} is`);
  const length = block.getUint32(12, true);
  if (length !== bytes.length) refuse(`it has ${bytes.length} bytes and says ${length}`);
  if (crc32(bytes.subarray(0, length - CHECKSUM_BYTES)) !== block.getUint32(length - CHECKSUM_BYTES, true)) {
    refuse('the checksum does not fit the bytes');
  }
  const n = block.getUint32(16, true);
  const w = block.getUint32(20, true);
  const b = block.getUint32(24, true);
  const permits = block.getUint32(28, true);
  const metaLength = block.getUint32(36, true);
  const parts = sections({ n, w, b, permits, meta: metaLength === NO_META ? 0 : metaLength });
  if (n > MAX_NEURONS || permits > n || parts.end + CHECKSUM_BYTES !== length) refuse('the lengths in it do not agree');
  refusePadding(bytes, parts.padding);
  const { buffer } = bytes;
  const u16 = (at: number, count: number) => new Uint16Array(buffer, at, count);
  const u32 = (at: number, count: number) => new Uint32Array(buffer, at, count);
  const u64 = (at: number, count: number) => new BigUint64Array(buffer, at, count);
  const ownerUid = block.getInt32(44, true);
  if (ownerUid < NO_OWNER) refuse(`its owner is uid ${ownerUid}`);
  const meta = metaLength === NO_META ? undefined : parseMeta(bytes.subarray(parts.meta, parts.meta + metaLength));
  const input: EpochInput = {
    rules: RULES[block.getUint32(40, true)] ?? refuse('its rules are not known'),
    n,
    currentBlock: block.getBigUint64(48, true),
    lastStep: block.getBigUint64(56, true),
    emission: block.getBigUint64(64, true),
    ownerUid: ownerUid === NO_OWNER ? null : ownerUid,
    hyperparameters: readHyperparameters(block),
    stake: u64(parts.stake, 2 * n),
    lastUpdate: u64(parts.lastUpdate, n),
    registeredAt: u64(parts.registeredAt, n),
    commitBlock: u64(parts.commitBlock, n),
    validatorPermit: new Uint8Array(buffer, parts.validatorPermit, permits),
    weights: {
      offsets: u32(parts.weightOffsets, n + 1),
      columns: u16(parts.weightColumns, w),
      values: u16(parts.weightValues, w),
    },
    bonds: {
      offsets: u32(parts.bondOffsets, n + 1),
      columns: u16(parts.bondColumns, b),
      values: u16(parts.bondValues, b),
    },
    ...(meta === undefined ? {} : { meta }),
  };
  const flags = block.getUint32(32, true);
  if ((flags & ~LENIENT_FLAG) !== 0) refuse(`its flags ${flags} are not known`);
  return { input, check: { lenient: flags === LENIENT_FLAG } };
}

/** Where each array lies: one after the other, each from a multiple of 8 on. */
function sections(of: { n: number; w: number; b: number; permits: number; meta: number }) {
  let top = HEADER_BYTES;
  const padding: [start: number, end: number][] = [];
  const take = (bytes: number): number => {
    const at = top;
    top += Math.ceil(bytes / 8) * 8;
    padding.push([at + bytes, top]);
    return at;
  };
  return {
    stake: take(16 * of.n),
    lastUpdate: take(8 * of.n),
    registeredAt: take(8 * of.n),
    commitBlock: take(8 * of.n),
    validatorPermit: take(of.permits),
    weightOffsets: take(4 * (of.n + 1)),
    weightColumns: take(2 * of.w),
    weightValues: take(2 * of.w),
    bondOffsets: take(4 * (of.n + 1)),
    bondColumns: take(2 * of.b),
    bondValues: take(2 * of.b),
    meta: take(of.meta),
    end: top,
    padding,
  };
}

function refusePadding(bytes: Uint8Array, padding: readonly (readonly [start: number, end: number])[]): void {
  for (const [start, end] of padding) {
    for (let at = start; at < end; at++) if (bytes[at] !== 0) refuse(`byte ${at} is padding and not 0`);
  }
}

function readHyperparameters(block: DataView): Hyperparameters {
  const entries = NAMES.map((name, index) => {
    const at = HYPERPARAMETERS_AT + 8 * index;
    const { type } = HYPERPARAMETERS[name];
    if (type === 'u64') return [name, block.getBigUint64(at, true)];
    const value = Number(block.getBigInt64(at, true));
    if (type !== 'bool') return [name, value];
    return value === 0 || value === 1 ? [name, value === 1] : refuse(`${name} is ${value}, and neither 0 nor 1`);
  });
  return Object.fromEntries(entries) as Hyperparameters;
}

function metaBytes(meta: EpochMeta | undefined): Uint8Array | undefined {
  if (meta === undefined) return undefined;
  try {
    const text: string | undefined = JSON.stringify(meta);
    if (!text?.startsWith('{')) throw new TypeError('it is no object');
    return new TextEncoder().encode(text);
  } catch (cause) {
    const reason = `snapshot: meta cannot be written as JSON (${(cause as Error).message})`;
    throw new YumaError('BAD_USAGE', { reason }, { cause });
  }
}

/** Only what would be written in the same way: of two equal keys one would be lost, of long integers their last digits. */
function parseMeta(bytes: Uint8Array): EpochMeta {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const meta: unknown = JSON.parse(text);
    if (typeof meta !== 'object' || meta === null || Array.isArray(meta)) return refuse('its meta is no object');
    if (JSON.stringify(meta) === text) return meta as EpochMeta;
  } catch (fault) {
    if (fault instanceof YumaError) throw fault;
    refuse(`its meta cannot be read (${(fault as Error).message})`);
  }
  return refuse('its meta is not written as JSON.stringify writes it');
}

function refuse(reason: string): never {
  throw new YumaError('BAD_SNAPSHOT', { reason });
}
