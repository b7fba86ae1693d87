/** Verify text: counts a file and in all, and the first difference of each case that has one. */
import type { CaseSource } from '../formats/index.js';
import { count } from '../text/numbers.js';
import { type Paint, paint } from '../text/paint.js';
import { plain, wrap } from '../text/wrap.js';
import type { CaseReport } from '../verify/index.js';
import type { Io } from './io.js';

/** Columns for the names of files. */
const NAME_WIDTH = 36;

class Counts {
  cases = 0;
  equal = 0;
  differing = 0;
  /** Cases without any expected result. */
  skipped = 0;

  add({ equal, compared }: CaseReport): void {
    this.cases += 1;
    if (compared === 0) this.skipped += 1;
    else if (equal) this.equal += 1;
    else this.differing += 1;
  }
}

export class VerifyText {
  private readonly colors: Paint;
  private readonly nameWidth: number;
  private readonly all = new Counts();
  private inFile = new Counts();
  /** Cases by the fields they did not give. */
  private readonly absent = new Map<string, number>();

  constructor(
    private readonly io: Pick<Io, 'columns' | 'color'>,
    sources: readonly CaseSource[],
  ) {
    this.colors = paint(io.color);
    this.nameWidth = Math.min(NAME_WIDTH, Math.max(6, ...sources.map((source) => nameOf(source).length)));
  }

  /** Something was compared, and all of it was equal. */
  get passed(): boolean {
    return this.all.differing === 0 && this.all.equal > 0;
  }

  /** Text about the case; none if it is equal. */
  report(report: CaseReport): string {
    this.all.add(report);
    this.inFile.add(report);
    if (report.compared > 0 && report.absent.length > 0) {
      const fields = report.absent.join(' ');
      this.absent.set(fields, (this.absent.get(fields) ?? 0) + 1);
    }
    if (report.difference === null) return '';
    const { field, uid, entry, got, want } = report.difference;
    const where = `${field}${uid === undefined ? '' : ` of uid ${uid}`}${entry === undefined ? '' : `, entry ${entry}`}`;
    return (
      `${this.colors.bad('differs')} ${plain(report.name)} (${plain(report.file)}:${report.line})\n` +
      `  ${where}: got ${element(got)}, want ${element(want)}\n`
    );
  }

  endOfFile(source: CaseSource): string {
    const line = this.line(tail(plain(nameOf(source)), NAME_WIDTH), this.inFile);
    this.inFile = new Counts();
    return line;
  }

  endOfAll(backend: string): string {
    const lines = [this.line('in all', this.all).trimEnd()];
    for (const [fields, cases] of this.absent) {
      lines.push(
        ...wrap(
          `${count(cases, 'case lacks', 'cases lack')} these fields, which were not compared: ${fields}`,
          this.io.columns,
        ),
      );
    }
    const verdict = this.passed
      ? this.colors.good(`All that was compared is equal, bit for bit. Computed by ${backend}.`)
      : this.colors.bad(
          this.all.differing > 0
            ? `${count(this.all.differing, 'case differs', 'cases differ')}. Computed by ${backend}.`
            : 'Nothing was compared: no case has expected results.',
        );
    return `${[...lines, verdict].join('\n')}\n`;
  }

  private line(name: string, { cases, equal, differing, skipped }: Counts): string {
    const parts = [
      `${count(cases, 'case').padStart(11)}: ${equal} equal`,
      differing > 0 ? this.colors.bad(`${count(differing, 'differs', 'differ')}`) : '',
      skipped > 0 ? this.colors.warn(`${skipped} without expected results`) : '',
    ];
    return `${name.padEnd(this.nameWidth)}  ${parts.filter((part) => part !== '').join(', ')}\n`;
  }
}

/** The end of a path says most. */
const tail = (text: string, most: number): string => (text.length <= most ? text : `..${text.slice(2 - most)}`);

const nameOf = (source: CaseSource): string => (typeof source === 'string' ? source : source.name);

const element = (value: unknown): string =>
  value === null ? 'nothing' : Array.isArray(value) ? `[${value}]` : String(value);
