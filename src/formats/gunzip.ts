/**
 * Unpacks gzip data chunk by chunk; several members in a row are one text, as gzip has it.
 * Takes  compressed chunks of any size; gives unpacked ones, everything that could be unpacked before a fault
 * Tail   zero bytes behind the last member are padding, as of tapes; anything else there is refused. Node's own unpacking
 *        drops what follows a zero byte, a whole member too, or refuses it: as the chunks fall
 * Cost   holds one slice of input and what it unpacks to (at most 1 032 times its size, as deflate has it)
 *
 * A piped stream would drop what it has unpacked but not handed on when the data break off, so the slices are fed one
 * by one: each is unpacked and handed on before the next goes in, and whether the end was reached is asked last.
 */
import { constants, createGunzip } from 'node:zlib';
import { YumaError } from '../epoch/errors.js';

/** What one call into zlib unpacks is lost if the data in it are broken, so the calls are kept small. */
const SLICE = 16_384;

/**
 * @param limit most bytes that it may unpack to
 * @throws YumaError NOT_GZIP where the data are broken, break off, or are followed by something else; FILE_TOO_LONG
 */
export async function* gunzip(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  const inflater = createGunzip({ chunkSize: 4 * SLICE });
  const unpacked: Buffer[] = [];
  let given = 0;
  let fed = 0;
  let fault: Error | undefined;
  let settle = (): void => {};
  const drain = (): void => {
    for (let chunk: unknown = inflater.read(); chunk !== null; chunk = inflater.read()) unpacked.push(chunk as Buffer);
  };
  const fail = (error: Error | null | undefined): void => {
    fault ??= error ?? undefined;
    settle();
  };
  inflater.on('readable', drain);
  inflater.on('error', fail); // may be all that is heard of a fault: the callback of a write can stay out
  /** Gives what one step unpacks, then the fault if it met one. */
  async function* step(begin: (done: (error?: Error | null) => void) => void): AsyncGenerator<Buffer> {
    await new Promise<void>((resolve) => {
      settle = resolve;
      begin(fail);
    });
    drain();
    for (const chunk of unpacked.splice(0)) {
      given += chunk.length;
      if (given > limit) throw new YumaError('FILE_TOO_LONG', { limit });
      yield chunk;
    }
    if (fault !== undefined) throw new YumaError('NOT_GZIP', { reason: reasonOf(fault) }, { cause: fault });
  }
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += SLICE) {
        const slice = chunk.subarray(at, at + SLICE);
        if (inflater.bytesWritten === fed) {
          fed += slice.length;
          yield* step((done) => inflater.write(slice, done));
          refuseTail(slice.subarray(slice.length - (fed - inflater.bytesWritten)));
        } else refuseTail(slice);
      }
    }
    if (inflater.bytesWritten === fed) yield* step((done) => inflater.flush(constants.Z_FINISH, done));
  } finally {
    inflater.destroy();
  }
}

/** What the last member does not want. */
function refuseTail(tail: Uint8Array): void {
  if (tail.some((byte) => byte !== 0)) throw new YumaError('NOT_GZIP', { reason: 'it is followed by something else' });
}

function reasonOf(fault: Error): string {
  if ('code' in fault && fault.code === 'Z_BUF_ERROR') return 'it breaks off before its end';
  return `unpacking it fails with "${fault.message}"`;
}
