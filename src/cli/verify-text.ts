/** Verify text: counts a file and in all, and the first difference of each case that has one. */
import type { EngineInfo } from '../engine/engine.js';
import type { CaseSource } from '../formats/index.js';
import { count, grouped } from '../text/numbers.js';
import { type Paint, paint } from '../text/paint.js';
import { cutStart, plain, widthOf, wrap } from '../text/wrap.js';
import type { CaseReport } from '../verify/index.js';
import type { Io } from './io.js';

/** Columns of usual counts, `10,000 cases: 10,000 equal`; names of files get the rest, but no less than a few. */
const COUNTS_WIDTH = 26;
const SHORTEST_NAME = 12;
const GAP = '  ';
const IN_ALL = 'in all';

/** Cases that lack the same fields. */
interface Lacking {
  cases: number;
  /** Name and place of the first. */
  readonly first: string;
}

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
  /** By the fields. */
  private readonly absent = new Map<string, Lacking>();

  constructor(
    private readonly io: Pick<Io, 'columns' | 'color'>,
    sources: readonly CaseSource[],
  ) {
    this.colors = paint(io.color);
    const room = Math.max(SHORTEST_NAME, io.columns - GAP.length - COUNTS_WIDTH);
    this.nameWidth = Math.min(room, Math.max(IN_ALL.length, ...sources.map((source) => nameOf(source).length)));
  }

  /** Something was compared, and all of it was equal. */
  get passed(): boolean {
    return this.all.differing === 0 && this.all.equal > 0;
  }

  /** Text about the case; none if it is equal. */
  report(report: CaseReport): string {
    this.all.add(report);
    this.inFile.add(report);
    const place = `${plain(report.file)}:${report.line}`;
    if (report.compared > 0 && report.absent.length > 0) {
      const fields = report.absent.join(' ');
      const lacking = this.absent.get(fields) ?? { cases: 0, first: `${plain(report.name)}, ${place}` };
      lacking.cases += 1;
      this.absent.set(fields, lacking);
    }
    if (report.difference === null) return '';
    const { field, uid, entry, got, want } = report.difference;
    const where = `${field}${uid === undefined ? '' : ` of uid ${uid}`}${entry === undefined ? '' : `, entry ${entry}`}`;
    return (
      `${this.colors.bad('differs')} ${plain(report.name)} (${place})\n` +
      `  ${where}: got ${element(got)}, want ${element(want)}\n`
    );
  }

  endOfFile(source: CaseSource): string {
    const line = this.line(nameOf(source), this.inFile);
    this.inFile = new Counts();
    return line;
  }

  /** @param computed cases, by the backend that computed them */
  endOfAll(computed: EngineInfo['computed']): string {
    const by = byWhom(computed);
    const verdict = this.passed
      ? this.colors.good(`All that was compared is equal, bit for bit. Computed by ${by}.`)
      : this.colors.bad(
          this.all.differing > 0
            ? `${count(this.all.differing, 'case differs', 'cases differ')}. Computed by ${by}.`
            : 'Nothing was compared: no case has expected results.',
        );
    return `${this.totals()}${verdict}\n`;
  }

  /** What was compared before a fault in this file; none if that was nothing. */
  stopped(source: CaseSource): string {
    if (this.all.cases === 0) return '';
    const file = this.inFile.cases > 0 ? this.endOfFile(source) : '';
    return `${file}${this.totals()}${this.colors.bad('Stopped by a fault: what stands behind it was not compared.')}\n`;
  }

  private totals(): string {
    const lines = [this.line(IN_ALL, this.all)];
    for (const [fields, { cases, first }] of this.absent) {
      const which = cases === 1 ? first : `first ${first}`;
      const lack = `${count(cases, 'case')} (${which}) ${cases === 1 ? 'lacks' : 'lack'} these fields`;
      const text = `${lack}, which were not compared: ${fields}`;
      lines.push(...wrap(text, this.io.columns).map((line) => `${line}\n`));
    }
    return lines.join('');
  }

  private line(name: string, { cases, equal, differing, skipped }: Counts): string {
    const parts = [
      `${count(cases, 'case').padStart(11)}: ${grouped(equal)} equal`,
      differing > 0 ? this.colors.bad(`${count(differing, 'differs', 'differ')}`) : '',
      skipped > 0 ? this.colors.warn(`${grouped(skipped)} with nothing to compare`) : '',
    ];
    const counts = parts.filter((part) => part !== '').join(', ');
    const room = Math.max(SHORTEST_NAME, this.io.columns - GAP.length - widthOf(counts));
    const width = Math.min(this.nameWidth, room);
    return `${cutStart(name, width).padEnd(width)}${GAP}${counts}\n`;
  }
}

const nameOf = (source: CaseSource): string => plain(typeof source === 'string' ? source : source.name);

const element = (value: unknown): string =>
  value === null ? 'nothing' : Array.isArray(value) ? `[${value}]` : String(value);

/** "wasm", or "webgpu (430 cases) and wasm (2 cases)". */
function byWhom(computed: EngineInfo['computed']): string {
  const parts = Object.entries(computed).filter(([, cases]) => cases > 0);
  if (parts.length === 1) return parts[0]![0];
  return parts.map(([backend, cases]) => `${backend} (${count(cases, 'case')})`).join(' and ');
}
