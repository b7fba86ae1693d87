/**
 * Reads case files: JSON Lines, plain or gzipped, one case at a time.
 * Format docs/case-format.md
 * Takes  a path or a stream; every case before a fault is given before the fault is thrown
 * Cost   memory for one line and its columns, and the names seen so far
 */
import { constants, isAscii, isUtf8 } from 'node:buffer';
import { YumaError } from '../epoch/errors.js';
import type { EpochCase } from './case.js';
import { describe, printableMessage } from './describe.js';
import { parseExactly } from './exact-json.js';
import { type Line, splitLines } from './lines.js';
import { isObject } from './objects.js';
import { readCase } from './read-case.js';
import { type CaseSource, sourceBytes, sourceName } from './source.js';

/** Most bytes of a line: what fits into one string of the JavaScript engine, 2^29 - 24. */
export const MOST_LINE_BYTES = constants.MAX_STRING_LENGTH;

/**
 * The cases of a file, in order. Names must differ within it.
 * @throws YumaError with file, line, case, field, uid and entry, as far as they are known
 */
export async function* readCases(source: CaseSource): AsyncGenerator<EpochCase> {
  const file = sourceName(source);
  const lineOfName = new Map<string, number>();
  try {
    for await (const { line, bytes } of splitLines(sourceBytes(source), MOST_LINE_BYTES)) {
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
