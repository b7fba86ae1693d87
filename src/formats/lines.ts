/**
 * Splits bytes into lines.
 * Takes  chunks of any size; lines end with LF or CR LF, the last one may end with nothing; a byte order mark is dropped
 * Cost   holds one line; a line of many chunks is joined once
 */
import { YumaError } from '../epoch/errors.js';

const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

export interface Line {
  /** From 1; empty lines count. */
  readonly line: number;
  /** Without its end; valid until the next line is asked for. */
  readonly bytes: Buffer;
}

/**
 * @param limit most bytes of a line
 * @throws YumaError LINE_TOO_LONG, as soon as a line passes the limit
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Line> {
  let line = 1;
  let pieces: Buffer[] = [];
  let held = 0;
  const add = (piece: Buffer): void => {
    held += piece.length;
    if (held > limit) throw new YumaError('LINE_TOO_LONG', { line, limit });
    if (piece.length > 0) pieces.push(piece);
  };
  const take = (): Line => {
    const bytes = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
    pieces = [];
    held = 0;
    return { line, bytes: trimmed(bytes, line === 1) };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      add(chunk.subarray(start, end));
      yield take();
      line += 1;
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (held > 0) yield take();
}

function trimmed(bytes: Buffer, first: boolean): Buffer {
  const start = first && bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  const end = bytes.length > start && bytes[bytes.length - 1] === CR ? bytes.length - 1 : bytes.length;
  return bytes.subarray(start, end);
}
