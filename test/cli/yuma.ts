/** Runs the program in this process, with streams that remember. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import type { Io } from '../../src/cli/io.js';
import { run } from '../../src/cli/program.js';

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface World {
  readonly stdin?: string | Readable;
  readonly columns?: number;
  readonly color?: boolean;
  readonly signal?: AbortSignal;
  readonly stdout?: Writable;
}

/** A sink that keeps what it is given. */
export class Memory extends Writable {
  text = '';

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** `yuma ARGS`; arguments may stand in one text, set apart by spaces. */
export async function yuma(args: string | readonly string[], world: World = {}): Promise<Outcome> {
  const stdout = new Memory();
  const stderr = new Memory();
  const { stdin = '' } = world;
  const io: Io = {
    stdin: typeof stdin === 'string' ? Readable.from([Buffer.from(stdin)]) : stdin,
    stdout: world.stdout ?? stdout,
    stderr,
    columns: world.columns ?? 80,
    color: world.color ?? false,
    signal: world.signal ?? new AbortController().signal,
    exitCode: 0,
  };
  await run(typeof args === 'string' ? args.split(' ').filter((arg) => arg !== '') : args, io);
  return { stdout: stdout.text, stderr: stderr.text, exitCode: io.exitCode };
}

/** A folder for the time of `use`. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'yuma-test-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A file of the golden vectors. */
export const golden = (file: string): string => new URL(`../vectors/data/${file}`, import.meta.url).pathname;
