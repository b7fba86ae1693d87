/** Map text: the retention lines of a collusion map as tables within the width, and its progress in one line. */
import { type CollusionMap, type RetentionLine, type RetentionPoint, retentionLines } from '../collusion/index.js';
import { count, grouped } from '../text/numbers.js';
import { paint } from '../text/paint.js';
import { table } from '../text/table.js';
import { wrap } from '../text/wrap.js';
import type { Io } from './io.js';

/** Rows of a table, of which a map may have many more. */
const ROWS = 11;

/** Columns that `0.735 (0.728-0.742)` takes with the gap before it, and those of the first column. */
const CELL = 21;
const FIRST = 7;

/** @param map a whole one */
export function mapText(map: CollusionMap, { columns, color }: Pick<Io, 'columns' | 'color'>): string {
  const { repeats, kappa, bondsPenalty, sigma, yuma3, neurons, validators, seed, cabalSelfWeights } = map.plan;
  const colors = paint(color);
  const lines = retentionLines(map);
  const head =
    `Least honest utility W_H from which on honest stake keeps its share, for each cabal self-weight W_C` +
    `${repeats > 1 ? '; in brackets its 95% band' : ''}. "any": under every W_C. "all": from the least W_H on; "none": for no W_H.`;
  const model =
    `${grouped(neurons)} neurons, ${grouped(validators)} validators, ${yuma3 ? 'Yuma3' : 'Yuma2'}, kappa ${kappa}, ` +
    `bonds penalty ${bondsPenalty}, sigma ${sigma}, ${count(repeats, 'repeat')}, seed ${seed}.`;
  const least = map.plan.honestUtilities[0]!;
  const rows = spread(cabalSelfWeights.length);
  const tables = chunks(lines, Math.max(1, Math.floor((columns - FIRST) / CELL))).flatMap((some) => [
    '',
    ...table(
      [{ title: 'W_C' }, ...some.map(({ stake }) => ({ title: `S_H ${stake}` }))],
      [
        ...rows.map((at) => [fixed(cabalSelfWeights[at]!), ...some.map((line) => cell(line.points[at]!, least))]),
        ['any', ...some.map(({ anyCabal }) => colors.title(cell(anyCabal, least)))],
      ],
      { colors },
    ),
  ]);
  return [colors.title('Collusion map'), ...wrap(model, columns), ...wrap(head, columns), ...tables]
    .map((line) => `${line}\n`)
    .join('');
}

type Ends = Pick<RetentionPoint, 'honestUtility' | 'low' | 'high'>;

function cell({ honestUtility, low, high }: Ends, least: number): string {
  const of = (value: number | null): string => (value === null ? 'none' : value === least ? 'all' : fixed(value));
  const [line, from, to] = [of(honestUtility), of(low), of(high)];
  return low === high ? line : `${line} (${from}-${to})`;
}

const fixed = (value: number): string => value.toFixed(3);

/** Places of at most `ROWS` of `length` things, evenly spaced, both ends among them. */
function spread(length: number): number[] {
  if (length <= ROWS) return [...Array(length).keys()];
  return Array.from({ length: ROWS }, (_, row) => Math.round((row * (length - 1)) / (ROWS - 1)));
}

function chunks(lines: readonly RetentionLine[], size: number): RetentionLine[][] {
  return Array.from({ length: Math.ceil(lines.length / size) }, (_, at) => lines.slice(at * size, (at + 1) * size));
}

export interface MapProgress {
  /** Points that are finished, those that were known among them. */
  readonly done: number;
  readonly of: number;
  /** Points that were known. */
  readonly before: number;
  readonly repeats: number;
  /** Milliseconds since the start. */
  readonly ms: number;
}

const BAR = 20;

/** `[#####---------------] 5,000 of 23,409 points, 2,100 epochs/s, 26 s left` */
export function progressText({ done, of, before, repeats, ms }: MapProgress): string {
  const filled = Math.floor((done / of) * BAR);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR - filled)}]`;
  const points = `${bar} ${grouped(done)} of ${count(of, 'point')}`;
  if (done <= before || ms <= 0) return points;
  const perSecond = ((done - before) / ms) * 1_000;
  return `${points}, ${grouped(Math.round(perSecond * repeats))} epochs/s, ${duration((of - done) / perSecond)} left`;
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${grouped(Math.floor(whole / 60))} min ${whole % 60} s`;
}
