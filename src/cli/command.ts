/** Command: what all commands have in common. Output goes through `Io`, usage faults become `BAD_USAGE`. */
import { Command, type CommanderError } from 'commander';
import { YumaError } from '../epoch/errors.js';
import type { CaseSource } from '../formats/index.js';
import type { Io } from './io.js';

/** @param name with its parents, as it is typed: `yuma epoch` */
export function createCommand(io: Io, name: string): Command {
  return new Command(name.split(' ').at(-1))
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: () => {}, // `report` prints it
      getOutHelpWidth: () => io.columns,
      getErrHelpWidth: () => io.columns,
      getOutHasColors: () => io.color,
      getErrHasColors: () => io.color,
    })
    .helpOption('-h, --help', 'show this help')
    .exitOverride((fault) => {
      throw fault.exitCode === 0 || fault.code === 'commander.help' ? fault : usage(fault, name);
    });
}

/** A fault of the parser in our form. */
function usage(fault: CommanderError, name: string): YumaError {
  const sentence = fault.message.replace(/^error: /, '').replaceAll('\n', ' ');
  const ended = /[.?)]$/.test(sentence) ? sentence : `${sentence}.`;
  return new YumaError('BAD_USAGE', { reason: `${ended} See "${name} --help".` }, { cause: fault });
}

/** Names of files as sources of cases; `-` is stdin. */
export function caseSources(files: readonly string[], io: Io): CaseSource[] {
  if (files.filter((file) => file === '-').length > 1) {
    throw new YumaError('BAD_USAGE', { reason: 'stdin (-) can be read once only.' });
  }
  return files.map((file) => (file === '-' ? { name: 'stdin', stream: io.stdin } : file));
}
