/** Scales: bounds of axes, room for their numbers, and where ticks are. */
import type { Axis, LinesChart } from '../page-data.js';
import { grouped, onAxis, textWidth, wholeTicks } from './format.js';

/** Share of the largest value below which differences are rounding. */
const NOISE = 1e-4;

/** Bounds of the values; from 0 unless all lie close together far from it. */
export function domainOf({ panels, y, level }: LinesChart): [number, number] {
  if (y.most !== undefined) return [0, y.most];
  const values = panels
    .flatMap(({ series }) => series.flatMap((one) => [...one.values, ...(one.low ?? []), ...(one.high ?? [])]))
    .filter((value) => value !== null)
    .map((value) => onAxis(value, y));
  if (level !== undefined) values.push(onAxis(level.value, y));
  let least = 0;
  let largest = 0;
  if (values.length > 0) {
    least = values.reduce((a, b) => Math.min(a, b));
    largest = values.reduce((a, b) => Math.max(a, b));
  }
  if (least > 0 && (least < 0.6 * largest || least === largest)) least = 0;
  if (least > 0 && largest - least < NOISE * largest) least = 0;
  if (least === largest) largest = least + 1;
  const missing = (y.span ?? 0) - (largest - least);
  if (missing > 0) return [least - missing / 2, largest + missing / 2];
  return [least, largest];
}

/** Room for the numbers of an axis of these bounds. */
export function leftFor([least, largest]: readonly [number, number]): number {
  const size = Math.max(Math.abs(least), Math.abs(largest));
  const digits = size >= 1_000 ? Math.floor(Math.log10(size)) + 2 : size >= 10 ? 4 : size < 0.01 ? 7 : 5;
  return 14 + digits * 6.2;
}

/** Bounds of all x, a little to either side of a lone one. */
export function xDomain(xs: readonly number[], axis: Axis): [number, number] {
  if (axis.most !== undefined) return [0, axis.most];
  if (xs.length === 0) return [0, 1];
  const least = xs.reduce((a, b) => Math.min(a, b));
  const largest = xs.reduce((a, b) => Math.max(a, b));
  return least === largest ? [least - 0.5, largest + 0.5] : [least, largest];
}

/** @param width of the axis in pixels */
export function ticksFor(xs: readonly number[], width: number): object {
  const widest = Math.max(24, ...xs.slice(-1).map((x) => textWidth(grouped(x)))) + 22;
  const ticks = wholeTicks(xs, width / widest);
  return ticks === undefined ? { ticks: Math.max(2, Math.floor(width / 80)) } : { ticks, tickFormat: grouped };
}
