/** The program `yuma`: its commands, and how a run of it ends. */
import type { Command } from 'commander';
import { benchCommand } from './bench.js';
import { checkCommand } from './check.js';
import { createCommand } from './command.js';
import { epochCommand } from './epoch.js';
import { explainCommand } from './explain.js';
import type { Io } from './io.js';
import { mapCommand } from './map.js';
import { report } from './report.js';
import { sampleCommand } from './sample.js';
import { simulateCommand } from './simulate.js';
import { sweepCommand } from './sweep.js';
import { verifyCommand } from './verify.js';
import { versions } from './version.js';
import { whatifCommand } from './whatif.js';
import { workerCommand } from './worker.js';

/** Runs one command line, without the names of node and the program. Settles always; the outcome is in `io.exitCode`. */
export async function run(args: readonly string[], io: Io): Promise<void> {
  io.commandLine = ['yuma', ...args.map(quoted)].join(' ');
  try {
    await createProgram(io).parseAsync([...args], { from: 'user' });
  } catch (fault) {
    report(fault, io);
  }
}

function createProgram(io: Io): Command {
  return createCommand(io, 'yuma')
    .description('Exact Yuma Consensus epochs: the integers of the chain, bit for bit.')
    .version(versions(), '-V, --version', 'show the version, and the SHA-256 of each build of the core')
    .helpCommand('help [command]', 'Show the help of a command.')
    .addCommand(epochCommand(io))
    .addCommand(verifyCommand(io))
    .addCommand(checkCommand(io))
    .addCommand(explainCommand(io))
    .addCommand(whatifCommand(io))
    .addCommand(sampleCommand(io))
    .addCommand(sweepCommand(io))
    .addCommand(workerCommand(io))
    .addCommand(mapCommand(io))
    .addCommand(simulateCommand(io))
    .addCommand(benchCommand(io))
    .addHelpText('after', '\nExample:\n  yuma sample --subnets 4 --seed 7 | yuma epoch -\n')
    .addHelpText('after', 'Exit codes: 0 fine, 1 a check failed, 2 bad usage or input.');
}

/** An argument as a shell takes it. */
const quoted = (arg: string): string => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`);
