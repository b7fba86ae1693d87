/**
 * Journal: the finished points of a sweep in a file, a line each, written as they finish. A sweep that is stopped, killed
 * or runs out of disk goes on from it; what was being written then is left out, and its point is run again.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { fileFault } from '../formats/file-fault.js';
import { YumaError } from '../index.js';
import type { SweepPlan } from './plan.js';
import type { PointResult } from './run-point.js';

const FORMAT = 'yuma-sweep/1';

export class Journal {
  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    private end: number,
  ) {}

  /**
   * Starts a journal, or goes on with one.
   * @param resume it must be there, and of this plan; otherwise it must not
   * @returns the journal and the points that it has
   * @throws YumaError UNWRITABLE, UNREADABLE, BAD_USAGE
   */
  static async open(path: string, plan: SweepPlan, resume: boolean): Promise<[Journal, Map<number, PointResult>]> {
    const file = await opened(path, resume);
    try {
      const head = `${JSON.stringify({ format: FORMAT, plan })}\n`;
      if (!resume) {
        const journal = new Journal(path, file, 0);
        await journal.write(head);
        return [journal, new Map()];
      }
      const bytes = await file.readFile();
      const whole = bytes.lastIndexOf(0x0a) + 1;
      const [first, ...lines] = bytes.subarray(0, whole).toString('utf8').split('\n').slice(0, -1);
      if (`${first}\n` !== head) {
        const reason = `${path} is the journal of another sweep. Go on with the same scenario and options, or remove it.`;
        throw new YumaError('BAD_USAGE', { reason });
      }
      const results = lines.map((line, at) => resultOf(path, line, at + 2));
      return [new Journal(path, file, whole), new Map(results.map((result) => [result.run, result]))];
    } catch (fault) {
      await file.close();
      throw fault;
    }
  }

  /** Settles when the result is on the disk. @throws YumaError UNWRITABLE */
  add(result: PointResult): Promise<void> {
    return this.write(`${JSON.stringify(result)}\n`);
  }

  close(): Promise<void> {
    return this.file.close();
  }

  /** Writes behind what is known to be whole, over what a write that failed has left. */
  private async write(line: string): Promise<void> {
    const bytes = Buffer.from(line);
    const at = this.end;
    this.end += bytes.length;
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await this.file.write(bytes, done, bytes.length - done, at + done);
        done += bytesWritten; // a disk that becomes full takes a part without a word
      }
      await this.file.datasync();
    } catch (fault) {
      throw new YumaError('UNWRITABLE', { file: this.path, reason: fileFault(fault) }, { cause: fault });
    }
  }
}

function resultOf(file: string, text: string, line: number): PointResult {
  try {
    const result = JSON.parse(text) as PointResult;
    if (Number.isInteger(result.run) && Array.isArray(result.subnets)) return result;
  } catch {} // said below
  throw new YumaError('UNREADABLE', { file, line, reason: 'it is no point of a sweep; remove the file to start anew' });
}

async function opened(path: string, resume: boolean): Promise<FileHandle> {
  try {
    return await open(path, resume ? 'r+' : 'wx+');
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      const reason = `${path} is there: a sweep into this output was stopped. Go on with it (--resume), or remove it.`;
      throw new YumaError('BAD_USAGE', { reason });
    }
    throw new YumaError(
      resume ? 'UNREADABLE' : 'UNWRITABLE',
      { file: path, reason: fileFault(fault) },
      { cause: fault },
    );
  }
}
