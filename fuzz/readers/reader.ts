/** A reader of bytes from outside, and what is asked of it. Whoever adds one reads only this file. */
import { YumaError } from '#yuma/epoch/errors.js';
import type { Random } from '#yuma/sample/random.js';

export interface Reader {
  readonly name: string;
  /** One input: something valid, changed at a few places by whoever knows its structure. */
  draw(random: Random): Uint8Array;
  /**
   * Reads it and holds what it gave against what must be true of it.
   * @returns how it went: `READ`, a status, or the code of a typed error
   * @throws a typed error, which is fine too; anything else is a finding
   */
  read(bytes: Uint8Array): Promise<string>;
  close?(): Promise<void>;
}

/** The outcome of an input that was taken. */
export const READ = 'read';

/** What came of an input: how it went, or what is wrong with the reader. */
export type Outcome = { readonly went: string } | { readonly finding: string };

/** Codes that say that the fault is ours. */
const OURS: readonly string[] = ['CORE_FAULT', 'GPU_FAULT', 'WORKER_CRASHED', 'CORE_UNAVAILABLE'];

export async function outcomeOf(reader: Reader, bytes: Uint8Array): Promise<Outcome> {
  try {
    return { went: await reader.read(bytes) };
  } catch (fault) {
    if (fault instanceof YumaError && !OURS.includes(fault.code)) return { went: fault.code };
    return { finding: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) };
  }
}

/** Thrown by a reader's own checks. */
export class Broken extends Error {
  override readonly name = 'Broken';
}
