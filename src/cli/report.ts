/** Report: what a fault looks like on the terminal, and the exit code it means. */
import { CommanderError } from 'commander';
import { YumaError } from '../epoch/errors.js';
import { paint } from '../text/paint.js';
import { plain, wrap } from '../text/wrap.js';
import { ClosedPipe, Interrupted, type Io } from './io.js';

/** The one place where 2 is set. */
export function report(fault: unknown, io: Io): void {
  if (fault instanceof ClosedPipe) return;
  if (fault instanceof Interrupted) {
    io.exitCode = fault.exitCode;
  } else if (fault instanceof CommanderError) {
    io.exitCode = fault.exitCode === 0 ? 0 : 2; // help or version, asked for or not
  } else {
    io.exitCode = 2;
    io.stderr.write(faultText(fault, io));
  }
}

/**
 * error COLUMN_OUT_OF_RANGE at net.jsonl:3
 *   weights of uid 7, entry 2: column 300 is no neuron, the subnet has n = 256. ...
 */
function faultText(fault: unknown, io: Io): string {
  const code = fault instanceof YumaError ? fault.code : 'UNEXPECTED';
  const sentence = fault instanceof YumaError ? fault.sentence : fault instanceof Error ? fault.message : String(fault);
  const lines = wrap(plain(sentence), io.columns, 2);
  return `${paint(io.color).bad(`error ${code}`)}${place(fault)}\n${lines.join('\n')}\n`;
}

function place(fault: unknown): string {
  if (!(fault instanceof YumaError) || fault.data.file === undefined) return '';
  const line = fault.data.line === undefined ? '' : `:${fault.data.line}`;
  return ` at ${plain(fault.data.file)}${line}`;
}
