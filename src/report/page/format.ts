/** Numbers as texts: short ones on axes, exact ones where a reader asks for a value. */
import type { Axis } from '../page-data.js';

/** A value of a chart on its axis. */
export const onAxis = (value: number, axis: Axis): number => value / (axis.divisor ?? 1);

/** A value in full: `0.33332 (21844 of 65535)`, `12.345678901`, `3.14159265`. */
export function exact(value: number | null | undefined, axis: Axis): string {
  if (value === null || value === undefined) return 'none';
  const scaled = onAxis(value, axis);
  if (axis.divisor === undefined) return grouped(scaled);
  if (axis.divisor === 1e9) return grouped(Number(scaled.toFixed(9)));
  return `${grouped(Number(scaled.toPrecision(5)))} (${value} ${axis.raw ?? ''})`;
}

/** A number with its thousands apart. */
export function grouped(value: number): string {
  const [whole, fraction] = plain(value).split('.');
  const spaced = whole!.length > 5 ? whole!.replace(/\B(?=(\d{3})+$)/g, '\u202f') : whole!;
  return fraction === undefined ? spaced : `${spaced}.${fraction}`;
}

/** As it is, the minus and an exponent as people write them. */
const plain = (value: number): string =>
  String(value)
    .replace(/e-(\d+)/, ' × 10^\u2212$1')
    .replace(/e\+(\d+)/, ' × 10^$1')
    .replace(/^-/, '\u2212');

/** Label of an axis with its unit. */
export const axisTitle = ({ label, unit }: Axis): string => (unit === '' ? label : `${label}, ${unit}`);

/** A text of at most so many characters; what it leaves out is before its end, where names differ. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  return `${text.slice(0, Math.max(1, most - 1 - end))}…${end > 0 ? text.slice(-end) : ''}`;
}

/** Size of all text of a drawing but names of panels, pixels. */
export const FONT = 12;

/** Width of a text in pixels, near enough to leave room for it. */
export const textWidth = (text: string, size = FONT): number => text.length * size * 0.59;

/** At most `most` whole numbers within the bounds of these, a round step apart; `undefined` where they are not whole. */
export function wholeTicks(values: readonly number[], most: number): number[] | undefined {
  if (values.length === 0 || values.some((value) => !Number.isInteger(value))) return undefined;
  const least = Math.min(...values);
  const largest = Math.max(...values);
  let step = 1;
  for (let at = 0; (largest - least) / step > Math.max(1, most); at++) step *= [2, 2.5, 2][at % 3]!;
  step = Math.max(1, Math.round(step));
  const ticks: number[] = [];
  for (let tick = Math.ceil(least / step) * step; tick <= largest; tick += step) ticks.push(tick);
  return ticks;
}
