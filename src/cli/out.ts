/** Out: the file that `--out`, or an option like it, names. */
import { stat } from 'node:fs/promises';
import { YumaError } from '../epoch/errors.js';
import { writeAtomically } from '../formats/index.js';
import { csvLines, type Table } from '../tables/index.js';
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

export interface NewOut {
  /** The option that names it. */
  readonly flag: string;
  /** How to print what would be written. */
  readonly instead: string;
  /** The inputs, as they were named. */
  readonly inputs?: readonly string[];
  /** `--force`: what is there may be replaced. */
  readonly force?: boolean | undefined;
}

/**
 * Before anything is computed: a file that is to be made anew.
 * @throws YumaError BAD_USAGE as `checkOut`, and where something is there already; a device or a pipe may be
 */
export async function checkNewOut(out: string, { flag, instead, inputs = [], force }: NewOut): Promise<void> {
  await checkOut(out, instead, inputs, flag);
  if (force || !(await isInTheWay(out))) return;
  const reason = `${flag} ${out} is there already. Name another file, or replace it (--force).`;
  throw new YumaError('BAD_USAGE', { reason });
}

/** Writes a table as CSV, whole or not at all, gzipped if the name ends in .gz. */
export async function writeCsv(io: Io, out: string, table: Table): Promise<void> {
  await writeAtomically(out, csvLines(table), { signal: io.signal });
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

/** Names under which a device or a pipe is written into, even where it leads to a plain file. */
const SYSTEM_NAME = /^\/(?:dev|proc)\//;

async function isInTheWay(path: string): Promise<boolean> {
  if (SYSTEM_NAME.test(path)) return false;
  try {
    const found = await stat(path);
    return found.isFile() || found.isDirectory();
  } catch {
    return false; // whoever writes it says why
  }
}
