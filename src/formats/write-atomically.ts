/**
 * Writes a file whole or not at all: into a new file beside the target, flushed to the disk, then renamed over it.
 * Takes  lines without their breaks, at the writer's pace; a name in .gz is written as gzip
 * State  after a fault, an abort, or a throw of the lines themselves, the target is as it was and nothing is left over
 *
 * A target that is a symbolic link keeps it: the file it leads to is replaced. An existing file keeps its permissions,
 * and is refused if it may not be written. A device or a pipe (/dev/stdout) cannot be replaced; it is written straight.
 */
import { randomUUID } from 'node:crypto';
import { type FileHandle, lstat, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { YumaError } from '../epoch/errors.js';
import { fileFault } from './file-fault.js';

export interface WriteOptions {
  /** Stops the writing; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Names that stand for something else, /dev/stdout for what may be a plain file: a rename would replace the name. */
const SYSTEM_NAME = /^\/(?:dev|proc)\//;

/** Lines are handed to the system in blocks of about so many characters. */
const BLOCK = 65_536;

/**
 * @throws YumaError UNWRITABLE; what the lines throw and the reason of an abort come through unchanged
 */
export async function writeAtomically(
  path: string,
  lines: AsyncIterable<string> | Iterable<string>,
  options: WriteOptions = {},
): Promise<void> {
  const { signal } = options;
  const target = await whereTo(path);
  signal?.throwIfAborted();
  const guard: Guard = {};
  const text = blocks(lines, guard, signal);
  const how = { gzip: path.endsWith('.gz'), mode: target.mode, signal };
  try {
    if (target.direct) return await writeInto(await open(target.path, 'a'), text, how);
    const beside = join(dirname(target.path), `.yuma-${randomUUID()}.tmp`);
    try {
      await writeInto(await open(beside, 'wx', target.mode ?? 0o666), text, how);
      await rename(beside, target.path);
    } finally {
      await rm(beside, { force: true }); // gone already if it was renamed
    }
  } catch (fault) {
    if (guard.fault !== undefined) throw guard.fault.value;
    signal?.throwIfAborted();
    throw unwritable(path, fault);
  }
}

interface Target {
  /** The file itself, behind any links. */
  readonly path: string;
  /** A device or a pipe: no file that a rename could replace. */
  readonly direct: boolean;
  /** Permissions to keep; `undefined` = a new file. */
  readonly mode: number | undefined;
}

async function whereTo(path: string): Promise<Target> {
  try {
    if (!(await isThere(path))) return { path, direct: false, mode: undefined };
    const found = await stat(path);
    if (found.isDirectory()) throw new YumaError('UNWRITABLE', { file: path, reason: 'it is a folder, not a file' });
    if (!found.isFile() || SYSTEM_NAME.test(path)) return { path, direct: true, mode: undefined };
    await (await open(path, 'r+')).close(); // may it be written? A rename would not ask
    return { path: await realpath(path), direct: false, mode: found.mode & 0o777 };
  } catch (fault) {
    throw unwritable(path, fault);
  }
}

/** A link that leads nowhere is there. */
async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return false;
    throw fault;
  }
}

async function writeInto(
  file: FileHandle,
  text: AsyncGenerator<string>,
  { gzip, mode, signal }: { gzip: boolean; mode: number | undefined; signal: AbortSignal | undefined },
): Promise<void> {
  try {
    if (mode !== undefined) await file.chmod(mode); // the umask may have taken some
    const write = (chunk: Buffer, _: unknown, done: (fault?: Error) => void) =>
      file.writeFile(chunk).then(() => done(), done);
    const sink = new Writable({ write, highWaterMark: BLOCK });
    const steps = [Readable.from(text), ...(gzip ? [createGzip()] : []), sink];
    await pipeline(steps, signal === undefined ? {} : { signal });
    if ((await file.stat()).isFile()) await file.sync();
  } finally {
    await file.close();
  }
}

/** What the lines threw, or the reason of an abort, kept apart from what the writing throws. */
interface Guard {
  fault?: { readonly value: unknown };
}

type Lines = AsyncIterable<string> | Iterable<string>;

async function* blocks(lines: Lines, guard: Guard, signal: AbortSignal | undefined): AsyncGenerator<string> {
  const source = Symbol.asyncIterator in lines ? lines[Symbol.asyncIterator]() : lines[Symbol.iterator]();
  let block = '';
  let open = true;
  try {
    for (;;) {
      const next = await nextOf(source, guard, signal);
      open = !next.done;
      if (!open) break;
      block += `${next.value}\n`;
      if (block.length < BLOCK) continue;
      yield block;
      block = '';
    }
    if (block !== '') yield block;
  } finally {
    // Not awaited: lines that never come would never end either.
    if (open) Promise.resolve(source.return?.()).catch(() => {});
  }
}

/** A `catch` round the whole loop would also see the faults that a stream throws into its source. */
async function nextOf(
  source: AsyncIterator<string> | Iterator<string>,
  guard: Guard,
  signal: AbortSignal | undefined,
): Promise<IteratorResult<string>> {
  let stop = (): void => {};
  try {
    signal?.throwIfAborted();
    return await new Promise<IteratorResult<string>>((resolve, reject) => {
      stop = () => reject(signal?.reason);
      signal?.addEventListener('abort', stop);
      Promise.resolve(source.next()).then(resolve, reject);
    });
  } catch (value) {
    guard.fault = { value };
    throw value;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function unwritable(file: string, fault: unknown): YumaError {
  if (fault instanceof YumaError && fault.code === 'UNWRITABLE') return fault;
  return new YumaError('UNWRITABLE', { file, reason: fileFault(fault) }, { cause: fault });
}
