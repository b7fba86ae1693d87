/**
 * An implementation behind a command: cases on its stdin, results on its stdout, a JSON line each, in order.
 * Format docs/case-format.md; a result is `{"name": ..., "out": {...}}`, with `mid` beside `out` if it knows the raw vectors:
 *        what `yuma epoch --json --lenient --intermediates -` prints. `out` must be whole
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { type EpochInput, type EpochOutput, stakeRaw, YumaError } from '../epoch/index.js';
import { type EpochCase, formatCase, OUT_FIELDS, readCases } from '../formats/index.js';
import type { Run } from './property.js';

export interface CommandRun {
  readonly run: Run;
  /** Ends the command. */
  close(): Promise<void>;
}

/** Starts the command, by the shell; it answers each case before it gets the next one. */
export function startCommand(command: string): CommandRun {
  const child = spawn(command, {
    shell: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: process.platform !== 'win32',
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (fault) => resolve(fault.message));
    child.once('close', (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`));
  });
  child.stdin.on('error', () => {}); // `ended` says why
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const unreadable = (reason: string): YumaError =>
    new YumaError('UNREADABLE', { reason: `the answers of "${command}", ${reason}` });
  let asked = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const ask = async (input: EpochInput): Promise<EpochOutput> => {
    asked += 1;
    const text = formatCase({ name: `check/${asked}`, input: { ...input, meta: undefined } });
    child.stdin.write(`${text}\n`);
    const line = await lines.next();
    if (line.done) throw unreadable(`${await ended} before it answered case ${asked}`);
    return outputOf(input, await answerOf(command, text, line.value));
  };
  return {
    run: (input) => {
      const answer = turn.then(() => ask(input));
      turn = answer.catch(() => {});
      return answer;
    },
    close: async () => {
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) stop(child.pid);
      await ended;
    },
  };
}

/** The shell may have started others: they are one group. It may also have ended by itself just now. */
function stop(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGTERM');
  } catch {
    // nothing is left to stop
  }
}

/** The results, read as those that a case expects. */
async function answerOf(command: string, text: string, line: string): Promise<EpochCase> {
  let answer: { out?: unknown; mid?: unknown };
  try {
    answer = JSON.parse(line) as typeof answer;
  } catch (fault) {
    throw new YumaError('BAD_JSON', { reason: `an answer of "${command}" is no JSON` }, { cause: fault });
  }
  const expected = JSON.stringify({ out: answer?.out ?? {}, mid: answer?.mid });
  const whole = `${text.slice(0, -1)},"expected":${expected}}`;
  const { value } = await readCases({ name: command, stream: Readable.from([whole]) }).next();
  return value!;
}

/** `stake` is no part of the format and is taken from the input. */
function outputOf(input: EpochInput, { file, expected }: EpochCase): EpochOutput {
  const out = expected?.out ?? {};
  const missing = (Object.keys(OUT_FIELDS) as (keyof typeof OUT_FIELDS)[]).find((field) => out[field] === undefined);
  if (missing !== undefined) throw new YumaError('MISSING_FIELD', { file, field: `out.${missing}` });
  const mid = expected?.mid;
  const stake = BigUint64Array.from({ length: input.n }, (_, uid) => stakeRaw(input.stake, uid) >> 64n);
  return { ...(out as EpochOutput), n: input.n, stake, intermediates: mid as EpochOutput['intermediates'] };
}
