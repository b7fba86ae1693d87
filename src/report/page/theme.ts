/**
 * Theme: the colours of a page, light and dark. test/report/theme.test.ts holds them to WCAG contrast, and to being told
 * apart under protanopia, deuteranopia and tritanopia; lines differ by dash as well.
 */
export interface Theme {
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly grid: string;
  /** By tone; the last one is grey, tone -1. */
  readonly tones: readonly string[];
  /** From nothing to all. */
  readonly ramp: readonly string[];
  /** Place on the ramp from which a line is seen well. */
  readonly rampFrom: number;
  /** From loss to gain, none in the middle. */
  readonly diverging: readonly string[];
}

export const LIGHT: Theme = {
  paper: '#ffffff',
  ink: '#14202b',
  faint: '#566370',
  grid: '#dfe4ea',
  tones: ['#002ed1', '#b18e0a', '#2f828c', '#7c0076', '#1e94ff', '#442f09', '#765c00', '#000c1f', '#98a2ad'],
  ramp: ['#f1f4f7', '#c9e0ec', '#86bdd6', '#3f8fbf', '#1d5c9c', '#0d2c66'],
  rampFrom: 0.58,
  diverging: ['#7a3300', '#d9782d', '#f3c9a0', '#f6f6f4', '#a9c9ea', '#3f82c9', '#0b3a86'],
};

export const DARK: Theme = {
  paper: '#14181d',
  ink: '#e8edf2',
  faint: '#a3afbb',
  grid: '#2c343d',
  tones: ['#4379ff', '#ffa800', '#4cdbad', '#b36a8d', '#eb4806', '#b8ffff', '#9ba5f0', '#ffff46', '#6b7683'],
  ramp: ['#1d242c', '#173f63', '#1c6f8f', '#35a08f', '#93cf66', '#f7f480'],
  rampFrom: 0.4,
  diverging: ['#ffb066', '#d9782d', '#7d4820', '#23292f', '#2a5a8f', '#4a90dd', '#a5d0ff'],
};

/** @param ordered tones are places in an order of so many */
export function toneColour(theme: Theme, tone: number, ordered?: number): string {
  if (ordered === undefined || tone < 0) return theme.tones.at(tone)!;
  return colourAt(theme.ramp, theme.rampFrom + ((1 - theme.rampFrom) * tone) / Math.max(1, ordered - 1));
}

/** Strokes by tone, over and over. */
const DASHES = ['none', '7 3', '2 3', '9 3 2 3', '4 2', '12 3', '2 2 6 2', '1 4'];

export const toneDash = (tone: number): string => (tone < 0 ? 'none' : DASHES[tone % DASHES.length]!);

/** Colour at a place from 0 to 1 of a list of stops. */
export function colourAt(stops: readonly string[], place: number): string {
  const scaled = Math.max(0, Math.min(1, place)) * (stops.length - 1);
  const below = Math.min(Math.floor(scaled), stops.length - 2);
  const from = channels(stops[below]!);
  const to = channels(stops[below + 1]!);
  const mixed = from.map((value, at) => Math.round(value + (to[at]! - value) * (scaled - below)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Red, green and blue of `#rrggbb`, 0 to 255. */
export const channels = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
