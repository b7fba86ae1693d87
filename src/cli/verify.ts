/** `yuma verify`: holds computed epochs against the results expected of each case. */
import type { Command } from 'commander';
import type { Engine } from '../engine/engine.js';
import { createEngine } from '../engine/node.js';
import { type CaseSource, readCases } from '../formats/index.js';
import { type CaseReport, verifyCases } from '../verify/index.js';
import { caseSources, createCommand } from './command.js';
import { interruptible } from './interruptible.js';
import { type Io, print } from './io.js';
import { adapterOption, backendOption, type EngineChoice } from './options.js';
import { VerifyText } from './verify-text.js';

interface Options extends EngineChoice {
  readonly json?: true;
}

export const verifyCommand = (io: Io): Command =>
  createCommand(io, 'yuma verify')
    .description('Compare computed epochs with the results expected of each case, bit for bit.')
    .argument('<files...>', 'case files, plain or gzipped; - is stdin')
    .addOption(backendOption())
    .addOption(adapterOption())
    .option('--json', 'a line a case')
    .addHelpText('after', '\nExits 1 if a case differs or nothing was compared.')
    .addHelpText('after', '\nExample:\n  yuma verify --backend reference vectors/*.jsonl.gz\n')
    .action(async (files: string[], options: Options) => {
      const sources = caseSources(files, io);
      await using engine = await createEngine({ backend: options.backend, adapter: options.adapter, warm: false });
      const text = new VerifyText(io, sources);
      for (const source of sources) {
        try {
          for await (const report of reportsOf(source, engine, io)) {
            if (report.difference !== null) io.exitCode = 1; // at once: the reader of stdout may go before the end
            const lines = text.report(report);
            await print(io, options.json ? `${JSON.stringify(report)}\n` : lines);
          }
        } catch (fault) {
          // The fault is what ends the run, whatever becomes of these lines.
          if (!options.json && !io.signal.aborted) await print(io, text.stopped(source)).catch(() => {});
          throw fault;
        }
        if (!options.json) await print(io, text.endOfFile(source));
      }
      if (!options.json) await print(io, text.endOfAll(engine.info().computed));
      io.exitCode = text.passed ? 0 : 1;
    });

function reportsOf(source: CaseSource, engine: Engine, io: Io): AsyncGenerator<CaseReport> {
  return verifyCases((input, how) => engine.runEpoch(input, how), interruptible(readCases(source), io.signal));
}
