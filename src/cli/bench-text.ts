/** Bench text: the network, a line a backend as it comes, and what follows from them; within 80 columns. */
import { machine } from '../bench/machine.js';
import { bytesNeeded, gigabytes } from '../bench/memory.js';
import type { NetworkResult, NetworkRow, SkippedPeer } from '../bench/network.js';
import type { NetworkOptions } from '../bench/plan.js';
import { expectedEntries } from '../bench/subnet.js';
import { count, grouped } from '../text/numbers.js';
import { type Paint, paint } from '../text/paint.js';
import { plain, wrap } from '../text/wrap.js';
import type { Io } from './io.js';

const MODE_TITLE = { yuma2: 'Yuma2', yuma3: 'Yuma3', liquid: 'Yuma3 with liquid alpha' };

/** Widths of the columns; the first stands to the left. */
const WIDTHS = [11, 9, 12, 8, 11, 8, 10, 9] as const;
const TITLES = ['backend', 'threads', 'median ms', 'spread', 'ns/weight', 'GB/s', 'memcpy', 'time'] as const;

export class BenchText {
  private readonly colors: Paint;

  constructor(private readonly io: Pick<Io, 'columns' | 'color'>) {
    this.colors = paint(io.color);
  }

  head(options: NetworkOptions): string {
    const { subnets, validators, neurons, fill, pattern } = options;
    const { cpu, cores, node } = machine();
    const filled = fill >= 1 ? 'all filled' : fill === 0 ? 'empty' : `${+(fill * 100).toPrecision(3)}% filled`;
    const which = fill > 0 && fill < 1 ? (pattern === 'random' ? ' at random' : ', the same columns in every row') : '';
    return this.lines(
      `${count(subnets, 'subnet')}, ${grouped(validators)} validators x ${grouped(neurons)} neurons, ` +
        `${filled}${which}: ${grouped(expectedEntries(options) * subnets)} weights.`,
      `${plain(cpu)}, ${count(cores, 'core')}, Node ${node}.`,
      `Takes about ${gigabytes(bytesNeeded(options))} of memory${options.fullScale ? ', one subnet at a time' : ''}.`,
    );
  }

  title({ mode, epochs }: NetworkOptions): string {
    const title = `${MODE_TITLE[mode]}: one epoch of the whole network`;
    const cells = TITLES.map((text, at) => cell(text, at)).join('');
    return `\n${this.colors.title(title)}, median of ${epochs}\n${this.colors.faint(cells)}\n`;
  }

  row(row: NetworkRow | SkippedPeer): string {
    if ('skipped' in row) {
      return [row.backend, ...wrap(`left out: ${row.skipped}`, this.io.columns, 2)].map((line) => `${line}\n`).join('');
    }
    const cells = [
      row.backend,
      row.threads === 0 ? '-' : String(row.threads),
      rough(row.medianMs),
      `${(row.spread * 100).toFixed(0)}%`,
      row.nsPerWeight === null ? '-' : rough(row.nsPerWeight),
      rough(row.gbPerSecond),
      `${rough(row.ofMemcpy * 100)}%`,
      `${rough(row.timesMain)}x`,
    ];
    return `${cells.map(cell).join('')}\n${this.remarks(row)}`;
  }

  endOfMode({ rows, speedUpPerThread, peakBytes, memcpyGbPerSecond, agree }: NetworkResult): string {
    const [main] = rows;
    const speedUp =
      speedUpPerThread === null
        ? ''
        : `${count(main!.threads, 'thread')}: ${(speedUpPerThread * main!.threads).toFixed(2)} times as fast as one, ` +
          `${speedUpPerThread.toFixed(2)} a thread. `;
    const checksum = main!.checksum === null ? '' : ` Checksum ${main!.checksum}.`;
    const compared = rows.some(({ agrees }) => agrees !== null);
    const verdict = !compared
      ? ''
      : agree
        ? this.colors.good('All exact backends give the same bits.')
        : this.colors.bad('Backends differ. That is a bug: please report it with these options.');
    return this.lines(
      `${speedUp}Peak memory ${gigabytes(peakBytes)}. memcpy ${memcpyGbPerSecond.toFixed(1)} GB/s.${checksum}`,
      ...(verdict === '' ? [] : [verdict]),
    );
  }

  private remarks({ measuredSubnets, subnets, agrees, differences, backend }: NetworkRow): string {
    const remarks: string[] = [];
    if (measuredSubnets < subnets) remarks.push(`${measuredSubnets} of ${count(subnets, 'subnet')} measured, scaled`);
    if (differences !== null) {
      const { differing, compared, largest } = differences;
      remarks.push(
        `${grouped(differing)} of ${grouped(compared)} scores differ from the exact ones, by at most ${largest} of 65535`,
      );
    }
    if (agrees === false) remarks.push(this.colors.bad(`${backend} DIFFERS from the first`));
    return remarks.flatMap((text) => wrap(text, this.io.columns, 2).map((line) => `${line}\n`)).join('');
  }

  private lines(...paragraphs: string[]): string {
    return paragraphs.flatMap((text) => wrap(text, this.io.columns).map((line) => `${line}\n`)).join('');
  }
}

const cell = (text: string, at: number): string =>
  at === 0 ? text.padEnd(WIDTHS[at]!) : ` ${text}`.padStart(WIDTHS[at]!);

/** Three digits that count, thousands set apart. */
function rough(value: number): string {
  if (value >= 100) return grouped(Math.round(value));
  return value === 0 ? '0' : value.toPrecision(3);
}
