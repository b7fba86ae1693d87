/** Out: the file that `--out`, or an option like it, names. */
import { stat } from 'node:fs/promises';
import { YumaError } from '../epoch/errors.js';
import { writeAtomically } from '../formats/index.js';
import { count } from '../text/numbers.js';
import { plain } from '../text/wrap.js';
import type { Io } from './io.js';

/**
 * Before anything is read.
 * @param instead how to print what would be written
 * @param files the inputs, as they were named; `-` is stdin
 * @param flag the option that names it
 * @throws YumaError BAD_USAGE where `out` is `-`, or one of the inputs by whatever path or link
 */
export async function checkOut(
  out: string,
  instead: string,
  files: readonly string[] = [],
  flag = '--out',
): Promise<void> {
  if (out === '-') {
    throw new YumaError('BAD_USAGE', { reason: `${flag} takes the name of a file, not -. ${instead}` });
  }
  const target = await identity(out);
  for (const file of files) {
    if (target === null || file === '-' || target !== (await identity(file))) continue;
    const reason = `${flag} ${out} is the input ${file}, which it would overwrite. Name another file.`;
    throw new YumaError('BAD_USAGE', { reason });
  }
}

/** Writes cases there, whole or not at all, and says so. */
export async function writeCases(io: Io, out: string, lines: AsyncIterable<string>): Promise<void> {
  let written = 0;
  const counted = async function* (): AsyncGenerator<string> {
    for await (const line of lines) {
      yield line;
      written += 1;
    }
  };
  await writeAtomically(out, counted(), { signal: io.signal });
  io.stderr.write(`${count(written, 'case')} written to ${plain(out)}\n`);
}

/** Which file a path leads to; `null`: none, or no file that writing would replace. */
async function identity(path: string): Promise<string | null> {
  try {
    const found = await stat(path, { bigint: true });
    return found.isFile() ? `${found.dev}:${found.ino}` : null;
  } catch {
    return null; // whoever reads or writes it says why
  }
}
