/** Check text: one line a property, by families, and what is to be known of those that fail. */
import { count, grouped } from '../text/numbers.js';
import { type Paint, paint } from '../text/paint.js';
import { plain, wrap } from '../text/wrap.js';
import type { Io } from './io.js';

/** What became of a property. JSON-safe. */
export interface PropertyReport {
  readonly property: string;
  readonly family: string;
  readonly statement: string;
  readonly ok: number;
  readonly failed: number;
  readonly outside: number;
  /** The precondition that the first input outside does not meet. */
  readonly outsideReason: string;
  readonly failure?: {
    readonly case: string;
    /** 0 = the case itself. */
    readonly perturbation: number;
    readonly reason: string;
    /** The smallest case that fails. */
    readonly file: string;
    readonly neurons: number;
  };
}

export interface CheckScope {
  readonly cases: number;
  readonly runs: number;
  readonly seed: number;
  /** Backend or command. */
  readonly subject: string;
}

const NAME_WIDTH = 32;
const INDENT = 8;

export class CheckText {
  private readonly colors: Paint;
  private family = '';
  private readonly totals = { ok: 0, failed: 0, outside: 0 };

  constructor(
    private readonly io: Pick<Io, 'columns' | 'color'>,
    private readonly scope: CheckScope,
  ) {
    this.colors = paint(io.color);
  }

  head(): string {
    const { cases, runs, seed, subject } = this.scope;
    const each = runs === 0 ? 'no perturbations' : `${count(runs, 'perturbation')} of each`;
    return this.wrapped(`${count(cases, 'case')}, ${each}, seed ${seed}, computed by ${plain(subject)}`, 0);
  }

  line(report: PropertyReport): string {
    const { property, family, ok, failed, outside, outsideReason, failure } = report;
    const heading = family === this.family ? '' : `\n${this.colors.title(family)}\n`;
    this.family = family;
    const status = failed > 0 ? 'failed' : ok > 0 ? 'ok' : 'outside';
    this.totals[status] += 1;
    const sign = {
      ok: this.colors.good('ok    '),
      failed: this.colors.bad('failed'),
      outside: this.colors.faint('n/a   '),
    }[status];
    const counts = [
      ok > 0 ? `${grouped(ok)} ok` : '',
      failed > 0 ? `${grouped(failed)} failed` : '',
      outside > 0 ? `${grouped(outside)} outside` : '',
    ].filter((part) => part !== '');
    const first = `  ${sign}  ${property.padEnd(NAME_WIDTH)}  ${counts.join(', ')}\n`;
    const why = status === 'outside' ? this.wrapped(`not so here: ${outsideReason}`, INDENT + 2) : '';
    return heading + first + why + (failure === undefined ? '' : this.failure(report, failure));
  }

  end(): string {
    const { ok, failed, outside } = this.totals;
    const parts = [`${grouped(ok)} ok`, `${grouped(failed)} failed`, `${grouped(outside)} not applicable`];
    const text = `${count(ok + failed + outside, 'property', 'properties')}: ${parts.join(', ')}. Seed ${this.scope.seed}.`;
    return `\n${failed > 0 ? this.colors.bad(text) : this.colors.good(text)}\n`;
  }

  private failure(report: PropertyReport, failure: NonNullable<PropertyReport['failure']>): string {
    const which = failure.perturbation === 0 ? '' : `, perturbation ${failure.perturbation}`;
    return (
      this.wrapped(report.statement, INDENT + 2) +
      this.wrapped(`${plain(failure.case)}${which}: ${plain(failure.reason)}`, INDENT + 2) +
      this.wrapped(`the smallest case has ${count(failure.neurons, 'neuron')}; to check it again:`, INDENT + 2) +
      this.wrapped(`yuma check ${plain(failure.file)} --property ${report.property} --runs 0`, INDENT + 2)
    );
  }

  private wrapped(text: string, indent: number): string {
    return wrap(text, this.io.columns, indent)
      .map((line) => `${line}\n`)
      .join('');
  }
}
