/**
 * Case files, as `readCases` reads them from a stream. What it gives is written, read again and must be the same; the
 * checks of the engine must refuse it in a typed way or take it.
 */
import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import { YumaError } from '#yuma/epoch/errors.js';
import { checkEpochInput } from '#yuma/epoch/validate.js';
import { type Case, type EpochCase, formatCase, readCases } from '#yuma/formats/index.js';
import { drawLines } from '../draw/lines.js';
import { Broken, READ, type Reader } from '../reader.js';

export const casesReader: Reader = {
  name: 'cases',
  draw: drawLines,
  read: async (bytes) => {
    for await (const { file: _, line: __, ...read } of readCases(sourceOf(bytes))) {
      const text = formatCase(read);
      const again = await readCases(sourceOf(Buffer.from(text))).next();
      const { file: ___, line: ____, ...reread } = again.value as EpochCase;
      if (formatCase(reread) !== text) throw new Broken(`written again it is not the same: ${text}`);
      if (!isDeepStrictEqual(reread, read)) throw new Broken(`read again it is not the same: ${text}`);
      checked(read);
    }
    return READ;
  },
};

const sourceOf = (bytes: Uint8Array) => ({ name: 'fuzz.jsonl', stream: Readable.from([Buffer.from(bytes)]) });

function checked({ input }: Case): void {
  for (const lenient of [false, true]) {
    try {
      checkEpochInput(input, { lenient });
    } catch (fault) {
      if (!(fault instanceof YumaError)) throw fault;
    }
  }
}
