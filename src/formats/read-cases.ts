/**
 * Reads case files: JSON Lines, plain or gzipped, one case at a time.
 * Format docs/case-format.md
 * Takes  a path or a stream; every case before a fault is given before the fault is thrown
 * Cost   memory for one line and its columns, and the names seen so far
 */
import { constants, isAscii, isUtf8 } from 'node:buffer';
import { YumaError } from '../epoch/errors.js';
import { wrongType } from '../epoch/types.js';
import type { EpochCase } from './case.js';
import { describe, printableMessage } from './describe.js';
import { parseExactly } from './exact-json.js';
import { type Line, splitLines } from './lines.js';
import { isObject } from './objects.js';
import { readCase } from './read-case.js';
import { type CaseSource, sourceBytes, sourceName } from './source.js';

/** Most bytes of a line: what fits into one string of the JavaScript engine, 2^29 - 24. */
export const MOST_LINE_BYTES = constants.MAX_STRING_LENGTH;
/** Most bytes that gzip data unpack to, unless the caller says otherwise: 64 GiB, some minutes of unpacking. */
const MOST_UNPACKED_BYTES = 2 ** 36;

/** What a file may hold at most, for readers of files that they do not trust. */
export interface ReadLimits {
  /** Bytes of a line, at most and by default 2^29 - 24. Reading a line takes several times its size. */
  readonly lineBytes?: number | undefined;
  /** Bytes that gzip data unpack to. Default 2^36. */
  readonly unpackedBytes?: number | undefined;
}

/**
 * The cases of a file, in order. Names must differ within it.
 * @throws YumaError with file, line, case, field, uid and entry, as far as they are known
 */
export async function* readCases(source: CaseSource, limits: ReadLimits = {}): AsyncGenerator<EpochCase> {
  const file = sourceName(source);
  const { lineBytes = MOST_LINE_BYTES, unpackedBytes = MOST_UNPACKED_BYTES } = checkLimits(limits);
  const lineOfName = new Map<string, number>();
  try {
    for await (const { line, bytes } of splitLines(
      sourceBytes(source, unpackedBytes),
      Math.min(lineBytes, MOST_LINE_BYTES),
    )) {
      const read = readCase(parseLine({ line, bytes }), { file, line });
      const first = lineOfName.get(read.name);
      if (first !== undefined) throw new YumaError('DUPLICATE_NAME', { line, case: read.name, field: 'name', first });
      lineOfName.set(read.name, line);
      yield { file, line, ...read };
    }
  } catch (fault) {
    throw fault instanceof YumaError && fault.data.file === undefined ? fault.within({ file }) : fault;
  }
  if (lineOfName.size === 0) throw new YumaError('EMPTY_FILE', { file });
}

/** @throws YumaError WRONG_TYPE */
function checkLimits(limits: ReadLimits): ReadLimits {
  if (typeof limits !== 'object' || limits === null) throw wrongType({ field: 'limits' }, 'an object', limits);
  for (const field of ['lineBytes', 'unpackedBytes'] as const) {
    const limit: unknown = limits[field];
    if (limit === undefined || (typeof limit === 'number' && limit >= 0)) continue;
    throw wrongType({ field }, 'a number that is not negative', limit);
  }
  return limits;
}

/** The object of a line. */
function parseLine({ line, bytes }: Line): object {
  const bad = (reason: string, cause?: unknown) => new YumaError('BAD_JSON', { line, reason }, { cause });
  if (!isUtf8(bytes)) throw bad('it is not UTF-8 text');
  const text = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
  let value: unknown;
  try {
    value = parseExactly(text);
  } catch (fault) {
    if (fault instanceof RangeError) throw bad('it is nested too deeply', fault);
    throw fault instanceof SyntaxError ? bad(printableMessage(fault.message), fault) : fault;
  }
  if (isObject(value)) return value;
  throw bad(`it is ${describe(value)}`);
}
