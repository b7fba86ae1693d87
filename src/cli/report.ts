/** Report: what a fault looks like on the terminal, and the exit code it means. */
import { CommanderError } from 'commander';
import { type Place, YumaError } from '../epoch/errors.js';
import { paint } from '../text/paint.js';
import { cutEnd, plain, wrap } from '../text/wrap.js';
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
 * error COLUMN_OUT_OF_RANGE at net.jsonl:3, case sn7/4099680
 *   weights of uid 7, entry 2: column 300 is no neuron, the subnet has n = 256. ...
 */
function faultText(fault: unknown, io: Io): string {
  const [code, sentence] =
    fault instanceof YumaError
      ? [fault.code, fault.sentence]
      : ['UNEXPECTED', fault instanceof Error ? fault.message : String(fault)];
  const place = fault instanceof YumaError ? placeText(`error ${code}`, fault.data, io.columns) : '';
  const lines = wrap(plain(sentence), io.columns, 2);
  return `${paint(io.color).bad(`error ${code}`)}${place}\n${lines.join('\n')}\n`;
}

/** A name keeps so many characters, however long the path before it. */
const SHORTEST_NAME = 16;

/** File, line and name of the case, as far as they are known; the name is cut to what `before` leaves of the width. */
function placeText(before: string, place: Place, columns: number): string {
  const line = place.line === undefined ? '' : `:${place.line}`;
  const file = place.file === undefined ? '' : ` at ${plain(place.file)}${line}`;
  if (place.case === undefined) return file;
  const label = `${file === '' ? ' in' : `${file},`} case `;
  return label + cutEnd(plain(place.case), Math.max(SHORTEST_NAME, columns - before.length - label.length));
}
