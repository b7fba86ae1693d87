/**
 * Page: a report with charts, written by a command beside what it prints. Commands load what draws it only where a page is
 * wanted: its script is 300 kB of text, some 25 ms at the start of every command.
 */
import { writeAtomically } from '../../formats/index.js';
import { YumaError } from '../../index.js';
import type { About } from '../../report/index.js';
import { plain } from '../../text/wrap.js';
import type { Io } from '../io.js';
import { checkNewOut, type NewOut } from '../out.js';
import { versionInALine } from '../version.js';

/** Before anything is computed. @throws YumaError BAD_USAGE */
export async function checkPage(path: string, options: Pick<NewOut, 'inputs' | 'force'>): Promise<void> {
  await checkNewOut(path, { flag: '--report', instead: 'A page cannot be printed.', ...options });
  if (!/\.html?$/.test(path)) {
    throw new YumaError('BAD_USAGE', { reason: `--report ${path}: the name of a page ends in .html.` });
  }
}

/** What the foot of a page says of how it was made. */
export const aboutOf = (io: Io, backend?: string, description?: string): About => ({
  engineVersion: versionInALine(),
  ...(backend === undefined ? {} : { backend }),
  ...(io.commandLine === undefined ? {} : { command: io.commandLine }),
  ...(description === undefined ? {} : { description }),
});

/** Writes it whole or not at all, and says so. */
export async function writePage(io: Io, path: string, html: string): Promise<void> {
  await writeAtomically(path, [html], { signal: io.signal });
  io.stderr.write(`report written to ${plain(path)}\n`);
}
