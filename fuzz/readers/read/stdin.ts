/**
 * Stdin of the command line, in this process. A command ends with 0, 1 or 2, with 2 says a known code first, and sends
 * no control character of a file to the terminal. Which command is told by the bytes, so that they alone replay it.
 */
import { Readable, Writable } from 'node:stream';
import { run } from '#yuma/cli/program.js';
import { crc32 } from '#yuma/engine/subnet/crc32.js';
import { drawGzip } from '../draw/gzip.js';
import { drawLines } from '../draw/lines.js';
import { Broken, type Reader } from '../reader.js';

const COMMANDS = [
  ['epoch', '--json', '-'],
  ['epoch', '--json', '--lenient', '--intermediates', '-'],
  ['epoch', '-'],
  ['verify', '-'],
  ['verify', '--json', '-'],
  ['explain', '-', '--uid', '0'],
] as const;

/** Of a terminal; hotkeys are shown on wide ones. */
const WIDTHS = [40, 80, 200, 200, 80];

/** At the start of stderr, and then not one of ours. */
const TYPED = /^error (?!UNEXPECTED|CORE_FAULT)[A-Z0-9_]+/;
/** All but line breaks. */
const CONTROL = /[^\P{Cc}\n]/u;

export const stdinReader: Reader = {
  name: 'stdin',
  draw: (random) => (random.below(8) === 0 ? drawGzip(random) : drawLines(random)),
  read: async (bytes) => {
    const draw = crc32(bytes);
    const command = COMMANDS[draw % COMMANDS.length]!;
    const [stdout, stderr] = [new Sink(), new Sink()];
    const io = {
      stdin: Readable.from([Buffer.from(bytes)]),
      stdout,
      stderr,
      columns: WIDTHS[draw % WIDTHS.length]!,
      color: false,
      signal: new AbortController().signal,
      exitCode: 0,
    };
    await run(command, io);
    const said = `${command.join(' ')}, exit code ${io.exitCode}: ${stderr.text.slice(0, 500)}`;
    if (![0, 1, 2].includes(io.exitCode)) throw new Broken(said);
    if (io.exitCode === 2 && !TYPED.test(stderr.text)) throw new Broken(said);
    if (CONTROL.test(stdout.text) || CONTROL.test(stderr.text)) throw new Broken(`a control character: ${said}`);
    return io.exitCode === 2 ? stderr.text.split(' ')[1]!.trim() : `exit ${io.exitCode}`;
  },
};

class Sink extends Writable {
  text = '';

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
