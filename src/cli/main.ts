#!/usr/bin/env node
/** The executable: runs the command line and ends the process, with nothing of its output lost. */
import { processIo } from './io.js';
import { run } from './program.js';
import { report } from './report.js';

const io = processIo();
await run(process.argv.slice(2), io);
// An open stdin would keep the process alive; what stands in the pipes must still go out.
await Promise.all([io.stdout, io.stderr].map((stream) => new Promise((written) => stream.write('', written))));
if (io.signal.aborted && io.exitCode < 2) report(io.signal.reason, io); // it was the very last line that failed
process.exit(io.exitCode);
