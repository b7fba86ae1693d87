/**
 * Opens a case file or a stream and gives its text as chunks of bytes, unpacked if it is gzip.
 * Takes  gzip is known by its first two bytes, whatever the name; a name in .gz without them is refused
 * Cost   one chunk at a time; nothing is read ahead of the caller but what the stream itself buffers
 */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { YumaError } from '../epoch/errors.js';
import { fileFault } from './file-fault.js';
import { gunzip } from './gunzip.js';

/** A path, or a stream of bytes with the name it shall have in errors. The stream is read to its end or destroyed. */
export type CaseSource = string | { readonly name: string; readonly stream: Readable };

const CHUNK = 262_144;

export function sourceName(source: CaseSource): string {
  return typeof source === 'string' ? source : source.name;
}

/** @param unpackedBytes most that gzip data may unpack to. @throws YumaError UNREADABLE, NOT_GZIP, FILE_TOO_LONG */
export async function* sourceBytes(source: CaseSource, unpackedBytes: number): AsyncGenerator<Buffer> {
  const raw = rawBytes(source);
  try {
    const head = await readHead(raw);
    if (isGzip(head)) return yield* gunzip(rejoined(head, raw), unpackedBytes);
    if (head.length > 0 && sourceName(source).endsWith('.gz')) {
      throw new YumaError('NOT_GZIP', { reason: 'it does not begin as gzip does' });
    }
    yield* rejoined(head, raw);
  } finally {
    await raw.return(undefined);
  }
}

async function* rawBytes(source: CaseSource): AsyncGenerator<Buffer> {
  try {
    const stream = typeof source === 'string' ? createReadStream(source, { highWaterMark: CHUNK }) : source.stream;
    for await (const chunk of stream as AsyncIterable<Buffer | string>) {
      yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    }
  } catch (fault) {
    throw new YumaError('UNREADABLE', { reason: fileFault(fault) }, { cause: fault });
  }
}

/** The first two bytes, with what came along; less only if there is no more. */
async function readHead(raw: AsyncGenerator<Buffer>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await raw.next();
    if (next.done) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return head;
}

async function* rejoined(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  yield* rest;
}

function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}
