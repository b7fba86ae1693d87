/**
 * Gzip data. However they come in chunks they unpack to the same, and to what Node's own unpacking in one piece gives; a
 * limit on what they unpack to holds. Node takes what stands behind a zero byte for nothing, which ours refuses.
 */
import { gunzipSync } from 'node:zlib';
import { YumaError } from '#yuma/epoch/errors.js';
import { gunzip } from '#yuma/formats/gunzip.js';
import { drawGzip } from '../draw/gzip.js';
import { Broken, READ, type Reader } from '../reader.js';

const LIMIT = 2 ** 20;
/** Primes, so that chunks end wherever they can. */
const CHUNKS = [61, 1_009];

interface Unpacked {
  readonly bytes: Buffer;
  readonly fault: YumaError | null;
}

export const gzipReader: Reader = {
  name: 'gzip',
  draw: drawGzip,
  read: async (bytes) => {
    const whole = await unpack(bytes, bytes.length);
    const pieces = await unpack(bytes, CHUNKS[bytes.length % CHUNKS.length]!);
    const codes = [whole, pieces].map(({ fault }) => fault?.code);
    // How much of broken data comes before the break depends on the chunks, and so does whether that passes the limit.
    const both = codes.includes('FILE_TOO_LONG') && codes.includes('NOT_GZIP');
    if (codes[0] !== codes[1] && !both) throw new Broken(`${whole.fault} whole, ${pieces.fault} in pieces`);
    if (!agree(whole, pieces)) throw new Broken('whole and in pieces it is not the same text');
    const oracle = nodes(bytes);
    if (whole.fault === null && (oracle === null || !oracle.equals(whole.bytes))) {
      throw new Broken(`${whole.bytes.length} bytes, where Node gives ${oracle?.length ?? 'none'}`);
    }
    const stricter = whole.fault?.message.includes('followed by something else');
    if (whole.fault?.code === 'NOT_GZIP' && oracle !== null && !stricter) {
      throw new Broken(`Node takes it: ${whole.fault.message}`);
    }
    if (whole.bytes.length > LIMIT) throw new Broken(`${whole.bytes.length} bytes, above the limit`);
    return whole.fault?.code ?? READ;
  },
};

async function unpack(bytes: Uint8Array, chunk: number): Promise<Unpacked> {
  const parts: Buffer[] = [];
  try {
    for await (const part of gunzip(cut(bytes, chunk), LIMIT)) parts.push(part);
  } catch (fault) {
    if (fault instanceof YumaError) return { bytes: Buffer.concat(parts), fault };
    throw fault;
  }
  return { bytes: Buffer.concat(parts), fault: null };
}

async function* cut(bytes: Uint8Array, chunk: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunk) yield Buffer.from(bytes.subarray(at, at + chunk));
}

/** Where data are broken, what came before is given as far as the chunks allow: one text begins the other. */
function agree(one: Unpacked, other: Unpacked): boolean {
  if (one.fault === null) return one.bytes.equals(other.bytes);
  const length = Math.min(one.bytes.length, other.bytes.length);
  return one.bytes.subarray(0, length).equals(other.bytes.subarray(0, length));
}

function nodes(bytes: Uint8Array): Buffer | null {
  try {
    return gunzipSync(bytes);
  } catch {
    return null;
  }
}
