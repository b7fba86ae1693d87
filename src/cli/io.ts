/**
 * Io: all that a command touches of the world, so that tests can hand it another one. Commands never call
 * `process.exit`; they set `exitCode`, and only `main` ends the process.
 */
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { YumaError } from '../epoch/errors.js';
import { fileFault } from '../formats/file-fault.js';

export interface Io {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Width of the terminal, 80 if there is none. */
  readonly columns: number;
  readonly color: boolean;
  /** Aborted with `Interrupted` on Ctrl-C, with `ClosedPipe` when nobody reads stdout, or with why it takes no more. */
  readonly signal: AbortSignal;
  /** 0 fine, 1 a check failed, 2 bad usage or input, 128 + the signal's number when stopped by one. */
  exitCode: number;
  /** What was typed, once the program knows it. */
  commandLine?: string;
}

/** Ctrl-C, or another polite signal. */
export class Interrupted extends Error {
  constructor(readonly exitCode: number) {
    super('stopped');
  }
}

/** The reader of stdout has gone (`yuma epoch ... | head`): no fault, there is just no more to do. */
export class ClosedPipe extends Error {}

/** Writes to stdout and waits until it takes more, so that a slow reader holds back the computing. */
export async function print(io: Io, text: string): Promise<void> {
  io.signal.throwIfAborted();
  if (io.stdout.write(text)) return;
  try {
    await once(io.stdout, 'drain', { signal: io.signal });
  } catch (fault) {
    io.signal.throwIfAborted();
    throw fault;
  }
}

/** Prints line after line, as they come. */
export async function printLines(io: Io, lines: AsyncIterable<string>): Promise<void> {
  for await (const line of lines) await print(io, `${line}\n`);
}

const NARROWEST = 40;
const USUAL = 80;

/** Signals that ask for an end, and the exit code of each. */
const STOPPING = [
  ['SIGHUP', 129], // the terminal was closed
  ['SIGINT', 130], // Ctrl-C
  ['SIGTERM', 143],
] as const;

/** The process itself; hears signals and closed pipes from now on. */
export function processIo(): Io {
  const stop = new AbortController();
  for (const [signal, exitCode] of STOPPING) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(exitCode); // asked twice
      stop.abort(new Interrupted(exitCode));
    });
  }
  process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
    const full = new YumaError('UNWRITABLE', { file: 'stdout', reason: fileFault(fault) }, { cause: fault });
    stop.abort(fault.code === 'EPIPE' ? new ClosedPipe() : full);
  });
  process.stderr.on('error', () => {}); // nobody is left to tell
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    columns: terminalColumns(process.env.COLUMNS, process.stdout.columns),
    color: wantsColor(process.env, process.stdout.isTTY),
    signal: stop.signal,
    exitCode: 0,
  };
}

/** A whole `COLUMNS` wins over what the terminal says. */
export function terminalColumns(wanted: string | undefined, actual: number | undefined): number {
  const columns = wanted !== undefined && /^[0-9]+$/.test(wanted) ? Number(wanted) : (actual ?? USUAL);
  return columns === 0 ? USUAL : Math.max(NARROWEST, columns);
}

/** Colours on a terminal, unless NO_COLOR (any text) or a dumb terminal says otherwise. */
export function wantsColor(env: { NO_COLOR?: string; TERM?: string }, isTerminal: boolean | undefined): boolean {
  return isTerminal === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
}
